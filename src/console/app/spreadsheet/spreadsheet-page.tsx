import { Link, useSearchParams } from 'wouter';
import { loadMessages, t, type MessageFiles } from '../language/language.ts';
import { BackIcon } from '../ui/icon.tsx';
import { PageHeading } from '../ui/page-heading.tsx';
import { Download } from './download.tsx';
import { Import } from './import.tsx';
import '../ui/details.css';
import '../ui/dialog.css';
import '../ui/field.css';
import './spreadsheet.css';

/** The addresses of this page's messages. The build puts them in. */
declare const SPREADSHEET_MESSAGE_FILES: MessageFiles;

// No part of the page can be drawn before its messages are there.
await loadMessages(SPREADSHEET_MESSAGE_FILES);

/** Downloads and imports campaigns as a spreadsheet file. The address contains the filters and the order of the list. */
export function SpreadsheetPage() {
  const [parameters] = useSearchParams();
  return (
    <>
      <Link href={`/?${parameters}`} className="back-link">
        <BackIcon /> {t('campaigns.title')}
      </Link>
      <div className="page-head">
        <PageHeading title={t('campaigns.spreadsheet')} />
      </div>
      <Download />
      <Import />
    </>
  );
}

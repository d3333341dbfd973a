import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'wouter';
import { useApi } from '../api/api-context.ts';
import { describeError, errorDetails } from '../api/request-error.ts';
import { parseView, type CampaignView } from '../campaigns/campaign-view.ts';
import { useLanguage, t } from '../language/language.ts';
import type { Language } from '../language/languages.ts';
import type { MessageId } from '../language/message-id.ts';
import { Button } from '../ui/button.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { downloadCsv, SEPARATORS, type Separator } from './csv-requests.ts';

const LABELS = {
  comma: 'spreadsheet.comma',
  semicolon: 'spreadsheet.semicolon',
  tab: 'spreadsheet.tab',
} as const satisfies Record<Separator, MessageId>;

/** In these languages the comma is the decimal sign, so Excel expects a semicolon between columns. */
const WITH_SEMICOLON: ReadonlySet<Language> = new Set<Language>(['fr', 'pt', 'es']);

/** Downloads the list that the address describes. */
export function Download() {
  const [parameters] = useSearchParams();
  const language = useLanguage();
  const [chosen, setChosen] = useState<Separator>();
  const separator = chosen ?? (WITH_SEMICOLON.has(language) ? 'semicolon' : 'comma');
  const { state, error, start, cancel } = useDownload();
  return (
    <section className="spreadsheet-part" aria-labelledby="download">
      <h2 id="download">{t('spreadsheet.download')}</h2>
      <p>{t('spreadsheet.downloadAbout')}</p>
      <SelectField
        label={t('spreadsheet.separator')}
        value={separator}
        onChange={(value) => setChosen(SEPARATORS.find((name) => name === value))}
        aria-describedby="separator-hint"
      >
        {SEPARATORS.map((name) => (
          <option key={name} value={name}>
            {t(LABELS[name])}
          </option>
        ))}
      </SelectField>
      <p className="spreadsheet-hint" id="separator-hint">
        {t('spreadsheet.separatorHint')}
      </p>
      <p className="spreadsheet-buttons">
        <Button
          variant="primary"
          busy={state === 'busy'}
          onPress={() => void start(csvParameters(parseView(parameters), separator))}
        >
          {t('spreadsheet.downloadNow')}
        </Button>
        {state === 'busy' && <Button onPress={cancel}>{t('action.cancel')}</Button>}
        <span role="status">
          {state === 'busy' ? t('spreadsheet.downloading') : state === 'done' ? t('spreadsheet.downloaded') : ''}
        </span>
      </p>
      <div role="alert">{error !== undefined && <p className="dialog-error">{error}</p>}</div>
    </section>
  );
}

function useDownload() {
  const { report } = useApi();
  const [state, setState] = useState<'idle' | 'busy' | 'done'>('idle');
  const [error, setError] = useState<string>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const start = async (parameters: URLSearchParams) => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setState('busy');
    setError(undefined);
    try {
      const file = await downloadCsv(parameters, controller.signal);
      save(file);
      setState('done');
    } catch (problem) {
      if (running.current !== controller) return;
      setState('idle');
      if (controller.signal.aborted) return;
      const details = errorDetails(problem);
      setError(describeError(details));
      report(details);
    }
  };
  return { state, error, start, cancel: () => running.current?.abort() };
}

/** The list as REST's parameters describe it. */
function csvParameters(view: CampaignView, separator: Separator): URLSearchParams {
  const parameters = new URLSearchParams({ separator, order: view.order });
  parameters.set('archived', view.archived === 'all' ? 'all' : String(view.archived === 'only'));
  if (view.search.trim() !== '') parameters.set('search', view.search.trim());
  if (view.group !== undefined) parameters.set('group', view.group);
  return parameters;
}

/** Gives the file to the person, as if a link had been followed. */
function save(file: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `campaigns-${new Date().toISOString().slice(0, 10)}.csv`;
  link.click();
  // By then the download has begun, and the browser no longer needs the address.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

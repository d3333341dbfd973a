import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type DragEvent } from 'react';
import { useApi } from '../api/api-context.ts';
import { describeError, errorDetails } from '../api/request-error.ts';
import { invalidateCampaigns } from '../campaigns/campaign-changes.ts';
import { t } from '../language/language.ts';
import type { MessageId } from '../language/message-id.ts';
import { useCanWrite, useIsInAccount } from '../session/viewer.tsx';
import { Button } from '../ui/button.tsx';
import { useNotify } from '../ui/notices.tsx';
import { useIsShown } from '../ui/use-is-shown.ts';
import { useAskBeforeUnload } from '../ui/use-unsaved.ts';
import { importCsv, previewImport, type FileProblem, type FileProblemCode, type ImportAnswer } from './csv-requests.ts';
import { Plan, planCounts } from './plan.tsx';
import { randomKey } from './random-key.ts';

const PROBLEMS = {
  encoding: 'spreadsheet.problem.encoding',
  empty: 'spreadsheet.problem.empty',
  quotes: 'spreadsheet.problem.quotes',
  columns: 'spreadsheet.problem.columns',
  cells: 'spreadsheet.problem.cells',
  rows: 'spreadsheet.problem.rows',
  size: 'spreadsheet.problem.size',
  altered: 'spreadsheet.problem.altered',
} as const satisfies Record<FileProblemCode, MessageId>;

/** How many rows an import can have. */
const MAX_ROWS = 10_000;

const describeProblem = ({ code, row }: FileProblem): string => t(PROBLEMS[code], { row, rows: MAX_ROWS });

/** The file that was chosen, what importing it would do, and a key for doing it once. */
interface Chosen {
  file: File;
  answer: ImportAnswer;
  key: string;
}

/** Shows what importing a file would do, and does it. */
export function Import() {
  const canWrite = useCanWrite();
  const isInAccount = useIsInAccount();
  const { chosen, busy, error, notice, preview, importFile } = useImport();
  const input = useRef<HTMLInputElement>(null);
  const section = useRef<HTMLElement>(null);
  // The answer about a file stands at the end of the page, on most screens out of sight. The whole section is brought into view if the
  // screen has room for it, and in any case the beginning of the answer: an error, or the heading of the plan.
  useEffect(() => {
    if (!busy) return;
    return () => {
      section.current?.scrollIntoView({ block: 'nearest' });
      section.current?.querySelector('[role=alert]:not(:empty), h3')?.scrollIntoView({ block: 'nearest' });
    };
  }, [busy]);
  useAskBeforeUnload(chosen !== undefined && !chosen.answer.imported);
  if (!canWrite || isInAccount) {
    return (
      <section className="spreadsheet-part" aria-labelledby="import">
        <h2 id="import">{t('spreadsheet.import')}</h2>
        <p>{t(canWrite ? 'spreadsheet.inAccount' : 'spreadsheet.onlyWriters')}</p>
      </section>
    );
  }
  const drop = (event: DragEvent) => {
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    if (file && !busy) void preview(file);
  };
  const answer = chosen?.answer;
  const ready = answer && !answer.imported && answer.refused === 0 && answer.created + answer.changed > 0;
  return (
    <section
      ref={section}
      className="spreadsheet-part"
      aria-labelledby="import"
      onDragOver={(event) => event.preventDefault()}
      onDrop={drop}
    >
      <h2 id="import">{t('spreadsheet.import')}</h2>
      <p>{t('spreadsheet.importAbout', { rows: MAX_ROWS })}</p>
      <input
        ref={input}
        type="file"
        accept=".csv,.tsv,.txt,text/csv"
        hidden
        aria-label={t('spreadsheet.choose')}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          // Without this, choosing the same file again after correcting it would fire no change event.
          target.value = '';
          if (file) void preview(file);
        }}
      />
      <p className="spreadsheet-buttons">
        <Button variant={answer ? 'plain' : 'primary'} busy={busy} onPress={() => input.current?.click()}>
          {t(answer ? 'spreadsheet.chooseOther' : 'spreadsheet.choose')}
        </Button>
        {chosen && ready && (
          <Button variant="primary" busy={busy} onPress={() => void importFile(chosen)}>
            {t('spreadsheet.importNow')}
          </Button>
        )}
        <span role="status">
          {busy ? t('spreadsheet.working') : notice}
          {!busy && answer && !answer.imported && (
            <span className="visually-hidden">{planCounts(answer).map(([, text]) => `${text} `)}</span>
          )}
        </span>
      </p>
      <div role="alert">{error !== undefined && <p className="dialog-error">{error}</p>}</div>
      {chosen && answer && !answer.imported && <Plan key={answer.plan} name={chosen.file.name} answer={answer} />}
    </section>
  );
}

/**
 * The file that was chosen and not yet imported, for each workspace that is open: each has a query client. A user who goes to another page
 * finds the file again.
 */
const kept = new WeakMap<QueryClient, Chosen>();

function useImport() {
  const { report } = useApi();
  const queryClient = useQueryClient();
  const notify = useNotify();
  const isShown = useIsShown();
  const [chosen, keepChosen] = useState(() => kept.get(queryClient));
  const setChosen = (next: Chosen | undefined) => {
    keepChosen(next);
    if (next) kept.set(queryClient, next);
    else kept.delete(queryClient);
  };
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const [notice, setNotice] = useState<string>();

  const whileBusy = async (work: () => Promise<void>, fail: (text: string) => void) => {
    setBusy(true);
    setError(undefined);
    setNotice(undefined);
    try {
      await work();
    } catch (problem) {
      const details = errorDetails(problem);
      fail(describeError(details));
      report(details);
    } finally {
      setBusy(false);
    }
  };
  const preview = (file: File) =>
    whileBusy(async () => {
      setChosen(undefined);
      const answer = await previewImport(file);
      if ('code' in answer) setError(describeProblem(answer));
      else setChosen({ file, answer, key: randomKey() });
    }, setError);

  // The user may leave the page before the answer to an import comes. A notice tells the outcome then.
  const failImport = (text: string) => {
    setError(text);
    if (!isShown.current) notify({ tone: 'error', text });
  };
  const importFile = (importing: Chosen) =>
    whileBusy(
      async () => {
        const { file, answer: shown, key } = importing;
        // A user who leaves the page now must not find the file there again before the outcome is known.
        kept.delete(queryClient);
        const answer = await importCsv(file, shown.plan, key);
        if ('code' in answer) {
          setChosen(undefined);
          failImport(describeProblem(answer));
          return;
        }
        setChosen(answer.imported ? undefined : { file, answer, key: randomKey() });
        if (!answer.imported) {
          failImport(t('spreadsheet.changedMeanwhile'));
          return;
        }
        const text = t('spreadsheet.imported', { created: answer.created, changed: answer.changed });
        setNotice(text);
        if (!isShown.current) notify({ text });
        invalidateCampaigns(queryClient);
      },
      (text) => {
        setChosen(importing);
        failImport(text);
      },
    );
  return { chosen, busy, error, notice, preview, importFile };
}

import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'wouter';
import { useApi } from '../api/api-context.ts';
import { describeError, errorDetails } from '../api/request-error.ts';
import { ORDERS, parseView, STATES, type CampaignView } from '../campaigns/campaign-view.ts';
import { useCampaigns } from '../campaigns/use-campaigns.ts';
import { useGroup } from '../groups/use-group-options.ts';
import { useLanguage, t } from '../language/language.ts';
import type { Language } from '../language/languages.ts';
import type { MessageId } from '../language/message-id.ts';
import { Button } from '../ui/button.tsx';
import { Name } from '../ui/name.tsx';
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
  const view = parseView(parameters);
  const { state, error, start, cancel, forget } = useDownload();
  return (
    <section className="spreadsheet-part" aria-labelledby="download">
      <h2 id="download">{t('spreadsheet.download')}</h2>
      <p>{t('spreadsheet.downloadAbout')}</p>
      <ViewFacts view={view} />
      <SelectField
        label={t('spreadsheet.separator')}
        value={separator}
        onChange={(value) => {
          setChosen(SEPARATORS.find((name) => name === value));
          forget();
        }}
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
        <Button variant="primary" busy={state === 'busy'} onPress={() => void start(csvParameters(view, separator))}>
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

/** Which campaigns the file will have. */
function ViewFacts({ view }: { view: CampaignView }) {
  const { list } = useCampaigns({ ...view, at: undefined });
  const group = useGroup(view.group).data;
  const search = view.search.trim();
  return (
    <dl className="download-view">
      <dt>{t('campaigns.title')}</dt>
      <dd>{list && t('count.digits', { count: list.totalCount })}</dd>
      {search !== '' && (
        <>
          <dt>{t('search.title')}</dt>
          <dd>
            <Name text={search} />
          </dd>
        </>
      )}
      {view.group !== undefined && (
        <>
          <dt>{t('field.group')}</dt>
          <dd>{group ? <Name text={group.name} /> : group === null && t('filter.unknownGroup')}</dd>
        </>
      )}
      <dt>{t('filter.state')}</dt>
      <dd>{t(STATES[view.archived])}</dd>
      <dt>{t('order.title')}</dt>
      <dd>{t(ORDERS[view.order].label)}</dd>
    </dl>
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
  /** Takes the message about the last file away, which is not the file that would be downloaded now. */
  const forget = () => setState((now) => (now === 'done' ? 'idle' : now));
  return { state, error, start, cancel: () => running.current?.abort(), forget };
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

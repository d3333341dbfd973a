import { useState } from 'react';
import { t } from '../language/language.ts';
import type { MessageId } from '../language/message-id.ts';
import { Button } from '../ui/button.tsx';
import { Message } from '../ui/message.tsx';
import { Name } from '../ui/name.tsx';
import { Segments } from '../ui/segments.tsx';
import type { CampaignCells, ImportAnswer, PlannedRow } from './csv-requests.ts';
import { describeRowError } from './row-errors.ts';

/** How many rows are shown at first, and how many more after each press of the button. */
const SHOWN = 200;

type Action = PlannedRow['action'];

const ACTIONS = {
  refuse: 'spreadsheet.refused',
  create: 'spreadsheet.created',
  change: 'spreadsheet.changed',
  keep: 'spreadsheet.unchanged',
} as const satisfies Record<Action, MessageId>;

/** How many rows each action has, in words. Actions without rows are left out. */
export function planCounts({ refused, created, changed, unchanged }: ImportAnswer): [Action, string][] {
  const counts: Record<Action, number> = { refuse: refused, create: created, change: changed, keep: unchanged };
  return (Object.keys(ACTIONS) as Action[])
    .filter((action) => counts[action] > 0)
    .map((action) => [action, t(ACTIONS[action], { count: counts[action] })]);
}

/** What an import would do, row by row. The rows that are refused are shown first, because they are to be corrected. */
export function Plan({ name, answer }: { name: string; answer: ImportAnswer }) {
  const counts = planCounts(answer);
  const [shownAction, setShownAction] = useState<Action>(counts[0]?.[0] ?? 'keep');
  const [most, setMost] = useState(SHOWN);
  const rows = answer.rows.filter(({ action }) => action === shownAction);
  const label = counts.find(([action]) => action === shownAction)?.[1];
  return (
    <div className="plan">
      <h3>
        <Message id="spreadsheet.plan" values={{ name: <Name text={name} /> }} />
      </h3>
      {answer.ignored_columns.length > 0 && (
        <p>
          <Message id="spreadsheet.ignored" values={{ columns: <Name text={answer.ignored_columns.join(', ')} /> }} />
        </p>
      )}
      {answer.refused > 0 ? (
        <p className="dialog-error">{t('spreadsheet.refusedHint')}</p>
      ) : (
        answer.created + answer.changed === 0 && <p>{t('spreadsheet.nothing')}</p>
      )}
      <Segments
        name="plan-action"
        value={shownAction}
        options={counts}
        onChange={(action) => {
          setShownAction(action);
          setMost(SHOWN);
        }}
      >
        <legend className="visually-hidden">{t('spreadsheet.rows')}</legend>
      </Segments>
      {/* Only what can get the focus can be scrolled by keyboard. */}
      <div className="plan-rows" role="region" tabIndex={0} aria-label={label}>
        <table aria-label={label}>
          <thead>
            <tr>
              <th scope="col">{t('spreadsheet.row')}</th>
              <th scope="col">{t('field.name')}</th>
              <th scope="col">{t('field.group')}</th>
              <th scope="col">{t('field.archived')}</th>
              {shownAction === 'refuse' && <th scope="col">{t('spreadsheet.why')}</th>}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, most).map((row) => (
              <Row key={row.row} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > most && <Button onPress={() => setMost(most + SHOWN)}>{t('spreadsheet.more')}</Button>}
    </div>
  );
}

function Row({ row: { row, action, cells, before, after, errors } }: { row: PlannedRow }) {
  if (action === 'refuse') {
    return (
      <tr>
        <th scope="row">{t('count.digits', { count: row })}</th>
        <td>
          <Name text={cells.name ?? before?.name ?? ''} />
        </td>
        <td>
          <Name text={cells.group ?? ''} />
        </td>
        <td>
          <Name text={cells.archived ?? ''} />
        </td>
        <td>
          {errors.map((error) => (
            <p key={`${error.code} ${error.field?.join('.')} ${error.character}`}>{describeRowError(error)}</p>
          ))}
        </td>
      </tr>
    );
  }
  const archivedText = (shown: CampaignCells | null) =>
    shown && t(shown.archived ? 'spreadsheet.yes' : 'spreadsheet.no');
  return (
    <tr>
      <th scope="row">{t('count.digits', { count: row })}</th>
      <td>
        <Change before={before?.name} after={after?.name} />
      </td>
      <td>
        <Change before={before?.group} after={after?.group} />
      </td>
      <td>
        <Change before={archivedText(before)} after={archivedText(after)} />
      </td>
    </tr>
  );
}

interface ChangeProps {
  before: string | null | undefined;
  after: string | null | undefined;
}

/** The new value, and the old one if it is different. */
function Change({ before, after }: ChangeProps) {
  if (before == null || before === after) return <Name text={after ?? ''} />;
  return (
    <>
      <del>
        <Name text={before} />
      </del>{' '}
      <ins>
        <Name text={after ?? ''} />
      </ins>
    </>
  );
}

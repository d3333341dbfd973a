import { useId } from 'react';
import { useExecute } from '../api/api-context.ts';
import { describeError } from '../api/request-error.ts';
import { getFragmentData, graphql, type FragmentType } from '../generated/index.ts';
import type { CampaignHistoryQuery } from '../generated/graphql.ts';
import { t } from '../language/language.ts';
import { connectionPage } from '../list/loaded-list.ts';
import { useLoadedList } from '../list/use-loaded-list.ts';
import { Button } from '../ui/button.tsx';
import { ErrorState, Loading } from '../ui/states.tsx';
import { TimeAgo } from '../ui/time-ago.tsx';
import { ChangeEntry } from './change-entry.ts';
import { ChangeSentences } from './change-sentences.tsx';
import './history.css';

const CampaignHistory = graphql(`
  query CampaignHistory($uuid: UUID!, $first: Int!, $after: String) {
    campaign(uuid: $uuid) {
      history(first: $first, after: $after) {
        edges {
          cursor
          node {
            id
            ...ChangeEntry
          }
        }
        pageInfo {
          hasNextPage
        }
      }
    }
  }
`);

const GroupHistory = graphql(`
  query GroupHistory($uuid: UUID!, $first: Int!, $after: String) {
    group(by: { uuid: $uuid }) {
      history(first: $first, after: $after) {
        edges {
          cursor
          node {
            id
            ...ChangeEntry
          }
        }
        pageInfo {
          hasNextPage
        }
      }
    }
  }
`);

type Page = NonNullable<CampaignHistoryQuery['campaign']>['history'];

interface Props {
  subject: 'campaign' | 'group';
  uuid: string;
}

/** What was done to a campaign or a group, newest first. */
export function History({ subject, uuid }: Props) {
  const execute = useExecute();
  const heading = useId();
  const control = useLoadedList<FragmentType<typeof ChangeEntry>>(
    ['history', subject, uuid],
    async ({ size, cursor }, signal) => {
      const variables = { uuid, first: size, after: cursor };
      const page: Page | undefined =
        subject === 'campaign'
          ? (await execute(CampaignHistory, variables, signal)).campaign?.history
          : (await execute(GroupHistory, variables, signal)).group?.history;
      return page ? connectionPage(page) : { rows: [], hasNextPage: false };
    },
  );
  const { list, error } = control;
  return (
    <section className="history" aria-labelledby={heading}>
      <h2 id={heading}>{t('history.title')}</h2>
      {list ? (
        <>
          {list.rows.length === 0 && <p className="history-none">{t('history.none')}</p>}
          <ol>
            {list.rows.map(({ id, node }) => {
              const change = getFragmentData(ChangeEntry, node);
              return (
                <li key={id}>
                  <div>
                    <ChangeSentences change={change} />
                  </div>
                  <TimeAgo iso={change.at} />
                </li>
              );
            })}
          </ol>
          {control.below.error && <p role="alert">{describeError(control.below.error)}</p>}
          {list.hasNextPage && (
            <Button onPress={control.below.load} busy={control.below.loading}>
              {t('loading.moreAction')}
            </Button>
          )}
        </>
      ) : error ? (
        <ErrorState error={error} onRetry={control.reload} />
      ) : (
        <Loading text={t('loading.anything')} />
      )}
    </section>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { useExecute } from '../api/api-context.ts';
import { graphql } from '../generated/index.ts';
import { t } from '../language/language.ts';
import { clearScrollPositions } from '../list/scroll-positions.ts';
import { Name } from '../ui/name.tsx';
import type { Action } from './actions.ts';

const FindQuery = graphql(`
  query Find($search: String!) {
    campaigns(first: 6, filter: { search: $search, archived: null }) {
      nodes {
        uuid
        name
        archived
        group {
          name
        }
      }
    }
    groups(first: 4, filter: { search: $search }, orderBy: { field: NAME, direction: ASC }) {
      nodes {
        uuid
        name
      }
    }
  }
`);

interface Section {
  title: string;
  options: Action[];
}

/** What matches the search: the 6 newest campaigns and a link to all of them, and the first 4 groups in the order of their names. */
export function useFound(search: string): { sections: Section[]; isPending: boolean; error: Error | null } {
  const execute = useExecute();
  const [, navigate] = useLocation();
  const { data, isLoading, error } = useQuery({
    queryKey: ['find', search],
    queryFn: async ({ signal }) => execute(FindQuery, { search }, signal),
    enabled: search !== '',
  });
  if (!data) return { sections: [], isPending: isLoading, error };

  const campaigns: Action[] = data.campaigns.nodes.map(({ uuid, name, archived, group }) => ({
    key: uuid,
    label: name,
    content: (
      <>
        <Name text={name} />
        {archived && <span className="badge">{t('field.archived')}</span>}
        <span className="find-group">
          <Name text={group.name} />
        </span>
      </>
    ),
    run: () => navigate(`/campaigns/${uuid}`),
  }));
  if (campaigns.length > 0) {
    campaigns.push({
      key: 'all',
      label: t('find.allCampaigns', { text: search }),
      run() {
        clearScrollPositions();
        navigate(`/?${new URLSearchParams({ q: search, archived: 'all' })}`);
      },
    });
  }
  const groups: Action[] = data.groups.nodes.map(({ uuid, name }) => ({
    key: uuid,
    label: name,
    content: <Name text={name} />,
    run: () => navigate(`/groups/${uuid}`),
  }));
  const sections = [
    { title: t('campaigns.title'), options: campaigns },
    { title: t('groups.title'), options: groups },
  ];
  return { sections: sections.filter(({ options }) => options.length > 0), isPending: false, error };
}

import { useExecute } from '../api/api-context.ts';
import { graphql } from '../generated/index.ts';
import { JumpSelect, useLetters, useMonths } from '../list/jump-select.tsx';
import { campaignsKey } from './start-campaigns.ts';
import { ORDERS, viewFilter, type CampaignView } from './campaign-view.ts';

const CampaignSpan = graphql(`
  query CampaignSpan($archived: Boolean, $group: GroupReference) {
    newest: campaigns(
      first: 1
      filter: { archived: $archived, group: $group }
      orderBy: { field: CREATED, direction: DESC }
    ) {
      nodes {
        createdOn
      }
    }
    oldest: campaigns(
      first: 1
      filter: { archived: $archived, group: $group }
      orderBy: { field: CREATED, direction: ASC }
    ) {
      nodes {
        createdOn
      }
    }
  }
`);

interface Props {
  view: CampaignView;
  onJump: (at: string | undefined) => void;
}

/** Jumps to a letter in a list ordered by name, or to a month in a list ordered by time. */
export function CampaignJump({ view, onJump }: Props) {
  const execute = useExecute();
  const { field, direction } = ORDERS[view.order].orderBy;
  // The months ignore the search, because two more searches would be slow. A month without a match leads to the next one with matches.
  const listed: CampaignView = { ...view, search: '', order: 'newest', at: undefined };
  const letters = useLetters(direction === 'DESC');
  const months = useMonths(
    campaignsKey(listed),
    async () => {
      const { archived = null, group = null } = viewFilter(listed);
      const { newest, oldest } = await execute(CampaignSpan, { archived, group });
      const [first, last] = [newest.nodes[0], oldest.nodes[0]];
      return first && last && { newest: first.createdOn, oldest: last.createdOn };
    },
    field === 'CREATED',
    direction === 'ASC',
  );
  return <JumpSelect at={view.at} onJump={onJump} places={field === 'NAME' ? letters : months} />;
}

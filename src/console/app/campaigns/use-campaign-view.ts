import { useSearchParams } from 'wouter';
import { parseView, viewParameters, type CampaignView } from './campaign-view.ts';

/** The view in the address. A change replaces the history entry, so that the back button leaves the list. */
export function useCampaignView(): [CampaignView, (change: Partial<CampaignView>) => void] {
  const [parameters, setParameters] = useSearchParams();
  const view = parseView(parameters);
  return [
    view,
    (change) => setParameters((now) => viewParameters({ ...parseView(now), ...change }), { replace: true }),
  ];
}

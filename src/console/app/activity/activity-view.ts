import { useSearchParams } from 'wouter';
import type { ChangeFilter } from '../generated/graphql.ts';
import type { MessageId } from '../language/message-id.ts';

/** Which changes the page shows. It is kept in the address, so that users can share it. */
export interface ActivityView {
  subject: Subject;
  action: Action;
}

export const SUBJECTS = {
  all: { label: 'filter.all', filter: {} },
  campaigns: { label: 'campaigns.title', filter: { types: ['CAMPAIGN'] } },
  groups: { label: 'groups.title', filter: { types: ['GROUP'] } },
} as const satisfies Record<string, { label: MessageId; filter: ChangeFilter }>;

export const ACTIONS = {
  all: { label: 'activity.allActions', filter: {} },
  created: { label: 'activity.created', filter: { actions: ['CREATED'] } },
  updated: { label: 'activity.updated', filter: { actions: ['UPDATED'] } },
  archived: { label: 'activity.archived', filter: { actions: ['ARCHIVED'] } },
  restored: { label: 'activity.restored', filter: { actions: ['RESTORED'] } },
  deleted: { label: 'activity.deleted', filter: { actions: ['DELETED'] } },
} as const satisfies Record<string, { label: MessageId; filter: ChangeFilter }>;

type Subject = keyof typeof SUBJECTS;
type Action = keyof typeof ACTIONS;

export function parseSubject(value: string | null): Subject {
  return isOneOf(SUBJECTS, value) ? value : 'all';
}

export function parseAction(value: string | null): Action {
  return isOneOf(ACTIONS, value) ? value : 'all';
}

function isOneOf<Choices extends object>(choices: Choices, value: string | null): value is keyof Choices & string {
  return value !== null && Object.hasOwn(choices, value);
}

/** The view as query parameters. Defaults are left out. */
export function activityParameters({ subject, action }: ActivityView): URLSearchParams {
  return new URLSearchParams({ ...(subject !== 'all' && { subject }), ...(action !== 'all' && { action }) });
}

/** The view in the address. A change replaces the history entry, so that the back button leaves the page. */
export function useActivityView(): [ActivityView, (change: Partial<ActivityView>) => void] {
  const [parameters, setParameters] = useSearchParams();
  const view = { subject: parseSubject(parameters.get('subject')), action: parseAction(parameters.get('action')) };
  return [view, (change) => setParameters(activityParameters({ ...view, ...change }), { replace: true })];
}

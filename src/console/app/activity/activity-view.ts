import { useSearchParams } from 'wouter';
import type { ChangeFilter } from '../generated/graphql.ts';
import type { MessageId } from '../language/message-id.ts';
import { justBefore } from '../ui/just-before.ts';

/** Which changes the page shows. It is kept in the address, so that users can share it. */
export interface ActivityView {
  subject: Subject;
  action: Action;
  /** The e-mail address of the person who made the changes; empty means everybody. */
  person: string;
  /** A day in the user's time zone, such as 2026-03-31; empty for all days. */
  day: string;
}

export const EVERYTHING: ActivityView = { subject: 'all', action: 'all', person: '', day: '' };

export const SUBJECTS = {
  all: { label: 'filter.all', filter: {} },
  campaigns: { label: 'campaigns.title', filter: { types: ['CAMPAIGN'] } },
  groups: { label: 'groups.title', filter: { types: ['GROUP'] } },
  people: { label: 'account.people', filter: { types: ['MEMBER', 'API_TOKEN'] } },
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
export function activityParameters({ subject, action, person, day }: ActivityView): URLSearchParams {
  return new URLSearchParams({
    ...(subject !== 'all' && { subject }),
    ...(action !== 'all' && { action }),
    ...(person !== '' && { person }),
    ...(day !== '' && { day }),
  });
}

/** The filter of the changes that the view shows. */
export function activityFilter({ subject, action, person, day }: ActivityView): ChangeFilter {
  return {
    ...SUBJECTS[subject].filter,
    ...ACTIONS[action].filter,
    ...(person !== '' && { actors: [person] }),
    ...(day !== '' && timesOf(day)),
  };
}

/** The first and the last microsecond of a day. A day on which the clocks change has 23 or 25 hours. */
function timesOf(day: string): ChangeFilter {
  const start = startOf(day);
  const end = new Date(start);
  end.setDate(end.getDate() + 1);
  // If the clocks go forward at midnight, the day begins at 01:00. The next day begins at 00:00 again.
  end.setHours(0, 0);
  return { madeAfter: start.toISOString(), madeBefore: justBefore(end) };
}

/** Midnight in the user's time zone. A date without a time would be read as midnight in UTC. */
function startOf(day: string): Date {
  return new Date(`${day}T00:00`);
}

function parseDay(value: string | null): string {
  return value !== null && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(startOf(value).getTime()) ? value : '';
}

/** The view in the address. A change replaces the history entry, so that the back button leaves the page. */
export function useActivityView(): [ActivityView, (change: Partial<ActivityView>) => void] {
  const [parameters, setParameters] = useSearchParams();
  const view = {
    subject: parseSubject(parameters.get('subject')),
    action: parseAction(parameters.get('action')),
    person: parameters.get('person') ?? '',
    day: parseDay(parameters.get('day')),
  };
  return [view, (change) => setParameters(activityParameters({ ...view, ...change }), { replace: true })];
}

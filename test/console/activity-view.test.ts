import { afterEach, expect, it, vi } from 'vitest';
import { activityFilter, EVERYTHING } from '../../src/console/app/activity/activity-view.ts';

afterEach(() => void vi.unstubAllEnvs());

it.each([
  ['Africa/Nairobi', '2026-04-24', '2026-04-23T21:00:00.000Z', '2026-04-24T20:59:59.999999Z'],
  ['Africa/Cairo, whose day begins at one', '2026-04-24', '2026-04-23T22:00:00.000Z', '2026-04-24T20:59:59.999999Z'],
  ['Africa/Cairo, the day before', '2026-04-23', '2026-04-22T22:00:00.000Z', '2026-04-23T21:59:59.999999Z'],
  ['Europe/Berlin, a day of 25 hours', '2026-10-25', '2026-10-24T22:00:00.000Z', '2026-10-25T22:59:59.999999Z'],
])('the changes of a day are those from its first to its last microsecond: %s', (zone, day, madeAfter, madeBefore) => {
  vi.stubEnv('TZ', zone.split(',')[0]);
  expect(activityFilter({ ...EVERYTHING, day })).toEqual({ madeAfter, madeBefore });
});

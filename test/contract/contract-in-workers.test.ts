import { fixture } from '../support/fixture.ts';
import { openWorld } from '../support/world.ts';
import { readCases } from './case.ts';
import { describeCases } from './describe-cases.ts';

// With `costlyFrom: 0` every query is costly and runs in a worker process.
describeCases(
  'the recorded cases, with queries in workers',
  readCases(),
  ({ slow = false }) => !slow,
  async () => (await openWorld({ rateLimit: { requests: 3_600, seconds: 3_600 } }, fixture, { costlyFrom: 0 })).url,
);

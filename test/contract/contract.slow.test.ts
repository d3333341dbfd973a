import { readCases } from './case.ts';
import { describeCases } from './describe-cases.ts';

const areas = readCases();

// A case that leaves something behind which another one needs would pass in one order only.
describeCases('the recorded cases, files backwards', areas.toReversed(), ({ slow = false }) => !slow);

describeCases('the recorded cases that are slow', areas, ({ slow = false }) => slow);

import { readCases } from './case.ts';
import { describeCases } from './describe-cases.ts';

const areas = readCases();

// A case that needs what an earlier case has left behind passes in one order only.
describeCases('the recorded cases, files backwards', areas.toReversed(), ({ slow = false }) => !slow);

describeCases('the recorded cases that are slow', areas, ({ slow = false }) => slow);

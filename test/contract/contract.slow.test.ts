import { readCases } from './case.ts';
import { describeCases } from './describe-cases.ts';

const areas = readCases();

// Runs the files in reverse order. A case that depends on the data of an earlier case would fail here.
describeCases('the recorded cases, files backwards', areas.toReversed(), ({ slow = false }) => !slow);

describeCases('the recorded cases that are slow', areas, ({ slow = false }) => slow);

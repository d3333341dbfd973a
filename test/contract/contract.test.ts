import { readCases } from './case.ts';
import { describeCases } from './describe-cases.ts';

describeCases('the recorded cases, files in the order of their names', readCases(), ({ slow = false }) => !slow);

describeCases('what follows from the recorded cases', readCases('derived'), () => true);

import { readCases } from '../contract/case.ts';
import { describeCases } from '../contract/describe-cases.ts';
import { mirrored, openGateway } from './support/gateway.ts';
import { openLiveAccount } from './support/live-account.ts';

// A client that calls a gateway in front of an account gets the account's answers.
const start = async () => {
  const account = await openLiveAccount();
  const tokens = ['admin', 'admin2', 'admin4', 'editor5'] as const;
  const gateway = await openGateway(account, tokens);
  for (const token of tokens) await mirrored(gateway, token);
  return gateway.url;
};

describeCases('the recorded cases, through a gateway', readCases(), ({ slow = false }) => !slow, start);

describeCases('what follows from the recorded cases, through a gateway', readCases('derived'), () => true, start);

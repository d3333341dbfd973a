import { readCases } from '../contract/case.ts';
import { describeCases } from '../contract/describe-cases.ts';
import { mirrored, openGateway } from './support/gateway.ts';
import { openLiveAccount } from './support/live-account.ts';

// A client of an account that asks a gateway in front of it gets the answers of the account.
describeCases(
  'the recorded cases, through a gateway in front of an account',
  readCases(),
  ({ slow = false }) => !slow,
  async () => {
    const account = await openLiveAccount();
    const tokens = ['admin', 'admin2', 'admin4', 'editor5'] as const;
    const gateway = await openGateway(account, tokens);
    for (const token of tokens) await mirrored(gateway, token);
    return gateway.url;
  },
);

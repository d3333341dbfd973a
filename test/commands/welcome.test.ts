import { expect, it } from 'vitest';
import { upstreamWelcome, welcome } from '../../src/commands/welcome.ts';

it('in front of an account, the request to try needs no variable that another terminal would not have', () => {
  expect(upstreamWelcome(4000, 'https://textit.com', ['Nyota'])).toContain(
    'curl -H "Authorization: Token YOUR_TOKEN" http://localhost:4000/api/v2/campaigns.json',
  );
});

it('with the demo, the text says for how long its token works', () => {
  expect(welcome(4000, 'KEY')).toContain('The token works for 7 days:');
});

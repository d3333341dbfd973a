import { expect, it } from 'vitest';
import { welcome } from '../../src/commands/welcome.ts';

it('with the demo, the text says for how long its token works', () => {
  expect(welcome(4000, 'KEY')).toContain('The token works for 7 days. Try it:');
});

import { describe, expect, it } from 'vitest';
import { RequestBudget } from '../../src/upstream/budget.ts';

const MINUTE = 60_000_000;
const HOUR = 60 * MINUTE;
const NOW = 500_000 * HOUR;

describe('the requests of an hour', () => {
  it('are allowed again when an hour has passed', () => {
    const budget = new RequestBudget(10);
    budget.spend(NOW, 10);
    expect(budget.allows(NOW)).toBe(false);
    const next = budget.nextAllowed(NOW);
    expect(next - NOW).toBeLessThanOrEqual(HOUR + MINUTE);
    expect(budget.allows(next)).toBe(true);
  });

  it('are counted from now on when the clock is set back, and not until it is there again', () => {
    const budget = new RequestBudget(10);
    budget.spend(NOW + 24 * HOUR, 6);
    budget.spend(NOW + 25 * HOUR, 4);
    expect(budget.made(NOW)).toBe(10);
    const next = budget.nextAllowed(NOW);
    expect(next - NOW).toBeLessThanOrEqual(HOUR + MINUTE);
    expect(budget.allows(next)).toBe(true);
    expect(budget.made(next)).toBe(0);
  });
});

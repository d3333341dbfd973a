import { expect, it, vi } from 'vitest';
import { secondsToWait } from '../../src/encoding/retry-after.ts';

const TIME = Date.parse('2026-11-06T08:00:00.500Z');

it.each([
  ['0', 0],
  ['120', 120],
  ['0000000003600', 3600],
  ['9'.repeat(400), Number.POSITIVE_INFINITY],
  ['Fri, 06 Nov 2026 09:00:00 GMT', 3600],
  ['Friday, 06-Nov-26 09:00:00 GMT', 3600],
  ['Fri Nov  6 09:00:00 2026', 3600],
  ['Fri, 06 Nov 2026 10:00:00 +0100', 3600],
])('%.40s asks to wait for %d seconds', (header, seconds) => {
  expect(secondsToWait(header, TIME)).toBe(seconds);
});

it.each([
  [undefined],
  [''],
  ['-5'],
  ['5.5'],
  ['1e9'],
  ['in 5 minutes'],
  ['2027-01-01'],
  ['Fri, 06 Nov 2026 25:00:00 GMT'],
  ['Fri, 06 Nov 2026 08:00:00 GMT'],
])('%s asks for nothing', (header) => {
  expect(secondsToWait(header, TIME)).toBeNull();
});

it('a date in the form of asctime(), which names no zone, is in UTC, also where the process has another time zone', () => {
  vi.stubEnv('TZ', 'Asia/Kathmandu');
  try {
    expect(new Date(TIME).getHours()).toBe(13);
    expect(secondsToWait('Fri Nov  6 09:00:00 2026', TIME)).toBe(3600);
  } finally {
    vi.unstubAllEnvs();
  }
});

import { useQuery } from '@tanstack/react-query';
import { currentFormatLocale, t, useLanguage } from '../language/language.ts';
import { SelectField } from '../ui/select-field.tsx';
import { placeOfMonth } from './place.ts';

interface Props {
  /** The place in the address; undefined at the list's start. */
  at: string | undefined;
  onJump: (at: string | undefined) => void;
  places: readonly JumpPlace[];
}

export interface JumpPlace {
  at: string;
  label: string;
}

/** Jumps to a place in a long list, to its start or to its end. */
export function JumpSelect({ at, onJump, places }: Props) {
  const known = at === undefined || at === 'end' || places.some((place) => place.at === at);
  return (
    <SelectField
      label={t('jump.title')}
      className="filter-field"
      value={at ?? ''}
      onChange={(chosen) => onJump(chosen === '' ? undefined : chosen)}
    >
      <option value="">{t('jump.start')}</option>
      {!known && <option value={at}>{at}</option>}
      {places.map((place) => (
        <option key={place.at} value={place.at}>
          {place.label}
        </option>
      ))}
      <option value="end">{t('jump.end')}</option>
    </SelectField>
  );
}

const LATIN = 'abcdefghijklmnopqrstuvwxyz';
const ARABIC = 'ابتثجحخدذرزسشصضطظعغفقكلمنهوي';

/** Digits and letters, those of the page's script before others. Names are ordered by their code points. */
export function useLetters(reversed = false): JumpPlace[] {
  const alphabets = useLanguage() === 'ar' ? [ARABIC, LATIN] : [LATIN, ARABIC];
  const letters = ['0', ...alphabets.join('')].map((at) => ({ at, label: at === '0' ? '0–9' : at.toUpperCase() }));
  return reversed ? letters.reverse() : letters;
}

/** A menu with more months would be too long to be useful. */
const MAX_MONTHS = 240;

/**
 * The months between the newest and the oldest item, which `fetchSpan` fetches. The newest month comes first, unless
 * `reversed`. Empty until the two items are known. `key` is the list's key in the cache.
 */
export function useMonths(
  key: readonly unknown[],
  fetchSpan: () => Promise<{ newest: string; oldest: string } | undefined>,
  enabled: boolean,
  reversed: boolean,
): JumpPlace[] {
  const span = useQuery({
    queryKey: ['span', ...key],
    queryFn: async () => (await fetchSpan()) ?? null,
    enabled,
    refetchOnWindowFocus: false,
  });
  if (!span.data) return [];
  const [newest, oldest] = [new Date(span.data.newest), new Date(span.data.oldest)];
  const count = (newest.getFullYear() - oldest.getFullYear()) * 12 + newest.getMonth() - oldest.getMonth() + 1;
  const format = new Intl.DateTimeFormat(currentFormatLocale(), {
    month: 'long',
    year: 'numeric',
    calendar: 'gregory',
  });
  const months = Array.from({ length: Math.min(count, MAX_MONTHS) }, (_, ago) => {
    const month = new Date(newest.getFullYear(), newest.getMonth() - ago);
    return { at: placeOfMonth(month), label: format.format(month) };
  });
  return reversed ? months.reverse() : months;
}

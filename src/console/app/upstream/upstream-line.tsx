import { loadMessages, t, type MessageFiles } from '../language/language.ts';
import type { MessageId } from '../language/message-id.ts';
import { formatAge, formatPastAge, useNow } from '../ui/time-ago.tsx';
import type { UpstreamState } from './use-upstream.ts';
import './upstream-line.css';

const COMPLETE = {
  FOLLOWING: 'upstream.following',
  REFUSED: 'upstream.refused',
  PAUSED: 'upstream.paused',
} as const satisfies Partial<Record<UpstreamState['state'], MessageId>>;

/** The addresses of this part's messages. The build puts them in. */
declare const UPSTREAM_MESSAGE_FILES: MessageFiles;

await loadMessages(UPSTREAM_MESSAGE_FILES);

/** Says how fresh the mirror of the live account is. The tooltip has the account's address, and the problem if there is one. */
export function UpstreamLine({ upstream }: { upstream: UpstreamState }) {
  const { url, state, problem } = upstream;
  const now = useNow();
  const isWell = state === 'FOLLOWING' || state === 'CATCHING_UP';
  return (
    <span
      className={isWell ? 'upstream' : 'upstream upstream-behind'}
      role="status"
      title={problem === null ? url : `${url}: ${problem}`}
    >
      {describe(upstream, now)}
    </span>
  );
}

function describe({ state, lastContactAt, completeAsOf }: UpstreamState, now: number): string {
  if (state === 'AWAY') {
    if (lastContactAt === null) return t('upstream.awayUnknown');
    return t('upstream.away', { age: formatPastAge(now - Date.parse(lastContactAt)) });
  }
  if (state === 'CATCHING_UP' || completeAsOf === null) return t('upstream.catchingUp');
  return t(COMPLETE[state], { age: formatAge(now - Date.parse(completeAsOf)) });
}

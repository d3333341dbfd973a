import { JumpSelect, useLetters } from '../list/jump-select.tsx';

/** Jumps to a letter in the list of groups. */
export function GroupJump({ at, onJump }: { at: string | undefined; onJump: (at: string | undefined) => void }) {
  return <JumpSelect at={at} onJump={onJump} places={useLetters()} />;
}

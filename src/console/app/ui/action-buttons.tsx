import { Button } from './button.tsx';
import type { MenuEntry } from './menu-entry.ts';

interface Props {
  entries: readonly MenuEntry[];
  className?: string;
  busy?: boolean;
}

/** What can be done with the object of a page, or with the selected rows. Lists have the same entries in the menus of their rows. */
export function ActionButtons({ entries, className = 'details-actions', busy = false }: Props) {
  if (entries.length === 0) return null;
  return (
    <div className={className}>
      {entries.map(({ label, danger, run }) => (
        <Button key={label} variant={danger ? 'danger' : 'plain'} busy={busy} onPress={run}>
          {label}
        </Button>
      ))}
    </div>
  );
}

import { Button } from './button.tsx';
import type { MenuEntry } from './row-menu-popover.tsx';

/** What can be done with the object of a page. Lists have the same entries in the menus of their rows. */
export function ActionButtons({ entries }: { entries: readonly MenuEntry[] }) {
  if (entries.length === 0) return null;
  return (
    <div className="details-actions">
      {entries.map(({ label, danger, run }) => (
        <Button key={label} variant={danger ? 'danger' : 'plain'} onPress={run}>
          {label}
        </Button>
      ))}
    </div>
  );
}

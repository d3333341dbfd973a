import { execFileSync } from 'node:child_process';
import { afterwards } from './afterwards.ts';
import { temporaryFolder } from './folder.ts';

/** The folder of a disk of its own, with such options of tmpfs as `size=16k`; null where this user may not mount one. */
export function mountedDisk(options: string): string | null {
  const disk = temporaryFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', disk], { stdio: 'ignore' });
  } catch {
    return null;
  }
  afterwards(() => execFileSync('umount', ['-l', disk]));
  return disk;
}

import { execFileSync } from 'node:child_process';
import { afterwards } from './afterwards.ts';
import { temporaryFolder } from './folder.ts';

/**
 * Mounts a tmpfs with options such as `size=16k`, and returns its folder. Returns null when this user may not mount. The tmpfs is
 * unmounted after the tests of the file.
 */
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

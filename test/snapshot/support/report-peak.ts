import { readFileSync, writeFileSync } from 'node:fs';

// Loaded by `node --import` before the program. The peak of its memory is that of the kernel, in KiB; `resourceUsage` would
// give that of the process that has started it, if it was greater.
process.on('exit', () => {
  const peak = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '';
  const { user, system } = process.cpuUsage();
  writeFileSync(process.env.PEAK_FILE ?? '', JSON.stringify({ peak: Number(peak), cpu: (user + system) / 1e6 }));
});

import { readFileSync, writeFileSync } from 'node:fs';

// Loaded by `node --import` before the program. Reads the peak memory in KiB from the kernel, because `resourceUsage` would return
// the peak of the parent process if that was higher.
process.on('exit', () => {
  const peak = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '';
  const { user, system } = process.cpuUsage();
  writeFileSync(process.env.PEAK_FILE ?? '', JSON.stringify({ peak: Number(peak), cpu: (user + system) / 1e6 }));
});

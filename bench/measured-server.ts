import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MeasuredGroup, Workload } from './workloads.ts';

const ROOT = join(import.meta.dirname, '..');

/** Linux counts the CPU time of processes in ticks. This is USER_HZ, which is 100 on all systems in use. */
const TICKS_PER_SECOND = 100;

/** How to start a server, and which requests to send to it. */
export interface ServerPlan {
  readonly name: string;
  /** The arguments for Node, with this database and port. */
  args(database: string, port: number): string[];
  settings?(database: string, port: number): Record<string, string>;
  /** The workloads of the server. `cursor` comes from the server's own response to `deepQuery`. */
  readonly workloads: (group: MeasuredGroup, cursor: string | null) => Workload[];
  /** The query for a page of 50 campaigns after the variable `after`. */
  readonly deepQuery: string;
}

/** A running server that is measured. */
export class MeasuredServer {
  readonly plan: ServerPlan;
  readonly url: string;
  workloads: Workload[] = [];
  readonly #process: ChildProcess;

  private constructor(plan: ServerPlan, url: string, child: ChildProcess) {
    this.plan = plan;
    this.url = url;
    this.#process = child;
  }

  /** Starts a server and waits until it answers. Throws if the process ends before that. */
  static async start(plan: ServerPlan, database: string, port: number): Promise<MeasuredServer> {
    const settings = plan.settings?.(database, port) ?? {};
    const env = { PATH: process.env['PATH'], HOST: '127.0.0.1', NODE_ENV: 'production', ...settings };
    const child = spawn(process.execPath, plan.args(database, port), {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const url = `http://127.0.0.1:${port}`;
    for (;;) {
      if (child.exitCode !== null) throw new Error(`${plan.name} ended with ${child.exitCode}`);
      if (await fetch(`${url}/healthz`).catch(() => null)) return new MeasuredServer(plan, url, child);
      await sleep(100);
    }
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    this.#process.kill();
    await once(this.#process, 'exit');
  }

  /** The CPU time in seconds that the server and all its child processes have used. */
  cpuSeconds(): number {
    let ticks = 0;
    for (const pid of this.#pids()) {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      ticks += Number(fields[11]) + Number(fields[12]);
    }
    return ticks / TICKS_PER_SECOND;
  }

  /** The peak resident memory of the server's processes, added up, in MiB. */
  peakMemory(): number {
    return this.#sum('VmHWM');
  }

  /** The current resident memory of the server's processes, added up, in MiB. */
  memory(): number {
    return this.#sum('VmRSS');
  }

  #sum(name: 'VmHWM' | 'VmRSS'): number {
    const value = new RegExp(`${name}:\\s*(\\d+)`);
    const kilobytes = (pid: number) => Number(value.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
    return this.#pids().reduce((sum, pid) => sum + kilobytes(pid), 0) / 1024;
  }

  #pids(): number[] {
    const pids = [this.#process.pid ?? 0];
    for (const pid of pids) {
      const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
      pids.push(...children.map(Number));
    }
    return pids;
  }
}

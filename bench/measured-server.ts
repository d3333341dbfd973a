import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MeasuredGroup, Workload } from './workloads.ts';

const ROOT = join(import.meta.dirname, '..');

/** How often in a second Linux counts the time of processes: USER_HZ, the same on all systems in use. */
const TICKS_PER_SECOND = 100;

/** How a server is started and asked. */
export interface ServerPlan {
  readonly name: string;
  /** The arguments of Node, for a database and a port. */
  args(database: string, port: number): string[];
  settings?(database: string, port: number): Record<string, string>;
  /** What it is asked, with a cursor of its own from `deepQuery`. */
  readonly workloads: (group: MeasuredGroup, cursor: string | null) => Workload[];
  /** The query of a page of 50 that takes `after`. */
  readonly deepQuery: string;
}

/** A server that runs for the measurement. */
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

  /** Starts it and waits until it answers. Throws when it ends. */
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

  /** The seconds of CPU that the server has used, with all processes that it has started. */
  cpuSeconds(): number {
    let ticks = 0;
    for (const pid of this.#pids()) {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      ticks += Number(fields[11]) + Number(fields[12]);
    }
    return ticks / TICKS_PER_SECOND;
  }

  /** The most resident memory that each of its processes has had, together, in MiB. */
  peakMemory(): number {
    return this.#sum('VmHWM');
  }

  /** The resident memory of its processes now, in MiB. */
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

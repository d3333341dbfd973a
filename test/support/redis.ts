import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterwards } from './afterwards.ts';
import { temporaryFolder } from './folder.ts';
import { freePort } from './free-port.ts';

/** The name of the Redis or Valkey program on this machine; undefined when there is none. */
export const REDIS = ['redis-server', 'valkey-server'].find((one) => spawnSync(one, ['--version']).status === 0);

/** The reason to skip tests with Redis when `REDIS` is undefined. */
export const NO_REDIS = 'there is no redis-server or valkey-server';

const PASSWORD = 'the-password-of-redis';

/** A Redis server for one test file. It saves no data, and is killed after the tests of the file. */
export class TestRedis {
  readonly port: number;
  #process: ChildProcess | undefined;

  private constructor(port: number) {
    this.port = port;
    afterwards(() => this.kill());
  }

  /** A server that has not been started yet. */
  static async atFreePort(): Promise<TestRedis> {
    return new TestRedis(await freePort());
  }

  get url(): string {
    return `redis://:${PASSWORD}@127.0.0.1:${this.port}`;
  }

  /** Starts the server. Resolves when it answers. */
  async start(): Promise<void> {
    const settings = { port: this.port, bind: '127.0.0.1', save: '', requirepass: PASSWORD, dir: temporaryFolder() };
    const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
    this.#process = spawn(REDIS ?? '', args, { stdio: 'ignore' });
    for (;;) {
      const answer = await this.ask('PING').catch(() => '');
      if (answer.includes('+PONG')) return;
      await sleep(20);
    }
  }

  /** Kills the server. Its connections end, and its data is lost. */
  async kill(): Promise<void> {
    const process = this.#process;
    this.#process = undefined;
    if (!process) return;
    const ended = once(process, 'exit');
    process.kill('SIGKILL');
    await ended;
  }

  /** Pauses the process. It answers nothing, but its connections stay open. */
  pause(): void {
    this.#process?.kill('SIGSTOP');
  }

  resume(): void {
    this.#process?.kill('SIGCONT');
  }

  /** Sends a command as plain text, such as `PING`. Resolves with all that Redis answers, unparsed. */
  ask(command: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(this.port, '127.0.0.1').setEncoding('utf8').on('error', reject);
      let answer = '';
      socket.on('data', (piece: string) => (answer += piece));
      socket.on('close', () => resolve(answer));
      socket.write(`AUTH ${PASSWORD}\r\n${command}\r\nQUIT\r\n`);
    });
  }
}

// Runs programs to completion, or starts and stops them as servers.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  env?: Record<string, string>;
  cwd?: string;
  stdin?: string;
}

/** Runs a program to completion, whatever its exit status. */
export async function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const child = spawn(program, args, { cwd: options.cwd, env: { ...process.env, ...options.env } });
  const outcome: Outcome = { code: null, stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (outcome.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (outcome.stderr += text));
  // A program may exit without reading its input.
  child.stdin.on('error', () => {}).end(options.stdin ?? '');
  [outcome.code] = (await once(child, 'close')) as [number | null];
  return outcome;
}

/** Runs a program, which must succeed; returns its standard output. */
export async function must(program: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await run(program, args, options);
  if (code !== 0) throw new Error(`${program} ${args[0] ?? ''} ended with ${code}: ${stderr || stdout}`);
  return stdout;
}

/** A program that runs until it is stopped. */
export class Server {
  #log = '';
  readonly #child: ChildProcess;
  readonly #name: string;

  constructor(program: string, args: readonly string[], options: RunOptions = {}) {
    this.#name = program;
    this.#child = spawn(program, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child.on('error', (cause) => (this.#log += cause.message));
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.#log += text));
    }
    process.once('exit', () => this.#child.kill('SIGKILL'));
  }

  /** Everything that the program has written so far. */
  get log(): string {
    return this.#log;
  }

  /** Waits until the URL responds with a success status. */
  async ready(url: string): Promise<void> {
    const deadline = Date.now() + 20_000;
    for (;;) {
      if (await answers(url)) return;
      if (this.#hasEnded || Date.now() > deadline) {
        throw new Error(`${this.#name} does not answer at ${url}:\n${this.#log}`);
      }
      await sleep(50);
    }
  }

  /** Stops the program and returns its exit status. Fails if it does not stop, or has already ended. */
  async stop(): Promise<number | null> {
    if (this.#hasEnded) throw new Error(`${this.#name} ended by itself:\n${this.#log}`);
    const closed = once(this.#child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
    const late = setTimeout(() => this.#child.kill('SIGKILL'), 10_000);
    this.#child.kill('SIGTERM');
    const [code, signal] = await closed;
    clearTimeout(late);
    if (signal === 'SIGKILL') throw new Error(`${this.#name} did not stop within 10 seconds`);
    return code;
  }

  get #hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null || this.#child.pid === undefined;
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url);
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

/** A port on the loopback address that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

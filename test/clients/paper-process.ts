import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const CLI = join(__dirname, '../../src/paper/cli.js');

/** A running `paper` process and what its first line told. */
export interface PaperProcess {
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly first: Readonly<Record<string, unknown>>;
  readonly child: ChildProcess;
  /** A call of the control; the parsed answer. */
  control(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Record<string, unknown>>;
  stop(): Promise<void>;
}

/** Starts the paper exchange over HTTP as a process of its own. */
export async function startPaper(...args: readonly string[]): Promise<PaperProcess> {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
  const lines = createInterface({ input: child.stdout });
  const [line] = (await Promise.race([
    once(lines, 'line'),
    once(child, 'exit').then(() => Promise.reject(new Error('The paper exchange did not start.'))),
  ])) as [string];
  const first = JSON.parse(line) as { url: string; apiKey: string; apiSecret: string };
  return {
    ...first,
    first,
    child,
    async control(method, path, body) {
      const given = body === undefined ? {} : { body: JSON.stringify(body) };
      const response = await fetch(`${first.url}${path}`, { method, ...given });
      return (await response.json()) as Record<string, unknown>;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A VS Code server in a process of its own; ends with this one. */
export interface Server {
  readonly port: number;
  /** State, settings and global storage of the server. */
  readonly dataDir: string;
  /** Ends it; removes its data unless the folder was given. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** "1.139.1" without one. */
  readonly version?: string;
  /** Machine settings beside the quiet ones of the scripts. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The person's settings, for those of application scope, which are not taken from the machine's. */
  readonly user?: Readonly<Record<string, unknown>>;
  /** A new one, removed at the end, without. */
  readonly dataDir?: string;
  /** Folder of an extension to install beside the desk. */
  readonly beside?: string;
  /** Whether folders have to be trusted: then a new one opens in restricted mode. */
  readonly trust?: boolean;
  /** Variables of its environment beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'loan-desk-workbench-'));
  const version = options.version === undefined ? [] : [`--version=${options.version}`];
  const settings = `--settings=${JSON.stringify(options.settings ?? {})}`;
  const beside = options.beside === undefined ? [] : [`--beside=${options.beside}`];
  const user = options.user === undefined ? [] : [`--user=${JSON.stringify(options.user)}`];
  const trust = options.trust === true ? ['--trust'] : [];
  const args = ['scripts/serve.mjs', `--data=${dataDir}`, settings, ...user, ...version, ...beside, ...trust];
  const child = spawn(process.execPath, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...options.env },
  });
  const port = await firstPort(child);
  return {
    port,
    dataDir,
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.stdin?.end();
      await ended;
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function firstPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The VS Code server ended with ${code}.`)));
    if (child.stdout === null) throw new Error('No output to read.');
    createInterface({ input: child.stdout }).once('line', (line) => {
      resolve((JSON.parse(line) as { port: number }).port);
    });
  });
}

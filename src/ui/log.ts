import type * as vscode from 'vscode';
import type { RequestLine } from '../bybit/client';
import type { Redactor } from './redactor';

/** The one log of the extension; lines are English, one a fact, and hold no secret. */
export interface Log {
  debug(line: string): void;
  info(line: string): void;
  warn(line: string): void;
  error(line: string, error?: unknown): void;
  /** Brings it to the screen. */
  show(): void;
}

type Level = 'debug' | 'info' | 'warn' | 'error';

/** A log on an output channel, with everything that could be a secret cut out. Never throws. */
export function createLog(
  channel: Pick<vscode.LogOutputChannel, Level | 'show'>,
  redactor: Pick<Redactor, 'redact'>,
): Log {
  const write = (level: Level, line: string) => {
    const text = redactor.redact(line);
    try {
      channel[level](text);
    } catch {
      // The window is closing and its channel with it; what still ends has nobody left to tell.
    }
  };
  return {
    debug: (line) => write('debug', line),
    info: (line) => write('info', line),
    warn: (line) => write('warn', line),
    error: (line, error) => write('error', error === undefined ? line : `${line} ${describe(error)}`),
    show: () => channel.show(true),
  };
}

/** One line a request. */
export function requestText({
  id,
  endpoint,
  method,
  path,
  httpStatus,
  retCode,
  ms,
  note,
}: RequestLine): string {
  const facts = [
    `#${id} ${endpoint} ${method} ${path}`,
    httpStatus === undefined ? 'no answer' : `HTTP ${httpStatus}`,
    retCode === undefined ? undefined : `retCode ${retCode}`,
    `${Math.round(ms)} ms`,
    note,
  ];
  return facts.filter((fact) => fact !== undefined).join(', ');
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

import type { Log } from '../../../src/ui/log';

/** A log that keeps its lines. */
export class FakeLog implements Log {
  readonly lines: string[] = [];
  readonly debug = (line: string) => void this.lines.push(line);
  readonly info = (line: string) => void this.lines.push(line);
  readonly warn = (line: string) => void this.lines.push(line);
  readonly error = (line: string, error?: unknown) => void this.lines.push(`${line} ${String(error)}`);
  readonly show = () => undefined;
}

import { type Decimal, decimal, div, gt, lte, parseDecimal, ZERO } from '../bybit/decimal';
import { type Words, words } from '../bybit/words';
import type { Thresholds } from '../desk/book';

/** How a setting is read, without the section `loanDesk`: what the person set, or undefined. */
export type ReadSetting = (key: string) => unknown;

/** What the extension's `package.json` says of settings. */
export interface Manifest {
  readonly contributes: {
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly default?: unknown }>> };
  };
}

/** The settings (whole names) whose default is not the one of the manifest: another extension put its own in its place. */
export function overriddenDefaults(
  { contributes }: Manifest,
  defaultOf: (name: string) => unknown,
): readonly string[] {
  return Object.entries(contributes.configuration.properties)
    .filter(([name, property]) => JSON.stringify(defaultOf(name)) !== JSON.stringify(property.default))
    .map(([name]) => name);
}

const HUNDRED = decimal('100');
/** API.md §6: the help centre's lines; no endpoint of the new system publishes them. */
const DEFAULT_PERCENT = {
  initial: '80',
  marginCall: '85',
  delayedLiquidation: '93',
  liquidation: '95',
} as const;
const LINES = ['initial', 'marginCall', 'delayedLiquidation', 'liquidation'] as const;

/** The lines that hold where no setting says otherwise, as fractions. */
export const DEFAULT_THRESHOLDS: Thresholds = lines((line) => fraction(DEFAULT_PERCENT[line]) ?? ZERO);

export interface Checked<T> {
  readonly value: T;
  /** What was wrong with the settings; the defaults are used then. */
  readonly problem: Words | undefined;
}

/**
 * The LTV lines of the settings as fractions. VS Code hands out what stands in the file unchecked, so everything is checked
 * here: each above 0 and up to 100 percent, and none above the next. One bad line and the defaults hold for all, since
 * half of them would make no sense together.
 */
export function thresholdsOf(read: ReadSetting): Checked<Thresholds> {
  const found = new Map(
    LINES.map((line) => [line, fraction(read(`thresholds.${line}`) ?? DEFAULT_PERCENT[line])]),
  );
  for (const [line, value] of found) {
    if (value !== undefined) continue;
    const setting = `loanDesk.thresholds.${line}`;
    return {
      value: DEFAULT_THRESHOLDS,
      problem: words('{0} must be a percentage above 0 and up to 100; the default lines are used.', setting),
    };
  }
  const value = lines((line) => found.get(line) ?? DEFAULT_THRESHOLDS[line]);
  const rising =
    lte(value.initial, value.marginCall) &&
    lte(value.marginCall, value.delayedLiquidation) &&
    lte(value.delayedLiquidation, value.liquidation);
  if (rising) return { value, problem: undefined };
  const problem = words(
    'The settings loanDesk.thresholds must rise from initial over marginCall and delayedLiquidation to liquidation; the default lines are used.',
  );
  return { value: DEFAULT_THRESHOLDS, problem };
}

function lines(value: (line: (typeof LINES)[number]) => Decimal): Thresholds {
  return {
    initial: value('initial'),
    marginCall: value('marginCall'),
    delayedLiquidation: value('delayedLiquidation'),
    liquidation: value('liquidation'),
  };
}

function fraction(percent: unknown): Decimal | undefined {
  if (typeof percent !== 'string' && typeof percent !== 'number') return undefined;
  const value = parseDecimal(String(percent));
  if (value === undefined || lte(value, ZERO) || !lte(value, HUNDRED)) return undefined;
  const line = div(value, HUNDRED);
  // What is smaller than any decimal that is kept would be no line at all.
  return gt(line, ZERO) ? line : undefined;
}

const DEFAULT_INTERVAL_S = 15;
const LEAST_INTERVAL_S = 5;
const MOST_INTERVAL_S = 3600;

/** Milliseconds between two reads, within its bounds whatever the setting says. */
export function intervalMsOf(read: ReadSetting): number {
  const seconds = read('refreshInterval');
  if (typeof seconds !== 'number' || !Number.isFinite(seconds)) return DEFAULT_INTERVAL_S * 1000;
  return Math.min(Math.max(seconds, LEAST_INTERVAL_S), MOST_INTERVAL_S) * 1000;
}

import { decimal } from '../../src/bybit/decimal';
import { SERIES } from '../../src/desk/history/series';
import type { HistoryAnswer } from '../../src/webview/history-contract';

const HOUR = 3_600_000;
export const NOW = Date.UTC(2026, 10, 24, 8, 1);

/** A line that goes up and down by the hour, with a night of which nothing is known. */
export function line(coin: string, base: number, hours = 30 * 24): HistoryAnswer['lines'][number] {
  const points: [number, ReturnType<typeof decimal> | null][] = [];
  for (let hour = 0; hour < hours; hour += 1) {
    const time = NOW - (hours - hour) * HOUR;
    if (hour === hours / 2) points.push([time, null]);
    if (hour >= hours / 2 && hour < hours / 2 + 60) continue;
    const swing = Math.round(400 * Math.sin(hour / 40 + base) + 120 * Math.sin(hour / 7 + base));
    points.push([time, decimal(`${base + swing}e-5`)]);
  }
  return { coin, points, standing: 'cheaper than 80 % of the last 30 days' };
}

/** An answer to the charts, with what matters to a test replaced. */
export function answer(change: Partial<HistoryAnswer> = {}): HistoryAnswer {
  const term = (index: number, days: number) =>
    days === 30 && index === 5 ? null : decimal(`${300 + index * 35 + days * 4}e-4`);
  return {
    ask: { coins: ['USDT', 'BTC'], series: 'flexible', days: 30 },
    names: ['BTC', 'ETH', 'SOL', 'USDC', 'USDT', '<img src=x onerror=alert(1)>'],
    isSimulated: true,
    isRecording: true,
    from: NOW - 30 * 24 * HOUR,
    until: NOW,
    lines: [line('USDT', 5_000), line('BTC', 1_800)],
    terms: SERIES.map((series, index) => ({
      series,
      now: term(index, 0),
      week: term(index, 7),
      month: term(index, 30),
    })),
    depth: {
      term: '30',
      offers: [1, 2, 3, 5, 8].map((n) => ({
        rate: decimal(`${400 + n * 11}e-4`),
        amount: decimal(`${n * 12_345}.5`),
      })),
      demand: [1, 2, 4].map((n) => ({
        rate: decimal(`${400 - n * 13}e-4`),
        amount: decimal(String(n * 9_000)),
      })),
      isCut: { offers: false, demand: false },
    },
    ...change,
  };
}

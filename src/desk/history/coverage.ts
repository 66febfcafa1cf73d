/** A stretch of time in which rates were read regularly, epoch milliseconds, both ends included. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Readings further apart than this leave a gap: between them nobody knows. */
export const GAP_MS = 3 * 3_600_000;

/** Stretches with the second in which each ends: times are kept to the second, and what was read in one held in it. */
export function lasting(coverage: readonly Stretch[]): readonly Stretch[] {
  return coverage.map(({ from, to }) => ({ from, to: to + 1000 }));
}

/** The last moment up to another at which it is known what held; undefined when nothing was read by then. */
export function lastRead(coverage: readonly Stretch[], time: number): number | undefined {
  const last = coverage.findLast(({ from }) => from <= time);
  return last && Math.min(last.to, time);
}

/** `SECONDS` a line: a moment at which rates were read. */
export function readingLine(time: number): string {
  return `${Math.floor(time / 1000)}\n`;
}

/** A stretch as two lines. */
function stretchLines({ from, to }: Stretch): string {
  return from === to ? readingLine(from) : `${readingLine(from)}${readingLine(to)}`;
}

/**
 * The stretches that readings make up. Damaged lines and a torn end are passed over; so are times that go back.
 */
export function coverageOf(text: string): readonly Stretch[] {
  const stretches: Stretch[] = [];
  for (const line of text.slice(0, text.lastIndexOf('\n') + 1).split(/\r?\n/)) {
    if (!/^\d{9,11}$/.test(line)) continue;
    const time = Number(line) * 1000;
    const last = stretches.at(-1);
    if (last !== undefined && time < last.to) continue;
    if (last !== undefined && time - last.to <= GAP_MS)
      stretches[stretches.length - 1] = { ...last, to: time };
    else stretches.push({ from: time, to: time });
  }
  return stretches;
}

/** Whether all of the readings are understood, so that writing their coverage loses nothing. */
export function isWholeCoverage(text: string): boolean {
  const lines = text.split(/\r?\n/);
  let before = 0;
  return (
    lines.pop() === '' &&
    lines.every((line) => {
      const isLater = /^\d{9,11}$/.test(line) && Number(line) >= before;
      before = Number(line);
      return isLater;
    })
  );
}

/** The same coverage in as few lines as the gaps allow: two a stretch and one every gap's length between. */
export function coverageText(stretches: readonly Stretch[]): string {
  return stretches.flatMap(({ from, to }) => withSteps(from, to).map(stretchLines)).join('');
}

/** Lines further apart than the gap would read as a gap. */
function withSteps(from: number, to: number): Stretch[] {
  const steps: Stretch[] = [];
  for (let start = from; ; start += GAP_MS) {
    const end = Math.min(start + GAP_MS, to);
    steps.push({ from: start, to: start });
    if (end === to) {
      if (end !== start) steps.push({ from: end, to: end });
      return steps;
    }
  }
}

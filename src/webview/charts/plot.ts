import uPlot from 'uplot';
import type { Decimal } from '../../bybit/decimal';
import { type ChartTheme, DASHES, onThemeChange, themeOf } from './theme';
import { ticksBetween } from './ticks';

/** One line of a drawing. Positions are floats, as pixels are; nothing that is read comes from them. */
export interface PlotLine {
  /** Beside the end of the line, and in the legend. */
  readonly name: string;
  readonly ys: readonly (number | null)[];
  /** How it goes from point to point: in steps that hold until the next, in steps that hold since the last, or straight. */
  readonly path: 'until' | 'since' | 'straight';
  readonly hasPoints: boolean;
}

export interface PlotModel {
  /** Ascending. */
  readonly xs: readonly number[];
  readonly lines: readonly PlotLine[];
  readonly x: XAxis;
  readonly yLabel: (value: Decimal) => string;
  /** In what the labels of that axis are, where they do not say it themselves. */
  readonly yUnit?: string;
}

export type XAxis =
  /** Epoch seconds; labelled at places that lie `step` seconds apart. */
  | { readonly kind: 'time'; readonly label: (seconds: number, step: number) => string }
  /** Numbers. */
  | { readonly kind: 'number'; readonly label: (value: Decimal) => string }
  /** Places 0, 1, 2 … with a name each. */
  | { readonly kind: 'names'; readonly names: readonly string[] };

export interface PlotEvents {
  /** The cursor stands at the n-th place, or nowhere. */
  readonly onCursor: (index: number | undefined) => void;
  readonly onZoom: (isZoomed: boolean) => void;
}

interface DrawnEvents extends PlotEvents {
  /** It is laid out. */
  readonly onReady: () => void;
}

const HEIGHT = 260;
const LEAST_WIDTH = 160;
const TICK_PX = 44;
const X_TICK_PX = 80;
const X_AXIS_PX = 32;
const Y_AXIS_PX = 64;
const UNIT_PX = 18;
/** Room for the names at the ends of the lines. */
const NAMES_PX = 76;
const PATHS = {
  until: uPlot.paths.stepped?.({ align: 1 }),
  since: uPlot.paths.stepped?.({ align: -1 }),
  straight: uPlot.paths.linear?.(),
};

/** Whether less than all can be looked at: names are few, and always shown. */
export function canZoom({ x }: PlotModel): boolean {
  return x.kind !== 'names';
}

/** A drawing on a canvas, as wide as its place, in the colours of the moment. */
export class Plot {
  readonly #place: HTMLElement;
  readonly #events: PlotEvents;
  readonly #resize: ResizeObserver;
  readonly #unlisten: () => void;
  #model: PlotModel | undefined;
  #plot: uPlot | undefined;
  /** Whether a person chose to see less than there is: that is kept when news come, and nothing else. */
  #isZoomed = false;
  /** Where the cursor is; undefined where it is not. */
  #pointed: number | undefined;
  /** Whether what is drawn has been laid out, and its cursor tells something. */
  #isReady = false;

  constructor(place: HTMLElement, events: PlotEvents) {
    this.#place = place;
    this.#events = events;
    this.#resize = new ResizeObserver(() => this.#fit());
    this.#resize.observe(place);
    this.#unlisten = onThemeChange(() => this.#draw());
  }

  show(model: PlotModel): void {
    this.#model = model;
    this.#draw();
  }

  /** The cursor is where it was: a new drawing begins without one, and whoever reads value by value goes on. */
  #repoint(): void {
    this.#isReady = true;
    const index = this.#pointed === undefined ? -1 : (this.#model?.xs.indexOf(this.#pointed) ?? -1);
    if (index >= 0) this.point(index);
    else this.#onCursor(undefined);
  }

  #onCursor(index: number | undefined): void {
    if (!this.#isReady) return;
    this.#pointed = index === undefined ? undefined : this.#model?.xs[index];
    this.#events.onCursor(index);
  }

  dispose(): void {
    this.#resize.disconnect();
    this.#unlisten();
    this.#plot?.destroy();
  }

  /** Puts the cursor on the n-th place. */
  point(index: number): void {
    const plot = this.#plot;
    const x = this.#model?.xs[index];
    if (plot === undefined || x === undefined) return;
    this.#bring(x);
    plot.setCursor({ left: plot.valToPos(x, 'x'), top: -10 });
    // Two places may share a pixel: the one that was asked for counts.
    this.#onCursor(index);
  }

  /** Shows a share of what is shown, around a place: below 1 nearer, above 1 wider. */
  zoom(factor: number, index: number | undefined): void {
    const plot = this.#plot;
    const xs = this.#model?.xs ?? [];
    const { min, max } = plot?.scales['x'] ?? {};
    const [first, last] = [xs[0], xs.at(-1)];
    if (plot === undefined || min == null || max == null || first === undefined || last === undefined) return;
    const middle = xs[index ?? -1] ?? (min + max) / 2;
    const low = Math.max(first, middle - (middle - min) * factor);
    const high = Math.min(last, middle + (max - middle) * factor);
    if (high > low) plot.setScale('x', { min: low, max: high });
  }

  /** Shows everything. */
  reset(): void {
    const xs = this.#model?.xs ?? [];
    const [min, max] = [xs[0], xs.at(-1)];
    if (min !== undefined && max !== undefined) this.#plot?.setScale('x', { min, max });
  }

  /** Moves what is shown so that a place is on it. */
  #bring(x: number): void {
    const { min, max } = this.#plot?.scales['x'] ?? {};
    if (min == null || max == null || (x >= min && x <= max)) return;
    const shift = x < min ? x - min : x - max;
    this.#plot?.setScale('x', { min: min + shift, max: max + shift });
  }

  #draw(): void {
    const model = this.#model;
    if (model === undefined) return;
    const kept = this.#isZoomed ? this.#plot?.scales['x'] : undefined;
    this.#plot?.destroy();
    this.#isReady = false;
    const theme = themeOf(this.#place);
    const data = [[...model.xs], ...model.lines.map(({ ys }) => [...ys])] as uPlot.AlignedData;
    this.#plot = new uPlot(
      optionsOf(model, theme, this.#width, {
        onReady: () => this.#repoint(),
        onCursor: (index) => this.#onCursor(index),
        onZoom: (isZoomed) => {
          this.#isZoomed = isZoomed;
          this.#events.onZoom(isZoomed);
        },
      }),
      data,
      this.#place,
    );
    this.#isZoomed = false;
    const [first, last] = [model.xs[0] ?? 0, model.xs.at(-1) ?? 0];
    // Of another span or coin, what was looked at may be no part any more.
    if (kept?.min != null && kept.max != null && kept.min < last && kept.max > first)
      this.#plot.setScale('x', { min: Math.max(kept.min, first), max: Math.min(kept.max, last) });
  }

  #fit(): void {
    if (this.#plot !== undefined && this.#plot.width !== this.#width) {
      this.#plot.setSize({ width: this.#width, height: HEIGHT });
    }
  }

  get #width(): number {
    return Math.max(LEAST_WIDTH, this.#place.clientWidth);
  }
}

function optionsOf(model: PlotModel, theme: ChartTheme, width: number, events: DrawnEvents): uPlot.Options {
  const axis = {
    stroke: theme.text,
    font: theme.font,
    grid: { stroke: theme.grid, width: 1 },
    ticks: { show: false },
  };
  return {
    width,
    height: HEIGHT,
    padding: [10, width > 480 ? NAMES_PX : 8, 0, 0],
    legend: { show: false },
    scales: {
      x: { time: model.x.kind === 'time', ...(model.x.kind === 'names' && { range: edges(model.xs) }) },
      y: { range: (_plot, least, most) => padded(least, most) },
    },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
    axes: [
      { ...axis, size: X_AXIS_PX, ...xAxis(model.x, model.xs) },
      {
        ...axis,
        size: Y_AXIS_PX,
        ...(model.yUnit !== undefined && {
          label: model.yUnit,
          labelFont: theme.font,
          labelSize: UNIT_PX,
        }),
        splits: (plot, _axis, least, most) =>
          ticksBetween(least, most, Math.max(2, plot.bbox.height / devicePixelRatio / TICK_PX)).map(
            ({ at }) => at,
          ),
        values: (plot) => {
          const { min, max } = plot.scales['y'] ?? {};
          const count = Math.max(2, plot.bbox.height / devicePixelRatio / TICK_PX);
          return ticksBetween(min ?? 0, max ?? 0, count).map(({ value }) => model.yLabel(value));
        },
      },
    ],
    series: [{}, ...model.lines.map((line, index) => seriesOf(line, index, theme))],
    cursor: {
      drag: { x: canZoom(model), y: false, setScale: canZoom(model) },
      y: false,
      points: {
        size: 8,
        fill: (_plot, index) => theme.lines[(index - 1) % theme.lines.length] ?? theme.text,
      },
    },
    hooks: {
      ready: [() => events.onReady()],
      setCursor: [
        (plot) => {
          snapCursor(plot);
          events.onCursor(plot.cursor.idx ?? undefined);
        },
      ],
      setScale: [
        (plot, key) => {
          const { min, max } = plot.scales['x'] ?? {};
          const xs = model.xs;
          if (key === 'x') events.onZoom((min ?? 0) > (xs[0] ?? 0) || (max ?? 0) < (xs.at(-1) ?? 0));
        },
      ],
      draw: width > 480 ? [(plot) => drawNames(plot, model, theme)] : [],
    },
  };
}

/** The line stands where the values are read. uPlot's own way to do so would move the ends of a drag there, too. */
function snapCursor(plot: uPlot): void {
  const line = plot.over.querySelector<HTMLElement>('.u-cursor-x');
  const x = plot.data[0][plot.cursor.idx ?? -1];
  if (line !== null && x !== undefined)
    line.style.transform = `translate(${Math.round(plot.valToPos(x, 'x'))}px, 0px)`;
}

function xAxis(x: XAxis, xs: readonly number[]): Pick<uPlot.Axis, 'values' | 'splits' | 'space'> {
  switch (x.kind) {
    case 'time':
      return {
        space: X_TICK_PX,
        values: (_plot, splits, _axis, _space, step) => splits.map((seconds) => x.label(seconds, step)),
      };
    case 'names':
      return { splits: () => [...xs], values: (_plot, splits) => splits.map((at) => x.names[at] ?? '') };
    case 'number': {
      const ticks = (plot: uPlot) => {
        const { min, max } = plot.scales['x'] ?? {};
        return ticksBetween(min ?? 0, max ?? 0, plot.bbox.width / devicePixelRatio / X_TICK_PX);
      };
      return {
        splits: (plot) => ticks(plot).map(({ at }) => at),
        values: (plot) => ticks(plot).map(({ value }) => x.label(value)),
      };
    }
  }
}

function seriesOf(line: PlotLine, index: number, theme: ChartTheme): uPlot.Series {
  const stroke = theme.lines[index % theme.lines.length] ?? theme.text;
  const paths = PATHS[line.path];
  return {
    stroke,
    width: 2,
    dash: [...(DASHES[index % DASHES.length] ?? [])],
    spanGaps: line.path === 'straight',
    points: { show: line.hasPoints, size: 7, stroke, fill: theme.background },
    ...(paths === undefined ? {} : { paths }),
  };
}

/** A little room above and below; a line that never moves lies in the middle. */
function padded(least: number | null, most: number | null): [number, number] {
  if (least === null || most === null) return [0, 1];
  const room = least === most ? Math.max(Math.abs(least) * 0.1, 1e-6) : (most - least) * 0.08;
  return [least >= 0 ? Math.max(0, least - room) : least - room, most + room];
}

function edges(splits: readonly number[]): [number, number] {
  return [(splits[0] ?? 0) - 0.4, (splits.at(-1) ?? 1) + 0.4];
}

/** The names of the lines at their ends, moved apart where they would meet. */
function drawNames(plot: uPlot, { xs, lines }: PlotModel, theme: ChartTheme): void {
  const { ctx } = plot;
  const scale = devicePixelRatio;
  const max = plot.scales['x']?.max ?? Number.POSITIVE_INFINITY;
  const last = xs.findLastIndex((x) => x <= max);
  const ends = lines.flatMap(({ name, ys }, index) => {
    const y = ys.slice(0, last + 1).findLast((one) => one !== null);
    return y == null ? [] : [{ name, index, y: plot.valToPos(y, 'y', true) }];
  });
  ctx.save();
  ctx.font = theme.font.replace(/^(\d+)px/, (_, size: string) => `${Number(size) * scale}px`);
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  let lowest = Number.NEGATIVE_INFINITY;
  for (const { name, index, y } of ends.sort((a, b) => a.y - b.y)) {
    const place = Math.max(y, lowest + 15 * scale);
    lowest = place;
    ctx.fillStyle = theme.lines[index % theme.lines.length] ?? theme.text;
    ctx.fillText(name, plot.bbox.left + plot.bbox.width + 6 * scale, place, (NAMES_PX - 8) * scale);
  }
  ctx.restore();
}

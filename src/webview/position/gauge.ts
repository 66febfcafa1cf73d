import { html, nothing, svg, type TemplateResult } from 'lit/html.js';
import { abs, type Decimal, decimal, lt, max, min, mul, ONE, sub, ZERO } from '../../bybit/decimal';
import { words } from '../../bybit/words';
import type { Line } from '../../desk/lines';
import type { Shown } from './shown';

/** A line of the LTV on the gauge. */
export interface GaugeLine {
  readonly line: Line;
  readonly name: string;
  /** A fraction. */
  readonly at: Decimal;
}

export interface GaugeModel {
  /** Unique on the page, fit for an id. */
  readonly id: string;
  /** Whose LTV it is. */
  readonly title: string;
  /** Fractions; undefined where there is no LTV. */
  readonly ltv: Decimal | undefined;
  /** The LTV today, where `ltv` is one at moved prices. */
  readonly today: Decimal | undefined;
  /** The worst line that is reached. */
  readonly reached: Line | undefined;
  /** From the first to the worst. */
  readonly lines: readonly GaugeLine[];
}

const HUNDRED = decimal('100');
const HALF = decimal('0.5');
const NEAR_START = decimal('0.18');
const NEAR_END = decimal('0.82');
/** Pixels from the top: the LTV's figure, the bar, the first of the lines' names. */
const FIGURE = 12;
const BAR = 20;
const BAR_HEIGHT = 16;
const NAMES = BAR + BAR_HEIGHT + 16;
const NAME_HEIGHT = 17;

/** Where a fraction lies on the gauge, which ends at an LTV of 100 %. The one place where it becomes a place. */
function place(fraction: Decimal): string {
  return `${mul(max(ZERO, min(ONE, fraction)), HUNDRED)}%`;
}

/** Text beside a mark goes where there is room for it. */
function anchor(fraction: Decimal): 'start' | 'middle' | 'end' {
  if (lt(fraction, NEAR_START)) return 'start';
  return lt(NEAR_END, fraction) ? 'end' : 'middle';
}

/**
 * The LTV on a line from 0 to 100 %, each line of it a tick with its name. Everything that colour says is said by the
 * words under it, by hatching and by where things stand; all of it is in the text alternative too.
 */
export function gauge(model: GaugeModel, shown: Shown): TemplateResult {
  const { lines, ltv, today, reached, id } = model;
  const height = NAMES + lines.length * NAME_HEIGHT - 8;
  const [first] = lines;
  const worst = lines.at(-1);
  return html`<svg
    class="gauge"
    width="100%"
    height=${height}
    role="img"
    aria-label=${gaugeText(model, shown)}
  >
    <defs>
      <pattern id=${`hatch-${id}`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line class="hatch" x1="0" y1="0" x2="0" y2="6" />
      </pattern>
    </defs>
    <rect class="track" x="0" y=${BAR} width="100%" height=${BAR_HEIGHT} />
    ${
      ltv === undefined
        ? nothing
        : svg`<rect class=${`level ${reached ?? 'safe'}`} x="0" y=${BAR} width=${place(ltv)} height=${BAR_HEIGHT} />`
    }
    ${
      first === undefined
        ? nothing
        : svg`<rect class="beyond" x=${place(first.at)} y=${BAR} width=${rest(first.at)} height=${BAR_HEIGHT} />`
    }
    ${
      worst === undefined
        ? nothing
        : svg`<rect x=${place(worst.at)} y=${BAR} width=${rest(worst.at)} height=${BAR_HEIGHT} fill=${`url(#hatch-${id})`} />`
    }
    <rect class="frame" x="0" y=${BAR} width="100%" height=${BAR_HEIGHT} />
    ${lines.map((line, index) => tick(line, index, shown))}
    ${today === undefined || today === ltv ? nothing : ghost(today)}
    ${ltv === undefined ? nothing : needle(ltv, shown)}
  </svg>`;
}

/** What is left of the gauge beyond a fraction. */
function rest(fraction: Decimal): string {
  return place(sub(ONE, max(ZERO, min(ONE, fraction))));
}

/** A tick with its name under it: to its left where it stands far right, each on a line of its own. */
function tick({ name, at }: GaugeLine, index: number, shown: Shown): TemplateResult<2> {
  const y = NAMES + index * NAME_HEIGHT;
  const isLeft = lt(HALF, at);
  return svg`<line class="tick" x1=${place(at)} x2=${place(at)} y1=${BAR - 3} y2=${y} />
    <text class="name" x=${place(at)} dx=${isLeft ? -5 : 5} y=${y} text-anchor=${isLeft ? 'end' : 'start'}>${`${name} ${shown.level(at)}`}</text>`;
}

/** Where the LTV is, with its figure above. */
function needle(ltv: Decimal, shown: Shown): TemplateResult<2> {
  return svg`<svg x=${place(ltv)} y="0" width="1" height=${BAR + BAR_HEIGHT} overflow="visible">
      <path class="needle" d=${`M-5 ${FIGURE + 3} h10 l-5 6 z M-1 ${BAR} h2 v${BAR_HEIGHT} h-2 z`} />
    </svg>
    <text class="figure" x=${place(ltv)} y=${FIGURE} text-anchor=${anchor(ltv)}>${shown.percent(ltv)}</text>`;
}

/** Where it is today, when it is looked at elsewhere. */
function ghost(today: Decimal): TemplateResult<2> {
  return svg`<line class="ghost" x1=${place(today)} x2=${place(today)} y1=${BAR - 4} y2=${BAR + BAR_HEIGHT + 4} />`;
}

/** The gauge as a sentence each: the LTV, then every line with the way to it. */
export function gaugeText({ title, ltv, today, lines }: GaugeModel, shown: Shown): string {
  const { say } = shown;
  const now =
    ltv === undefined
      ? words('{0}: no LTV.', title)
      : today === undefined || today === ltv
        ? words('{0}: LTV {1}.', title, shown.percent(ltv))
        : words('{0}: LTV {1}, today {2}.', title, shown.percent(ltv), shown.percent(today));
  const ways = lines.map(({ name, at }) => {
    if (ltv === undefined) return words('{0} at {1}.', name, shown.level(at));
    const room = shown.points(abs(sub(at, ltv)));
    return lt(ltv, at)
      ? words('{0} at {1}, {2} percentage points away.', name, shown.level(at), room)
      : words('{0} at {1}, passed by {2} percentage points.', name, shown.level(at), room);
  });
  return [now, ...ways].map(say).join(' ');
}

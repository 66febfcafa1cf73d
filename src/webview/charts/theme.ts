/** Colours of the moment, out of VS Code's variables: a canvas knows no CSS. */
export interface ChartTheme {
  readonly text: string;
  readonly grid: string;
  readonly background: string;
  readonly lines: readonly string[];
  /** For `canvas.font`. */
  readonly font: string;
}

const LINE_COLOURS = ['blue', 'green', 'purple', 'yellow', 'red', 'foreground'] as const;

/** Patterns of dashes tell lines apart where colours do not: lengths of stroke and space in pixels. */
export const DASHES: readonly (readonly number[])[] = [
  [],
  [8, 4],
  [2, 3],
  [12, 4, 2, 4],
  [6, 2],
  [16, 4, 6, 4],
];

export function themeOf(element: Element): ChartTheme {
  const style = getComputedStyle(element);
  const colour = (name: string, fallback: string) =>
    style.getPropertyValue(`--vscode-${name}`).trim() || fallback;
  const text = colour('foreground', style.color);
  return {
    text,
    background: colour('editor-background', 'transparent'),
    // The lines are what is looked at, in high contrast too.
    grid: faint(text),
    lines: LINE_COLOURS.map((name) => colour(`charts-${name}`, text)),
    font: `12px ${style.fontFamily}`,
  };
}

function faint(colour: string): string {
  return `color-mix(in srgb, ${colour} 18%, transparent)`;
}

/** Calls back when VS Code puts on another theme; returns the way to stop. */
export function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ['style'] });
  observer.observe(document.body, { attributeFilter: ['class'] });
  return () => observer.disconnect();
}

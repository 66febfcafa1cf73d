/** How the texts of a row of a quick pick are laid out: VS Code cuts off what does not fit, and wraps nothing. */
export interface RowText {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
}

/** Letters that fit into the first line of a row, in the widest of the usual fonts. */
const ROOM = 84;
/** The same beside the heading of a group, which stands at the right of its first row. */
const ROOM_BESIDE_HEADING = 62;
/** Letters of the line below, which are smaller. */
const ROOM_BELOW = 88;
/** Of a first line, so much is used at least before it is broken at a mark. */
const LEAST_SHARE = 0.4;
const DOT = ' · ';

/**
 * A label with what stands beside it and below: a sentence that is too long for its line goes on below, best where it has a
 * mark, and what does not fit beside a label stands below it.
 */
export function rowText(
  label: string,
  beside: string | undefined,
  below: string | undefined,
  hasHeading: boolean,
): RowText {
  const room = hasHeading ? ROOM_BESIDE_HEADING : ROOM;
  const [head, rest] = broken(label, room);
  const parts = beside === undefined || beside === '' ? [] : beside.split(DOT);
  // Behind the first part of a sentence that goes on below, it would be read as a part of it.
  const count = rest === '' ? fitting(label, parts, room) : 0;
  const lines = [rest, ...parts.slice(count), below ?? ''].filter((text) => text !== '');
  return {
    label: head,
    ...(count > 0 && { description: parts.slice(0, count).join(DOT) }),
    ...(lines.length > 0 && { detail: lines.join(DOT) }),
  };
}

/** How many of the parts have room beside a label, where they are written smaller. */
function fitting(label: string, parts: readonly string[], room: number): number {
  const left = ((room + 1 - label.length) * ROOM_BELOW) / ROOM;
  const tooLong = parts.findIndex((_, index) => parts.slice(0, index + 1).join(DOT).length > left);
  return tooLong === -1 ? parts.length : tooLong;
}

/** A sentence in two lines where it needs them. */
function broken(text: string, room: number): readonly [head: string, rest: string] {
  if (text.length <= room) return [text, ''];
  const least = room * LEAST_SHARE;
  const isGood = ([head, rest]: readonly [string, string]) =>
    head.length >= least && head.length <= room && rest.length <= ROOM_BELOW;
  for (const marks of [/(?<=[.!?;]) /g, /(?<=[,:]) | · /g]) {
    const last = [...text.matchAll(marks)]
      .map((match): readonly [string, string] => [
        text.slice(0, match.index),
        text.slice(match.index + match[0].length),
      ])
      .findLast(isGood);
    if (last !== undefined) return last;
  }
  const end = text.lastIndexOf(' ', room);
  return end <= 0 ? [text, ''] : [text.slice(0, end), text.slice(end + 1)];
}

/** Which rows stand under a new heading: a group that goes on is not named anew. */
export function startsGroup(groups: readonly (string | undefined)[]): readonly boolean[] {
  let current: string | undefined;
  return groups.map((group) => {
    const isNew = group !== undefined && group !== current;
    if (isNew) current = group;
    return isNew;
  });
}

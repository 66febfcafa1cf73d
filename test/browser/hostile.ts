type Branch = Record<string, unknown>;
type Place = readonly [Branch, string];

/** Lengths that some places keep to, from the longest that is asked of any. */
const LENGTHS = [300, 100, 10];

function isBranch(value: unknown): value is Branch {
  return typeof value === 'object' && value !== null;
}

/** Where texts stand in a value. */
function textsIn(root: Branch, found: Place[] = []): readonly Place[] {
  for (const key of Object.keys(root)) {
    const value = root[key];
    if (typeof value === 'string') found.push([root, key]);
    else if (isBranch(value)) textsIn(value, found);
  }
  return found;
}

function put(places: readonly Place[], text: string): void {
  for (const [parent, key] of places) parent[key] = text;
}

/** Places that bear one text, and how long another may be in its stead. */
interface Group {
  readonly places: readonly Place[];
  readonly length: number;
}

/** A message in which the texts can be replaced: wherever the page takes any text, and not only some. */
export class Hostile {
  readonly #message: Branch;
  readonly #groups: readonly Group[];

  /** @param take whether the page takes a message */
  constructor(message: object, take: (message: object) => boolean) {
    this.#message = structuredClone(message) as Branch;
    const byText = new Map<string, Place[]>();
    for (const place of textsIn(this.#message)) {
      const text = String(place[0][place[1]]);
      byText.set(text, [...(byText.get(text) ?? []), place]);
    }
    const room = (places: readonly Place[], before: string): number | undefined => {
      const length = LENGTHS.find((long) => {
        put(places, 'x'.repeat(long));
        return take(this.#message);
      });
      put(places, before);
      return length;
    };
    this.#groups = [...byText].flatMap(([before, places]) => {
      // What belongs together by its text stays so; one by one where not all of them take any.
      const whole = room(places, before);
      if (whole !== undefined) return [{ places, length: whole }];
      return places.flatMap((place) => {
        const length = room([place], before);
        return length === undefined ? [] : [{ places: [place], length }];
      });
    });
  }

  /** How many texts it has that can be replaced. */
  get count(): number {
    return this.#groups.length;
  }

  /** The message with other texts, in turn, beginning with the one at `from`. */
  with(texts: readonly string[], from: number): object {
    for (const [index, { places, length }] of this.#groups.entries()) {
      put(places, (texts[(from + index) % texts.length] ?? '').slice(0, length));
    }
    return structuredClone(this.#message);
  }
}

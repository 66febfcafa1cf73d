/** A JSON value in which every number that a double cannot hold exactly is its own text. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The text is no JSON, or JSON that no honest server sends (too deep, a key twice, `__proto__`). */
export class JsonFault extends Error {
  constructor(
    readonly reason: 'syntax' | 'depth' | 'duplicate key' | 'forbidden key',
    readonly position: number,
  ) {
    super(`JSON: ${reason} at ${position}`);
    this.name = 'JsonFault';
  }
}

/** Deeper than any answer of the exchange; keeps the recursion far from the end of the stack. */
const DEEPEST = 64;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WHOLE = /^-?\d{1,16}$/;

/**
 * Parses JSON text in linear time. Whole numbers up to 2^53 become numbers; all others stay text, so that ids beyond it
 * and fractions keep every digit (`JSON.parse` turns 2091991237922142464 into …142500). A leading byte order mark is
 * skipped. Throws {@link JsonFault}.
 */
export function parseJson(text: string): Json {
  const reader = new Reader(text);
  return reader.document();
}

class Reader {
  private at: number;

  constructor(private readonly text: string) {
    this.at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  }

  document(): Json {
    const value = this.value(0);
    this.space();
    if (this.at < this.text.length) this.fail();
    return value;
  }

  private fail(reason: JsonFault['reason'] = 'syntax'): never {
    throw new JsonFault(reason, this.at);
  }

  private space(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at += 1;
    }
  }

  /** The next character that is no space, without taking it. */
  private peek(): string {
    this.space();
    return this.text.charAt(this.at);
  }

  private take(expected: string): void {
    if (this.peek() !== expected) this.fail();
    this.at += 1;
  }

  private value(depth: number): Json {
    switch (this.peek()) {
      case '{':
        return this.object(depth + 1);
      case '[':
        return this.array(depth + 1);
      case '"':
        return this.string();
      case 't':
        return this.word('true', true);
      case 'f':
        return this.word('false', false);
      case 'n':
        return this.word('null', null);
      default:
        return this.number();
    }
  }

  private word<T extends Json>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.at)) this.fail();
    this.at += word.length;
    return value;
  }

  private number(): number | string {
    NUMBER.lastIndex = this.at;
    const text = NUMBER.exec(this.text)?.[0];
    if (text === undefined) this.fail();
    this.at += text.length;
    if (!WHOLE.test(text)) return text;
    const value = Number(text);
    if (!Number.isSafeInteger(value)) return text;
    return value === 0 ? 0 : value;
  }

  private string(): string {
    const start = this.at;
    this.at += 1;
    let escaped = false;
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (Number.isNaN(code) || code < 0x20) this.fail();
      if (code === 0x22) break;
      if (code === 0x5c) {
        escaped = true;
        this.at += 1;
      }
      this.at += 1;
    }
    this.at += 1;
    if (!escaped) return this.text.slice(start + 1, this.at - 1);
    try {
      return JSON.parse(this.text.slice(start, this.at)) as string;
    } catch {
      return this.fail();
    }
  }

  private array(depth: number): Json {
    if (depth > DEEPEST) this.fail('depth');
    this.at += 1;
    const list: Json[] = [];
    if (this.peek() === ']') {
      this.at += 1;
      return list;
    }
    for (;;) {
      list.push(this.value(depth));
      if (this.peek() === ']') break;
      this.take(',');
    }
    this.at += 1;
    return list;
  }

  private object(depth: number): Json {
    if (depth > DEEPEST) this.fail('depth');
    this.at += 1;
    const object: { [key: string]: Json } = {};
    if (this.peek() === '}') {
      this.at += 1;
      return object;
    }
    for (;;) {
      if (this.peek() !== '"') this.fail();
      const key = this.string();
      if (key === '__proto__') this.fail('forbidden key');
      if (Object.hasOwn(object, key)) this.fail('duplicate key');
      this.take(':');
      object[key] = this.value(depth);
      if (this.peek() === '}') break;
      this.take(',');
    }
    this.at += 1;
    return object;
  }
}

/** Names of headers and fields whose value is never written, whatever it is; matched without regard to case. */
const NAMED =
  /(["']?\b(?:x-bapi-(?:api-key|sign)|api[-_]?key|api[-_]?secret|secret|sign(?:ature)?)["']?\s*[:=]\s*["']?)[^\s"',;&]+/gi;
const PEM = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;
/** Shorter than this could be an ordinary word. */
const LEAST = 6;

/** Cuts secrets out of text before it is logged or shown: those it was told of, and whatever stands behind their names. */
export class Redactor {
  readonly #known = new Set<string>();

  /** Remembers a value that must not be written for as long as this window lives. */
  add(secret: string): void {
    if (secret.length >= LEAST) this.#known.add(secret);
  }

  redact(text: string): string {
    let clean = text.replace(PEM, '…').replace(NAMED, '$1…');
    for (const secret of this.#known) clean = clean.split(secret).join('…');
    return clean;
  }
}

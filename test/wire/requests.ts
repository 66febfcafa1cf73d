import type { PaperRequest } from '../../src/paper/exchange/wire';

const HEAD_END = Buffer.from('\r\n\r\n');

/** Cuts what a client sends into requests. Knows what the desk's client sends: HTTP/1.1 with a content length or no body. */
export class RequestReader {
  #bytes: Buffer = Buffer.alloc(0);

  /** Takes in bytes; gives the requests that are complete now. */
  take(chunk: Buffer): PaperRequest[] {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    const requests: PaperRequest[] = [];
    for (;;) {
      const request = this.#next();
      if (request === undefined) return requests;
      requests.push(request);
    }
  }

  #next(): PaperRequest | undefined {
    const end = this.#bytes.indexOf(HEAD_END);
    if (end < 0) return undefined;
    const [first = '', ...lines] = this.#bytes.subarray(0, end).toString('latin1').split('\r\n');
    const headers = Object.fromEntries(
      lines.map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
      }),
    );
    const start = end + HEAD_END.length;
    const length = Number(headers['content-length'] ?? 0);
    if (this.#bytes.length < start + length) return undefined;
    const body = this.#bytes.subarray(start, start + length).toString('utf8');
    this.#bytes = this.#bytes.subarray(start + length);
    const [method = '', target = ''] = first.split(' ');
    const [path = '', query = ''] = target.split('?');
    return { method, path, query, headers, body };
  }
}

import type { Endpoint } from '../../../src/bybit/endpoint';
import type { Answer, Exchange } from '../../../src/bybit/exchange';
import { read } from '../bybit/answers';

type Reply = Error | ((result: unknown) => unknown);

/** Answers with the documented examples, unless a reply says otherwise. */
export class Documented implements Exchange {
  readonly asked: string[] = [];
  readonly replies = new Map<string, Reply>();
  readonly requests: object[] = [];

  async call<Req extends object, Res>(endpoint: Endpoint<Req, Res>, request: Req): Promise<Answer<Res>> {
    this.asked.push(endpoint.id);
    this.requests.push(request);
    await Promise.resolve();
    const reply = this.replies.get(endpoint.id);
    if (reply instanceof Error) throw reply;
    const result = read(endpoint);
    return { result: (reply === undefined ? result : reply(result)) as Res, time: 0 };
  }

  now(): number {
    return 0;
  }

  dispose(): void {
    this.asked.length = 0;
  }
}

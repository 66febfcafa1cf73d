import type { Words } from '../../bybit/words';
import type { Asker } from './asker';
import type { PickQuestion } from './question';

/** A flow of one question. Rejects when the person escapes. */
export async function askSingle<T>(title: Words, question: PickQuestion<T>, asker: Asker): Promise<T> {
  for (;;) {
    const frame = { title: [title], step: 1, steps: 1, canGoBack: false, notice: undefined };
    const reply = await asker.pick(question, frame);
    if (reply.kind === 'answer') return reply.value;
  }
}

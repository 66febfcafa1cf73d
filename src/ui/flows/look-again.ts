import { words } from '../../bybit/words';
import type { RowSubject } from '../tree/row';
import { enterOpen } from './gate';
import type { FlowOptions } from './host';
import { tell } from './verdict';

/** Reads back now what is open, and tells how each of it stands or ended. */
export async function lookAgain(options: FlowOptions, { operationId }: RowSubject): Promise<void> {
  const host = await enterOpen(options);
  if (host === undefined) return;
  const { desk, asker, ends } = host;
  const named = desk.open.filter(({ id }) => id === operationId);
  const looked = named.length > 0 ? named : desk.open;
  for (const { id } of looked) ends.leave(id);
  await asker.during(words('Looking it up at the exchange'), () => desk.lookAgain());
  ends.follow(host);
  for (const { id, title } of looked) {
    const verdict = desk.verdictOf(id);
    if (verdict !== undefined) await tell(host, title, verdict, undefined, ends.restOf(id));
  }
}

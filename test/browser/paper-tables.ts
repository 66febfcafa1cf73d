import { plain } from '../../src/bybit/words';
import { ratesModel } from '../../src/ui/panels/rates-model';
import { TABLE_SOURCES } from '../../src/ui/panels/table-sources';
import { FIRST_VIEW, type HostMessage, TABLE_IDS, type TableId } from '../../src/webview/contract';
import { bench } from '../unit/ui/flows/bench';

type Snapshot = Omit<Extract<HostMessage, { type: 'snapshot' }>, 'session'>;

/** Every table of the panel as the host sends it, read from the paper exchange. */
export async function paperTables(): Promise<ReadonlyMap<TableId, Snapshot>> {
  const on = await bench();
  try {
    const { session, clock, desk } = on;
    const snapshots = new Map<TableId, Snapshot>();
    await on.run(desk.refresh());
    for (const of of TABLE_IDS) {
      const view = { ...FIRST_VIEW, table: of };
      const look = { session, view, past: new Map(), locale: 'en' };
      const source = TABLE_SOURCES[of];
      for (const topic of source.topics(look)) await on.run(desk.market.refresh(topic));
      const { table, status } = ratesModel(session, view, clock.now(), { say: plain, locale: 'en' });
      snapshots.set(of, { type: 'snapshot', of, table, status, ahead: null });
    }
    return snapshots;
  } finally {
    await on.close();
  }
}

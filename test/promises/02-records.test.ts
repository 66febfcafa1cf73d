import assert from 'node:assert/strict';
import type { AxiosAdapter, AxiosResponse } from 'axios';
import { plain } from '../../src/bybit/words';
import type { Operation } from '../../src/desk/operation';
import { deeds, isWrite } from '../wire/ledger';
import { report, seeded } from './scale';
import { CALM } from './shaken';
import { laid } from './table';

type Row = Record<string, unknown>;
interface Listed {
  list: Row[] | null;
  nextPageCursor?: string;
}
/** Changes what a history lists; `count` counts the answers since the write left, `url` is what was asked. */
type Harm = (result: Listed, asked: { readonly url: string; readonly count: number }) => void;

/** With every field that is a time in milliseconds replaced, as number or as text as it was. */
function timed(time: (milliseconds: number) => number): Harm {
  return ({ list }) => {
    for (const row of list ?? []) {
      for (const [name, value] of Object.entries(row)) {
        if (!/time/i.test(name) || !/^\d{13}$/.test(String(value))) continue;
        const changed = time(Number(value));
        row[name] = typeof value === 'number' ? changed : String(changed);
      }
    }
  };
}

const UNREADABLE = 'no list at all';
const BLANK = 'after-a-blank-page';
const AGAIN = 'the-same-page-again';

/** What a history may look like that is not as documented (promises.md §2, bodies). */
const HARMS: Readonly<Record<string, Harm>> = {
  'as it is': () => undefined,
  'an empty page with a cursor before all others': (result, { url }) => {
    if (url.includes('cursor=')) return;
    result.list = [];
    result.nextPageCursor = BLANK;
  },
  'an empty page with a cursor behind all others': (result, { url }) => {
    if (url.includes(BLANK)) result.list = [];
    else result.nextPageCursor = BLANK;
  },
  'times of 0': timed(() => 0),
  'times in seconds': timed((time) => Math.floor(time / 1000)),
  'times of the year 3000': timed(() => Date.UTC(3000, 0)),
  'every row twice': (result) => {
    result.list = (result.list ?? []).flatMap((row) => [row, { ...row }]);
  },
  'a cursor that never ends': (result) => {
    result.nextPageCursor = AGAIN;
  },
  'the oldest first': ({ list }) => {
    list?.reverse();
  },
  'amounts with zeros behind': ({ list }) => {
    for (const row of list ?? []) {
      for (const [name, value] of Object.entries(row)) {
        if (!/amount|qty|quantity/i.test(name) || !/^\d+(\.\d+)?$/.test(String(value))) continue;
        row[name] = String(value).includes('.') ? `${value}00` : `${value}.000`;
      }
    }
  },
  'pages that lose their first row now and then': (result, { count }) => {
    if (count % 2 === 0) result.list = (result.list ?? []).slice(1);
  },
  [UNREADABLE]: (result) => {
    result.list = null;
  },
};

/** An adapter whose histories are harmed once a write has left. */
function harmed(through: AxiosAdapter, harm: Harm): AxiosAdapter {
  let hasLeft = false;
  let count = 0;
  /** The last answer to each path as it came: what a cursor that is not its own leads to. */
  const whole = new Map<string, AxiosResponse>();
  return async (config) => {
    const url = String(config.url);
    const [path = ''] = url.split('?');
    if (isWrite(path)) hasLeft = true;
    const known = url.includes(BLANK) || url.includes(AGAIN) ? whole.get(path) : undefined;
    const answer = known ?? (await through(config));
    if (!hasLeft || isWrite(path) || !/history|order|renew|repay|contract/i.test(url)) return answer;
    whole.set(path, answer);
    const body = JSON.parse(String(answer.data)) as { result?: Listed };
    if (!Array.isArray(body.result?.list)) return answer;
    count += 1;
    harm(body.result, { url, count });
    return { ...answer, data: JSON.stringify(body) };
  };
}

describe('promise 2, whatever the histories look like', function () {
  this.timeout(1_200_000);

  interface Case {
    readonly operation: Operation;
    readonly harm: string;
    readonly when: 'before' | 'after';
    readonly lagMs: number;
  }

  /** Sends with the answer lost, waits, and gives how it ended; `open` where it waits for a person. */
  async function ended({ operation, harm, when, lagMs }: Case): Promise<string> {
    const table = await laid({ random: seeded(3), habits: { historyLagMs: lagMs } });
    try {
      const change = HARMS[harm];
      assert.ok(change);
      Object.assign(table.passage, { adapter: harmed(table.passage.adapter, change) });
      const desk = await table.open(['key']);
      table.passage.world = { ...CALM, shake: { kind: 'lost', when, code: 'ECONNRESET' } };
      const told = await table.clock.run(desk.execute(operation));
      for (let waited = 0; desk.open.length > 0 && waited < 400; waited += 1) await table.clock.pass(1_000);
      const [verdict, ...more] = table.verdicts();
      const [open] = desk.open;
      const commits = table.ledger.commits();
      const end = verdict?.state ?? 'open';
      const about = `${operation.kind} ${JSON.stringify(operation.params)}, ${harm}, lost ${when}, lag ${lagMs}: told ${told.state} ${plain(told.words)}, ended ${end} ${open?.state ?? ''}, ${commits} commits`;
      assert.equal(commits, when === 'after' ? 1 : 0, about);
      assert.equal(more.length, 0, about);
      const fits = commits === 1 ? ['done', 'open'] : ['refused', 'absent', 'open'];
      assert.ok(fits.includes(end), about);
      // What stays open is put before the person, and looked up further where nothing can be read.
      const waits = harm === UNREADABLE ? ['unknown', 'needsLook'] : ['needsLook'];
      if (end === 'open') assert.ok(waits.includes(open?.state ?? ''), about);
      return end;
    } finally {
      await table.close();
    }
  }

  it('nothing that took effect is called undone, and nothing that did not is called done', async () => {
    const counts = new Map<string, number>();
    let cases = 0;
    for (const operation of await deeds()) {
      for (const harm of Object.keys(HARMS)) {
        for (const when of ['before', 'after'] as const) {
          const end = await ended({ operation, harm, when, lagMs: 0 });
          const key = `${end} after ${when === 'after' ? 'a commit' : 'none'}`;
          counts.set(key, (counts.get(key) ?? 0) + 1);
          cases += 1;
        }
      }
    }
    const ends = [...counts].map(([key, count]) => `${count} ${key}`);
    report(2, `${cases} records in disorder`, ...ends);
    assert.ok((counts.get('done after a commit') ?? 0) > cases / 4);
  });

  it('however late they are', async () => {
    let cases = 0;
    let open = 0;
    for (const operation of await deeds()) {
      for (const lagMs of [5_000, 15_000, 30_000, 60_000]) {
        const end = await ended({ operation, harm: 'as it is', when: 'after', lagMs });
        cases += 1;
        if (end === 'open') open += 1;
      }
    }
    report(2, `${cases} late records`, `${open} left to the person`);
    assert.equal(open, 0);
  });
});

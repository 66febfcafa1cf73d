import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import type { Exchange } from '../../src/bybit/exchange';
import type { Desk, Operation, Verdict } from '../../src/desk/operation';
import { deeds } from '../wire/ledger';
import { pick, report, scaled, seeded } from './scale';
import { type Stoppable, stoppable } from './stoppable';
import { laid, sharedReadsIn, type Table, windowOn } from './table';

const WINDOWS = 4;
const POLL_MS = 15_000;
/** What another window has read does within half the interval; the next poll comes the sooner. */
const OLDEST_MS = POLL_MS * 1.5;
/** How soon the others go on when one was killed while it read for them. */
const TAKEOVER_MS = 15_000;
/** A reading over a passage of 40 ms a way, with what it waits for in turn. */
const READING_MS = 5_000;

type Move = Operation & { readonly kind: 'common.adjustCollateral' };

interface Window extends Stoppable {
  readonly desk: Desk;
  readonly exchange: Exchange;
  hide: () => void;
  /** Requests of it that have left and have no answer yet. */
  readonly asking: () => number;
}

/** Windows that show one account and poll it. */
class Room {
  readonly windows: Window[] = [];
  killed = 0;
  hidden = 0;
  done = 0;
  readonly #gone: Window[] = [];
  readonly #pledged = new Map<string, string | undefined>();

  private constructor(
    readonly table: Table,
    private readonly random: () => number,
    private readonly moves: readonly Move[],
  ) {}

  static async open(seed: number, count: number): Promise<Room> {
    const random = seeded(seed);
    const room = new Room(await laid({ random, shared: true }), random, await moves());
    for (let n = 0; n < count; n += 1) {
      await room.enter();
      // Nobody opens all windows in the same second.
      await room.table.clock.pass(Math.floor(random() * 20_000));
    }
    return room;
  }

  /** A further window; it shows the account from now on. */
  async enter(): Promise<void> {
    const { clock, passage } = this.table;
    const own = stoppable(clock);
    let asking = 0;
    const { exchange, desk } = await windowOn(this.table, {
      clock: own.clock,
      random: this.random,
      adapter: own.door(async (config) => {
        asking += 1;
        try {
          return await passage.adapter(config);
        } finally {
          asking -= 1;
        }
      }),
    });
    const hide = desk.watch();
    await clock.pass(READING_MS);
    this.windows.push({ ...own, desk, exchange, hide, asking: () => asking });
  }

  /** Something happens to one window, or is done in it. */
  async happen(random: () => number): Promise<void> {
    const window = pick(random, this.windows);
    const fate = random();
    if (fate < 0.08) await this.#kill(window, Math.floor(random() * POLL_MS));
    else if (fate < 0.15) await this.#killReader();
    else if (fate < 0.3) await this.#hide(window, Math.floor(random() * 4 * POLL_MS));
    else if (fate < 0.5) await this.#move(window);
  }

  /** Whichever reads for all next, in the middle of that. */
  async #killReader(): Promise<void> {
    const reader = () => this.windows.find((window) => window.asking() > 0);
    while (reader() === undefined) await this.table.clock.pass(10);
    const window = reader();
    assert.ok(window);
    await this.#kill(window, 0);
  }

  async #kill(window: Window, after: number): Promise<void> {
    await this.table.clock.pass(after);
    window.halt();
    this.windows.splice(this.windows.indexOf(window), 1);
    this.#gone.push(window);
    this.killed += 1;
  }

  async #hide(window: Window, ms: number): Promise<void> {
    window.hide();
    await this.table.clock.pass(ms);
    window.hide = window.desk.watch();
    await this.table.clock.pass(READING_MS);
    this.hidden += 1;
  }

  /** Collateral is moved in one window, and all show it. */
  async #move(window: Window): Promise<void> {
    const operation = this.moves[this.done % this.moves.length];
    assert.ok(operation);
    const verdict: Verdict = await this.table.clock.run(window.desk.execute(operation));
    assert.equal(verdict.state, 'done', verdict.words.text);
    this.done += 1;
    const coin = operation.params.coin;
    const now = pledged(window.desk, coin);
    assert.notEqual(now, this.#pledged.get(coin), 'the window shows what it has done');
    this.#pledged.set(coin, now);
    await this.table.clock.pass(OLDEST_MS + READING_MS);
    for (const { desk } of this.windows) assert.equal(pledged(desk, coin), now);
  }

  asked(): number {
    return [...this.table.passage.asked.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Lets so much time pass; gives how old the oldest position on a screen was at any second of it, ms. */
  async oldestWithin(ms: number): Promise<number> {
    const { clock } = this.table;
    let oldest = 0;
    for (let passed = 0; passed < ms; passed += 1_000) {
      await clock.pass(1_000);
      const times = this.windows.map(({ desk }) => desk.snapshot.parts.position.readAt ?? 0);
      oldest = Math.max(oldest, clock.now() - Math.min(...times));
    }
    return oldest;
  }

  async close(): Promise<void> {
    for (const window of [...this.windows, ...this.#gone]) {
      window.desk.dispose();
      window.exchange.dispose();
      window.release();
    }
    await this.table.close();
  }
}

/** How much of a coin is pledged, as a window shows it. */
function pledged(desk: Desk, coin: string): string | undefined {
  const { value } = desk.snapshot.parts.position;
  return value?.collateralList.find(({ currency }) => currency === coin)?.amount;
}

/** To pledge some collateral, and to take as much back. */
async function moves(): Promise<readonly Move[]> {
  return (await deeds()).filter((deed) => deed.kind === 'common.adjustCollateral');
}

describe('windows on one account read it for each other', function () {
  this.timeout(3_600_000);

  it('four ask little more than one does, and none shows what is much older', async () => {
    // A tenth would tell more of how they fall into step than of how they go on.
    const polls = Math.max(300, scaled(1_000));
    const counts: number[] = [];
    let oldest = 0;
    for (const count of [1, WINDOWS]) {
      const room = await Room.open(117, count);
      try {
        const before = room.asked();
        for (let n = 0; n < polls; n += 1) {
          oldest = Math.max(oldest, await room.oldestWithin(POLL_MS));
        }
        counts.push(room.asked() - before);
        const kept = readdirSync(sharedReadsIn(room.table.folder));
        assert.equal(kept.includes('position.json'), count > 1);
        assert.ok(!kept.includes('key.json'), 'what the exchange says of the key is nobody else’s');
      } finally {
        await room.close();
      }
    }
    const [one = 0, four = 0] = counts;
    report(
      11,
      `${polls} polls`,
      `${one} requests of one window, ${four} of ${WINDOWS} (× ${(four / one).toFixed(3)})`,
      `the oldest position on a screen ${(oldest / 1000).toFixed(1)} s old`,
    );
    assert.ok(four <= one * 1.2, `${four} requests of ${WINDOWS} windows, ${one} of one`);
    assert.ok(oldest <= OLDEST_MS + READING_MS, `${oldest} ms old`);
  });

  it('windows that are killed, hidden and opened leave no other in the dark, and what is done is seen by all', async () => {
    const room = await Room.open(119, WINDOWS);
    const rounds = scaled(1_000);
    let oldest = 0;
    try {
      for (let n = 0; n < rounds; n += 1) {
        await room.happen(seeded(118_000 + n));
        oldest = Math.max(oldest, await room.oldestWithin(2 * POLL_MS + TAKEOVER_MS));
        while (room.windows.length < WINDOWS) await room.enter();
      }
      const { killed, hidden, done } = room;
      report(
        11,
        `${rounds} rounds of ${WINDOWS} windows that read for each other`,
        `${killed} killed, ${hidden} hidden for a while, ${done} operations seen by all`,
        `the oldest position on a screen ${(oldest / 1000).toFixed(1)} s old`,
      );
      assert.ok(killed > 0 && hidden > 0 && done > 0);
      assert.ok(oldest <= POLL_MS + TAKEOVER_MS, `${oldest} ms old`);
    } finally {
      await room.close();
    }
  });
});

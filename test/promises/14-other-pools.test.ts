import assert from 'node:assert/strict';
import { FakeClock } from '../unit/desk/fake-clock';
import { expectedOf, nextPoolPrice, type PathPool, poolLtv, randomPools } from './pool-path';
import { PooledExchange } from './pooled-exchange';
import { pick, report, scaled, seeded } from './scale';
import { LADDERS, POLL_MS, SLACK_MS, WatchedDesk } from './watched';

const STALE_POLLS = 3;
/** Prices of one path. */
const POINTS = 8;
const NOT_READ = /\| not read · /;
const SHOWN_AS_OLD = /as of \d\d:\d\d:\d\d UTC/;

/** One account on a path, with what could be seen of its pools so far. */
class Path {
  readonly random: () => number;
  readonly pools: readonly PathPool[];
  readonly exchange: PooledExchange;
  readonly watched: WatchedDesk;
  readonly faults: string[] = [];
  told = 0;
  slowest = 0;
  readonly #seen = new Map<string, bigint[]>();

  constructor(private readonly seed: number) {
    this.random = seeded(seed);
    this.pools = randomPools(this.random);
    const clock = new FakeClock();
    this.exchange = new PooledExchange(clock, this.pools);
    this.watched = new WatchedDesk(clock, this.exchange, LADDERS[0] ?? []);
  }

  move(): void {
    this.exchange.prices = nextPoolPrice(this.random, pick(this.random, this.pools), this.exchange.prices);
  }

  /** Compares what was told since `from` with what had to be, of the pools that can be seen now and of blindness. */
  compare(from: number, isSeen: (pool: PathPool) => boolean, blindness: readonly string[] = []): void {
    const expected = this.pools.filter(isSeen).flatMap((pool) => {
      const seen = this.#seen.get(pool.system + pool.key) ?? [];
      seen.push(poolLtv(pool, this.exchange.prices));
      this.#seen.set(pool.system + pool.key, seen);
      return expectedOf(pool, seen);
    });
    const told = this.watched.news.splice(0);
    this.told += told.length;
    for (const { at } of told) this.slowest = Math.max(this.slowest, at - from);
    const [is, should] = [told.map(({ what }) => what).sort(), [...expected, ...blindness].sort()];
    if (is.join() !== should.join())
      this.faults.push(`seed ${this.seed}: told ${is.join()}, expected ${should.join()}`);
  }
}

interface Sum {
  told: number;
  slowest: number;
  readonly faults: string[];
}

/** Goes along so many paths, each by a seed. */
async function along(paths: number, seed: number, walk: (path: Path) => Promise<void>): Promise<Sum> {
  const sum: Sum = { told: 0, slowest: 0, faults: [] };
  for (let n = 0; n < paths; n += 1) {
    const path = new Path(seed + n);
    try {
      await path.watched.open();
      await walk(path);
    } finally {
      await path.watched.close();
    }
    sum.told += path.told;
    sum.slowest = Math.max(sum.slowest, path.slowest);
    sum.faults.push(...path.faults);
  }
  return sum;
}

describe('alerts of legacy loans and of the risk unit are true', function () {
  this.timeout(7_200_000);

  it('on generated price paths every line is told, once, in time, and nothing else', async () => {
    const paths = scaled(600);
    let [hidden, restarts] = [0, 0];
    const { told, slowest, faults } = await along(paths, 16_000, async (path) => {
      const { watched, exchange, random } = path;
      for (let point = 0; point < POINTS; point += 1) {
        const from = watched.clock.monotonic();
        if (point > 0) path.move();
        // A repayment of the unit hides its figures for a while.
        exchange.isHidden = point > 0 && random() < 0.2;
        hidden += Number(exchange.isHidden);
        await watched.clock.pass(POLL_MS + SLACK_MS + (random() * POLL_MS) / 2);
        path.compare(from, ({ system }) => !(exchange.isHidden && system === 'institutional'));
        if (random() >= 0.2) continue;
        // Another window takes over, and reads part after part anew.
        restarts += 1;
        await watched.reopen();
        await watched.clock.pass(SLACK_MS);
        path.compare(watched.clock.monotonic(), () => false);
      }
    });
    report(
      14,
      `${paths} price paths of legacy loans and risk units`,
      `${paths * POINTS} prices`,
      `${hidden} with hidden figures`,
      `${restarts} restarts`,
      `${told} alerts`,
      `${faults.length} missed or false`,
      `the slowest ${(slowest / 1000).toFixed(1)} s after the price, with a poll every ${POLL_MS / 1000} s`,
    );
    assert.deepEqual(faults, []);
    assert.ok(told > paths / 2);
    assert.ok(slowest <= POLL_MS + SLACK_MS);
  });

  it('what cannot be read is shown as old, raises no alert of its system, and is itself told after three polls', async () => {
    const runs = scaled(300);
    let dark = 0;
    const { told, faults } = await along(runs, 17_000, async (path) => {
      const { watched, exchange, random } = path;
      const { clock } = watched;
      await clock.pass(POLL_MS / 2);
      path.compare(0, () => true);
      assert.doesNotMatch(watched.screen(), NOT_READ);
      const broken = pick(random, [['legacy'], ['institutional'], ['legacy', 'institutional']] as const);
      const isSeen = ({ system }: PathPool) => !broken.some((part) => part === system);
      exchange.broken = broken;
      const polls = 1 + Math.floor(random() * 6);
      dark += polls;
      const before = watched.polls;
      for (let poll = 1; poll <= polls; poll += 1) {
        path.move();
        let from = clock.monotonic();
        while (watched.polls < before + poll) {
          from = clock.monotonic();
          await clock.pass(1_000);
        }
        await clock.pass(SLACK_MS);
        path.compare(from, isSeen, poll === STALE_POLLS ? broken.map((part) => `began stale:${part}`) : []);
        assert.match(watched.screen(), NOT_READ);
        assert.match(watched.screen(), SHOWN_AS_OLD);
      }
      // It comes back: what was crossed in the dark is told with the first poll that sees.
      exchange.broken = [];
      const back = clock.monotonic();
      await clock.pass(POLL_MS + SLACK_MS);
      path.compare(back, () => true, polls >= STALE_POLLS ? broken.map((part) => `ended stale:${part}`) : []);
      assert.doesNotMatch(watched.screen(), NOT_READ);
    });
    report(
      14,
      `${runs} outages of legacy loans or risk units, of 1 to 6 polls`,
      `${dark} polls in the dark`,
      `${told} told`,
      `${faults.length} missed or false`,
      'each shown as old on the screen',
    );
    assert.deepEqual(faults, []);
    assert.ok(told > 0);
  });

  it('lines that cannot be read from the start are told, and those known before serve on', async () => {
    const runs = scaled(40);
    const { faults } = await along(runs, 18_000, async (path) => {
      const { watched, exchange } = path;
      const { clock } = watched;
      await clock.pass(POLL_MS / 2);
      path.compare(0, () => true);
      exchange.broken = ['legacyRules', 'insOrders'];
      for (let poll = 0; poll < 4; poll += 1) {
        path.move();
        await clock.pass(POLL_MS);
        path.compare(0, () => true);
      }
      await watched.reopen();
      const before = watched.polls;
      while (watched.polls < before + STALE_POLLS) await clock.pass(1_000);
      await clock.pass(SLACK_MS);
      path.compare(0, () => false, ['began stale:institutional', 'began stale:legacy']);
    });
    report(14, `${runs} accounts without lines`, `${faults.length} missed or false`);
    assert.deepEqual(faults, []);
  });
});

import assert from 'node:assert/strict';
import { expectedNews, ltvOf, nextPrice, randomHolding } from './price-path';
import { pick, report, scaled, seeded } from './scale';
import { LADDERS, POLL_MS, SLACK_MS, Watched } from './watched';

const STALE_POLLS = 3;
/** Prices of one path. */
const POINTS = 8;
/** The row of a part that could not be read. */
const NOT_READ = /\| not read · /;
const SHOWN_AS_OLD = /as of \d\d:\d\d:\d\d UTC/;

interface Tally {
  points: number;
  told: number;
  missed: number;
  invented: number;
  slowest: number;
}

/** Compares what was told since `from` with what had to be; both sides as sorted texts. */
function compare(
  tally: Tally,
  watched: Watched,
  from: number,
  expected: readonly string[],
): string | undefined {
  const told = watched.news.splice(0);
  const whats = told.map(({ what }) => what);
  const missed = expected.filter((what) => !whats.includes(what));
  const invented = whats.filter((what, index) => !expected.includes(what) || whats.indexOf(what) !== index);
  tally.points += 1;
  tally.told += told.length;
  tally.missed += missed.length;
  tally.invented += invented.length;
  for (const { at } of told) tally.slowest = Math.max(tally.slowest, at - from);
  return missed.length + invented.length === 0
    ? undefined
    : `missed ${missed.join()} invented ${invented.join()}`;
}

describe('alerts of the LTV are true', function () {
  this.timeout(7_200_000);

  it('on generated price paths every crossing is told, once, in time, and nothing else', async () => {
    const paths = scaled(1_000);
    const tally: Tally = { points: 0, told: 0, missed: 0, invented: 0, slowest: 0 };
    const faults: string[] = [];
    for (let seed = 0; seed < paths; seed += 1) {
      const random = seeded(14_000 + seed);
      const watched = new Watched(randomHolding(random), pick(random, LADDERS));
      const { clock, exchange, holding, levels } = watched;
      try {
        const seen: bigint[] = [];
        await watched.open();
        for (let point = 0; point < POINTS; point += 1) {
          const from = clock.monotonic();
          if (point > 0) exchange.price = nextPrice(random, holding, exchange.price, levels);
          await clock.pass(POLL_MS + SLACK_MS + (random() * POLL_MS) / 2);
          seen.push(ltvOf(holding, exchange.price));
          const fault = compare(tally, watched, from, expectedNews(seen, levels));
          if (fault !== undefined) faults.push(`seed ${seed}: ${seen.join()}: ${fault}`);
        }
      } finally {
        await watched.close();
      }
    }
    report(
      14,
      `${paths} price paths`,
      `${tally.points} prices`,
      `${tally.told} alerts`,
      `${tally.missed} missed`,
      `${tally.invented} false`,
      `the slowest ${(tally.slowest / 1000).toFixed(1)} s after the price, with a poll every ${POLL_MS / 1000} s`,
    );
    assert.deepEqual(faults, []);
    assert.ok(tally.told > paths / 2);
    assert.ok(tally.slowest <= POLL_MS + SLACK_MS);
  });

  it('what cannot be read is shown as old, raises no LTV alert, and is itself told after three polls', async () => {
    const runs = scaled(300);
    const tally: Tally = { points: 0, told: 0, missed: 0, invented: 0, slowest: 0 };
    const faults: string[] = [];
    let dark = 0;
    for (let seed = 0; seed < runs; seed += 1) {
      const random = seeded(15_000 + seed);
      const watched = new Watched(randomHolding(random), pick(random, LADDERS));
      const { clock, exchange, holding, levels } = watched;
      const wrong = (text: string | undefined) => text !== undefined && faults.push(`seed ${seed}: ${text}`);
      try {
        await watched.open();
        await clock.pass(POLL_MS / 2);
        const seen = [ltvOf(holding, exchange.price)];
        wrong(compare(tally, watched, 0, expectedNews(seen, levels)));
        assert.doesNotMatch(watched.screen(), NOT_READ);
        const polls = 1 + Math.floor(random() * 6);
        dark += polls;
        await inTheDark(watched, random, polls, (expected, from) =>
          wrong(compare(tally, watched, from, expected)),
        );
        // It comes back: what was crossed in the dark is told with the first poll that sees.
        seen.push(ltvOf(holding, exchange.price));
        const back = clock.monotonic();
        await clock.pass(POLL_MS + SLACK_MS);
        const ended = polls >= STALE_POLLS ? ['ended stale:position'] : [];
        wrong(compare(tally, watched, back, [...expectedNews(seen, levels), ...ended]));
        assert.doesNotMatch(watched.screen(), NOT_READ);
      } finally {
        await watched.close();
      }
    }
    report(
      14,
      `${runs} outages of 1 to 6 polls`,
      `${dark} polls in the dark`,
      `${tally.missed} missed`,
      `${tally.invented} false`,
      'each shown as old on the screen',
    );
    assert.deepEqual(faults, []);
    assert.ok(tally.told > 0);
  });
});

/** The position or the prices cannot be read for so many polls, while prices go on; `told` checks each poll's news. */
async function inTheDark(
  watched: Watched,
  random: () => number,
  polls: number,
  told: (expected: readonly string[], from: number) => void,
): Promise<void> {
  const { clock, exchange, holding, levels } = watched;
  exchange.broken = pick(random, [['position'], ['prices'], ['position', 'prices']] as const);
  const before = watched.polls;
  for (let poll = 1; poll <= polls; poll += 1) {
    exchange.price = nextPrice(random, holding, exchange.price, levels);
    let from = clock.monotonic();
    while (watched.polls < before + poll) {
      from = clock.monotonic();
      await clock.pass(1_000);
    }
    await clock.pass(SLACK_MS);
    told(poll === STALE_POLLS ? ['began stale:position'] : [], from);
    assert.match(watched.screen(), NOT_READ);
    assert.match(watched.screen(), SHOWN_AS_OLD);
  }
  exchange.broken = [];
}

import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { type Decimal, decimal } from '../../../../src/bybit/decimal';
import { MOST_BYTES } from '../../../../src/desk/history/bound';
import { coverageOf, coverageText, GAP_MS, readingLine } from '../../../../src/desk/history/coverage';
import { headingOf, lineOf } from '../../../../src/desk/history/lines';
import { standingOf } from '../../../../src/desk/history/percentile';
import { Recorder } from '../../../../src/desk/history/recorder';
import { type Rates, rateAt, SERIES } from '../../../../src/desk/history/series';
import { fileOf, HistoryStore } from '../../../../src/desk/history/store';
import { FakeClock } from '../fake-clock';

const d = decimal;
const T0 = 1_790_000_000_000;
const HOUR = 3_600_000;

const flexible = (rate: string | undefined): Rates =>
  new Map([['flexible', rate === undefined ? undefined : d(rate)]]);
const one = (coin: string, rate: string | undefined) => new Map([[coin, flexible(rate)]]);

describe('the store of recorded rates', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'loan-desk-history-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('writes changes and nothing else', async () => {
    const store = new HistoryStore(folder);
    assert.equal(await store.record(T0, one('BTC', '0.05')), 1);
    assert.equal(await store.record(T0 + HOUR, one('BTC', '0.05')), 0);
    assert.equal(await store.record(T0 + 2 * HOUR, one('BTC', '0.06')), 1);
    assert.equal(await store.record(T0 + 3 * HOUR, one('BTC', undefined)), 1);
    const never = new Map([...one('BTC', undefined), ...one('NEW', undefined)]);
    assert.equal(await store.record(T0 + 3 * HOUR, never), 0, 'never offered is no change');
    assert.deepEqual((await store.read('BTC')).get('flexible'), [
      { time: T0, rate: '0.05' },
      { time: T0 + 2 * HOUR, rate: '0.06' },
      { time: T0 + 3 * HOUR, rate: undefined },
    ]);
    assert.deepEqual(await store.coverage(), [{ from: T0, to: T0 + 3 * HOUR }]);
    assert.deepEqual(await store.coins(), ['BTC']);
    assert.deepEqual([...(await store.read('NEVER'))], []);
  });

  it('ends the line of a coin that is on the list no more, once, and begins it again with the coin', async () => {
    const both = (btc: string, eth: string) => new Map([...one('BTC', btc), ...one('ETH', eth)]);
    await new HistoryStore(folder).record(T0, both('0.05', '0.03'));
    // Gone while nobody recorded: the next window ends it.
    const store = new HistoryStore(folder);
    assert.equal(await store.record(T0 + HOUR, one('BTC', '0.05')), 1);
    assert.equal(await store.record(T0 + 2 * HOUR, one('BTC', '0.05')), 0);
    await store.record(T0 + 3 * HOUR, both('0.05', '0.03'));
    // And while this one does, though the coin came to it only now.
    await store.record(T0 + 4 * HOUR, new Map([...both('0.05', '0.03'), ...one('NEW', '0.01')]));
    assert.equal(await store.record(T0 + 5 * HOUR, new Map()), 3);
    assert.deepEqual((await store.read('ETH')).get('flexible'), [
      { time: T0, rate: '0.03' },
      { time: T0 + HOUR, rate: undefined },
      { time: T0 + 3 * HOUR, rate: '0.03' },
      { time: T0 + 5 * HOUR, rate: undefined },
    ]);
    assert.deepEqual((await store.read('NEW')).get('flexible'), [
      { time: T0 + 4 * HOUR, rate: '0.01' },
      { time: T0 + 5 * HOUR, rate: undefined },
    ]);
    assert.equal((await store.read('BTC')).get('flexible')?.length, 2);
  });

  it('goes on after a restart where it stood', async () => {
    await new HistoryStore(folder).record(T0, one('BTC', '0.05'));
    assert.equal(await new HistoryStore(folder).record(T0 + HOUR, one('BTC', '0.05')), 0);
  });

  it('never reads what is left of a torn number as another one', async () => {
    const path = join(folder, 'BTC.rates');
    const whole = 'loan-desk-rates 1 "BTC"\n1790000000 flexible=0.0512 7=0.04\n';
    // Torn at every byte of the last line, then written on.
    for (let length = whole.length - 1; whole[length - 1] !== '\n'; length -= 1) {
      writeFileSync(path, whole.slice(0, length));
      const fresh = new HistoryStore(folder);
      await fresh.record(1_790_003_600_000, new Map([['BTC', new Map([['7' as const, decimal('0.05')]])]]));
      const read = await fresh.read('BTC');
      const rates = [...read.values()].flat().map(({ rate }) => rate);
      assert.ok(
        rates.every((rate) => ['0.0512', '0.04', '0.05'].includes(rate ?? '')),
        `${length}: ${rates}`,
      );
      assert.ok(rates.includes(decimal('0.05')), String(length));
    }
  });

  it('keeps beside the file, and says so, what tidying cannot read', async () => {
    const path = join(folder, 'BTC.rates');
    const said: string[] = [];
    const own = new HistoryStore(folder, (file) => said.push(file));
    const good = Array.from({ length: 60 }, (_, n) => `${1_790_000_000 + n * 600} flexible=0.0${100 + n}`);
    const text = `loan-desk-rates 1 "BTC"\n${good.map((line, n) => (n % 2 ? line : line.replace('=', '#'))).join('\n')}\n`;
    writeFileSync(path, text);
    await own.tidy(1_790_000_000_000 + 400 * 86_400_000);
    assert.deepEqual(said, [`${path}.damaged`]);
    assert.equal(readFileSync(`${path}.damaged`, 'utf8'), text);
    const tidied = readFileSync(path, 'utf8');
    assert.ok(!tidied.includes('#') && tidied.length < text.length);
    // Once: what is there now is read whole.
    await own.tidy(1_790_000_000_000 + 900 * 86_400_000);
    assert.equal(said.length, 1);
  });

  it('writes behind a torn end without losing a line', async () => {
    await new HistoryStore(folder).record(T0, one('BTC', '0.05'));
    appendFileSync(join(folder, 'BTC.rates'), '1790003');
    appendFileSync(join(folder, 'readings'), '17900');
    const store = new HistoryStore(folder);
    await store.record(T0 + HOUR, one('BTC', '0.07'));
    assert.deepEqual(
      (await store.read('BTC')).get('flexible')?.map(({ rate }) => rate),
      ['0.05', '0.07'],
    );
    assert.deepEqual(await store.coverage(), [{ from: T0, to: T0 + HOUR }]);
  });

  it('keeps every name in the folder and apart from every other', async () => {
    const names = [
      '../../etc',
      'con',
      'CON',
      '__proto__',
      '<img onerror=1>',
      '💥',
      'a'.repeat(300),
      `${'a'.repeat(299)}b`,
    ];
    const store = new HistoryStore(folder);
    await store.record(T0, new Map(names.map((name, index) => [name, flexible(`0.0${index + 1}`)])));
    for (const [index, name] of names.entries()) {
      assert.equal((await store.read(name)).get('flexible')?.[0]?.rate, `0.0${index + 1}`);
    }
    assert.deepEqual(await store.coins(), [...names].sort());
    assert.equal(readdirSync(folder).length, names.length + 1);
    assert.notEqual(fileOf('CON'), 'CON.rates', 'a device on Windows');
  });

  it('tidies to a bound, whole files only, and keeps what is newest', async () => {
    const store = new HistoryStore(folder);
    for (let day = 0; day < 400; day += 1) {
      await store.record(T0 + day * 24 * HOUR, one('BTC', `0.0${1 + (day % 9)}`));
    }
    const now = T0 + 400 * 24 * HOUR;
    const before = readFileSync(join(folder, 'BTC.rates')).length;
    await store.tidy(now, 4_000);
    const after = readFileSync(join(folder, 'BTC.rates')).length;
    assert.ok(after < 4_000 && after < before, `${before} -> ${after}`);
    assert.equal(rateAt((await store.read('BTC')).get('flexible') ?? [], now), d(`0.0${1 + (399 % 9)}`));
    assert.deepEqual(readdirSync(folder).sort(), ['BTC.rates', 'readings']);
  });

  it('leaves a file of another version alone', async () => {
    const path = join(folder, fileOf('BTC'));
    writeFileSync(path, 'loan-desk-rates 9 "BTC"\nsomething else\n');
    const store = new HistoryStore(folder);
    await store.tidy(T0, 1);
    assert.equal(readFileSync(path, 'utf8'), 'loan-desk-rates 9 "BTC"\nsomething else\n');
    assert.deepEqual([...(await store.read('BTC'))], []);
  });

  it('takes no torn heading for one of another version', async () => {
    const path = join(folder, fileOf('BTC'));
    // The middle of a file is gone, from its version on into the first line.
    for (const heading of ['loan-desk-rates 1772403600 flexible=0.06', 'loan-desk-rates 6 7=0.04']) {
      writeFileSync(path, `${heading}\n1772407200 7=\n`);
      const store = new HistoryStore(folder);
      await store.record(T0, one('BTC', '0.05'));
      assert.equal(rateAt((await store.read('BTC')).get('flexible') ?? [], T0), d('0.05'), heading);
      await store.tidy(T0);
      const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
      assert.ok(
        texts.some((text) => text.includes(heading)),
        'what was there is kept',
      );
    }
  });

  it('thins sooner before it leaves years out', async () => {
    const store = new HistoryStore(folder);
    for (let hour = 0; hour < 40 * 24; hour += 1) {
      await store.record(T0 + hour * HOUR, one('BTC', `0.0${1 + (hour % 9)}`));
    }
    const now = T0 + 40 * 24 * HOUR;
    await store.tidy(now, 8_000);
    assert.ok(readFileSync(join(folder, 'BTC.rates')).length < 8_000);
    const series = (await store.read('BTC')).get('flexible') ?? [];
    assert.ok((series[0]?.time ?? now) < T0 + 24 * HOUR, 'the first day is still there');
  });

  it('keeps a year of changes every ten minutes in all series within its share of 200 MB', async function () {
    this.timeout(60_000);
    const coins = 300;
    const step = HOUR / 6;
    const count = 365 * 24 * 6;
    const lines = Array.from({ length: count }, (_, index) => {
      const digits = String((index * 7919) % 1_000_000).padStart(6, '0');
      return lineOf(T0 + index * step, new Map(SERIES.map((name, n) => [name, d(`0.${n + 1}${digits}1`)])));
    });
    writeFileSync(join(folder, 'BTC.rates'), headingOf('BTC') + lines.join(''));
    const now = T0 + count * step;
    const store = new HistoryStore(folder);
    await store.tidy(now, 150_000_000 / coins);
    const size = readFileSync(join(folder, 'BTC.rates')).length;
    assert.ok(size * coins < MOST_BYTES, `${size * coins} bytes`);
    const series = (await store.read('BTC')).get('flexible') ?? [];
    assert.ok((series[0]?.time ?? now) < T0 + 8 * 24 * HOUR, 'the first week is still there');
    assert.ok(
      series.filter(({ time }) => now - time <= 24 * HOUR).length === 24 * 6,
      'the last day is whole',
    );
  });

  it('removes what a process left that died while replacing a file', async () => {
    const store = new HistoryStore(folder);
    await store.record(T0, one('BTC', '0.05'));
    writeFileSync(join(folder, 'BTC.rates.0000.tmp'), 'half');
    await store.tidy(T0);
    assert.deepEqual(readdirSync(folder).sort(), ['BTC.rates', 'readings']);
  });

  it('notices what another window wrote meanwhile', async () => {
    const store = new HistoryStore(folder);
    const other = new HistoryStore(folder);
    await store.record(T0, one('BTC', '0.05'));
    await other.record(T0 + HOUR, one('BTC', '0.06'));
    assert.equal(await store.record(T0 + 2 * HOUR, one('BTC', '0.05')), 1);
  });
});

describe('coverage', () => {
  it('joins readings up to the gap, and is the same after being written short', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20_000 }), { maxLength: 60 }), (pauses) => {
        let time = T0;
        let text = '';
        for (const seconds of pauses) {
          time += seconds * 1000;
          text += readingLine(time);
        }
        const coverage = coverageOf(text);
        assert.deepEqual(coverageOf(coverageText(coverage)), coverage);
        coverage.slice(1).forEach((stretch, index) => {
          assert.ok(stretch.from - (coverage[index]?.to ?? 0) > GAP_MS);
        });
      }),
    );
  });
});

describe('the standing of a rate', () => {
  const series = [
    { time: T0, rate: d('0.10') },
    { time: T0 + 6 * HOUR, rate: d('0.05') },
    { time: T0 + 8 * HOUR, rate: undefined },
  ];
  const all = [{ from: T0, to: T0 + 10 * HOUR }];
  const window = { from: T0, to: T0 + 10 * HOUR };

  it('is a share of the time for which a rate is known', () => {
    assert.deepEqual(standingOf(d('0.07'), series, all, window), {
      cheaperThan: 75,
      dearerThan: 25,
      knownMs: 8 * HOUR,
    });
    assert.deepEqual(standingOf(d('0.05'), series, all, window), {
      cheaperThan: 75,
      dearerThan: 0,
      knownMs: 8 * HOUR,
    });
  });

  it('leaves out what nobody read, and says nothing from too little', () => {
    const gap = [{ from: T0 + 5 * HOUR, to: T0 + 7 * HOUR }];
    assert.deepEqual(standingOf(d('0.07'), series, gap, window), {
      cheaperThan: 50,
      dearerThan: 50,
      knownMs: 2 * HOUR,
    });
    assert.equal(standingOf(d('0.07'), series, [{ from: T0, to: T0 + HOUR / 2 }], window), undefined);
    assert.equal(standingOf(d('0.07'), [], all, window), undefined);
  });
});

describe('the recorder', function () {
  this.timeout(20_000);
  const MINUTE = 60_000;
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'loan-desk-recorder-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function start(
    clock: FakeClock,
    settings: { interval: number | undefined; rate: () => Decimal; reads: number },
  ) {
    const store = new HistoryStore(folder);
    const recorder = new Recorder({
      store,
      folder,
      clock,
      intervalMs: () => settings.interval,
      read: async () => {
        settings.reads += 1;
        return new Map([['BTC', new Map([['flexible', settings.rate()]])]]);
      },
      onRecorded: () => undefined,
      keepWithinBound: async () => undefined,
      log: () => undefined,
    });
    return { recorder, store };
  }

  it('reads in one window only, and another takes over', async () => {
    const clock = new FakeClock(T0);
    let count = 0;
    const rate = () => d(`0.0${1 + (count++ % 9)}`);
    const first = { interval: MINUTE, rate, reads: 0 };
    const second = { interval: MINUTE, rate, reads: 0 };
    const a = start(clock, first);
    await clock.run(until(clock, () => first.reads === 1 && a.recorder.leads));
    const b = start(clock, second);
    await clock.run(clock.sleep(5 * MINUTE));
    assert.deepEqual([first.reads >= 5, second.reads], [true, 0]);
    assert.deepEqual([a.recorder.leads, b.recorder.leads], [true, false]);
    a.recorder.dispose();
    await clock.run(until(clock, () => second.reads > 0));
    assert.ok(b.recorder.leads);
    assert.ok(((await b.store.read('BTC')).get('flexible')?.length ?? 0) >= 6);
    b.recorder.dispose();
  });

  it('reads sooner or later as soon as the setting says so', async () => {
    const clock = new FakeClock(T0);
    const settings = { interval: 120 * MINUTE, rate: () => d('0.05'), reads: 0 };
    const { recorder } = start(clock, settings);
    await clock.run(until(clock, () => settings.reads === 1));
    await clock.run(clock.sleep(5 * MINUTE));
    assert.equal(settings.reads, 1);
    // More than a minute has passed since: it is due.
    settings.interval = MINUTE;
    await clock.run(clock.sleep(MINUTE / 2));
    assert.equal(settings.reads, 2);
    settings.interval = 120 * MINUTE;
    await clock.run(clock.sleep(60 * MINUTE));
    assert.equal(settings.reads, 2);
    recorder.dispose();
  });

  it('is quiet while it is off, and begins when it is switched on', async () => {
    const clock = new FakeClock(T0);
    const settings = { interval: undefined as number | undefined, rate: () => d('0.05'), reads: 0 };
    const { recorder } = start(clock, settings);
    await clock.run(clock.sleep(5 * MINUTE));
    assert.deepEqual([settings.reads, recorder.leads], [0, false]);
    settings.interval = MINUTE;
    await clock.run(until(clock, () => settings.reads === 1));
    settings.interval = undefined;
    await clock.run(until(clock, () => !recorder.leads));
    recorder.dispose();
  });
});

async function until(clock: FakeClock, isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await clock.sleep(1_000);
}

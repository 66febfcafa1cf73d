import assert from 'node:assert/strict';
import { appendFileSync, existsSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { JournalEvent } from '../../../../src/desk/journal/event';
import { fileName, Journal } from '../../../../src/desk/journal/journal';
import { SAMPLES, temporaryFolder } from '../bench';
import { intent, life, sent, state, verdict } from './events';

const ACCOUNT = 'acc-1';

describe('the journal', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let path: string;
  const open = () => Journal.open(folder.path, ACCOUNT);
  const write = (content: string | Buffer) => writeFileSync(path, content);
  const lines = (events: readonly JournalEvent[]) =>
    events.map((event) => `${JSON.stringify(event)}\n`).join('');

  beforeEach(() => {
    folder = temporaryFolder();
    path = join(folder.path, `journal-${ACCOUNT}.jsonl`);
  });
  afterEach(() => folder.remove());

  it('keeps every event of every kind of operation, across sessions', async () => {
    const first = await open();
    const all = Object.values(SAMPLES).flatMap((operation, n) => [
      intent(`id-${n}`, operation),
      sent(`id-${n}`),
      state(`id-${n}`, { state: 'unknown', code: 'HTTP 502' }),
      ...(n % 2 === 0 ? [verdict(`id-${n}`, { state: 'absent', by: 'person' })] : []),
    ]);
    for (const event of all) await first.append(event);
    const second = await open();
    assert.deepEqual(second.entries(), all);
    assert.deepEqual(
      second.open().map(({ id }) => id),
      Object.keys(SAMPLES).flatMap((_kind, n) => (n % 2 === 0 ? [] : [`id-${n}`])),
    );
    assert.deepEqual(second.record('id-1')?.operation, Object.values(SAMPLES)[1]);
    assert.equal(second.oddLines, 0);
    assert.equal(readFileSync(path, 'utf8'), lines(all));
  });

  it('is shared by windows', async () => {
    const [one, other] = [await open(), await open()];
    await one.append(intent('a'));
    assert.equal(await other.refresh(), true);
    assert.equal(await other.refresh(), false);
    await other.append(sent('a'));
    await one.refresh();
    assert.equal(one.record('a')?.sent?.first, sent('a').t);
    await Promise.all([...Array(40).keys()].map((n) => (n % 2 ? one : other).append(intent(`b${n}`))));
    await Promise.all([one.refresh(), other.refresh()]);
    assert.equal(one.open().length, 41);
    assert.equal(other.open().length, 41);
    assert.equal(one.entries().length, 42);
  });

  it('cut anywhere loses no whole line, swallows no later one, and keeps the rest aside', async () => {
    const events = [...life('a'), intent('b'), sent('b')];
    const whole = Buffer.from(lines(events));
    // Every byte is cut at in test/promises/; here those around the ends of lines, and some between.
    const near = (at: number) =>
      [0, 1, 2, whole.length - 1].includes(at) || whole.subarray(Math.max(0, at - 2), at + 2).includes(0x0a);
    for (let cut = 0; cut <= whole.length; cut += 1) {
      if (!near(cut) && cut % 53 !== 0) continue;
      write(whole.subarray(0, cut));
      const journal = await open();
      const text = whole.subarray(0, cut).toString('latin1');
      const ended = text.split('\n').length - 1;
      const tail = text.slice(text.lastIndexOf('\n') + 1);
      const isWholeTail = tail !== '' && whole[cut] === 0x0a;
      const known = events.slice(0, ended + (isWholeTail ? 1 : 0));
      const ids = new Set(known.map(({ id }) => id));
      for (const id of ids) assert.ok(journal.record(id), `cut at ${cut}`);
      assert.equal(
        journal.open().length,
        [...ids].filter((id) => !known.some((one) => one.id === id && one.type === 'verdict')).length,
      );
      await journal.append(intent('later'));
      const again = await open();
      assert.ok(again.record('later'), `cut at ${cut}: the next line is lost`);
      assert.equal(again.entries().length, known.length + 1, `cut at ${cut}`);
      const isTorn = tail !== '' && !isWholeTail;
      assert.equal(existsSync(`${path}.torn`), isTorn, `cut at ${cut}`);
      if (isTorn) {
        const [aside, ...more] = readFileSync(`${path}.torn`, 'utf8').trim().split('\n');
        assert.deepEqual(more, [], 'kept once');
        const kept = JSON.parse(aside ?? '') as { offset: number; base64: string };
        assert.equal(Buffer.from(kept.base64, 'base64').toString('latin1'), tail);
        assert.equal(kept.offset, cut - tail.length);
      }
      folder.remove();
      folder = temporaryFolder();
      path = join(folder.path, `journal-${ACCOUNT}.jsonl`);
    }
  });

  it('with blocks of NUL, garbage and other files in it still opens', async () => {
    const good = lines(life('a'));
    const nul = Buffer.alloc(4096);
    for (const odd of [
      nul,
      Buffer.from([0xff, 0xfe, 0x0a]),
      Buffer.from('<html>\n'),
      Buffer.from('{"v":1}\n'),
      Buffer.from('[]\n"x"\n5\nnull\n'),
      Buffer.from(`${'x'.repeat(1_000_000)}\n`),
    ]) {
      write(
        Buffer.concat([Buffer.from(good), odd, Buffer.from(`\n${lines([intent('b'), sent('b')])}`), odd]),
      );
      const journal = await open();
      assert.equal(journal.record('a')?.verdict?.state, 'done');
      assert.deepEqual(
        journal.open().map(({ id }) => id),
        ['b'],
      );
      await journal.append(verdict('b'));
      assert.deepEqual((await open()).open(), []);
    }
    assert.ok(existsSync(`${path}.torn`));
  });

  it('whatever bytes lie in it, opens, says what it passed over, and takes new lines', async () => {
    const pieces = fc.oneof(
      fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
      fc.constantFrom(...life('a'), ...life('b')).map((event) => Buffer.from(`${JSON.stringify(event)}\n`)),
      fc.constantFrom(...life('c')).chain((event) => {
        const line = Buffer.from(`${JSON.stringify(event)}\n`);
        return fc.nat(line.length).map((end) => line.subarray(0, end));
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 12 }), async (parts) => {
        write(Buffer.concat(parts));
        const journal = await open();
        await journal.append(intent('new'));
        await journal.append(verdict('new'));
        const again = await open();
        assert.equal(again.record('new')?.verdict?.state, 'done');
        assert.equal(
          again.open().some(({ id }) => id === 'new'),
          false,
        );
      }),
      { numRuns: 50 },
    );
  });

  it('leaves lines of other versions where they are, and does not act on them', async () => {
    const foreign = [
      JSON.stringify({ ...intent('future'), v: 2 }),
      JSON.stringify({ ...intent('kind'), operation: { kind: 'moon.buy', accountId: ACCOUNT, params: {} } }),
      JSON.stringify({
        ...intent('params'),
        operation: { ...intent('x').operation, params: { coin: 'BTC', amount: '1e400' } },
      }),
      JSON.stringify({ v: 1, id: 'a', at: 1, type: 'unheard-of' }),
      JSON.stringify({ ...verdict('a'), state: 'maybe' }),
    ];
    const text = `${foreign.join('\n')}\n${lines([intent('a')])}`;
    write(text);
    const journal = await open();
    assert.equal(journal.oddLines, foreign.length);
    assert.deepEqual(
      journal.open().map(({ id }) => id),
      ['a'],
    );
    await journal.append(verdict('a'));
    assert.equal(readFileSync(path, 'utf8'), text + lines([verdict('a')]));
    assert.ok(!existsSync(`${path}.torn`));
  });

  it('reads a line twice as once; the first verdict stands, and nothing follows it', async () => {
    const first = verdict('a', { state: 'absent' });
    write(
      lines([
        intent('a'),
        intent('a'),
        sent('a', 5),
        sent('a', 3),
        sent('a', 5),
        first,
        verdict('a'),
        state('a'),
        sent('a', 9),
      ]),
    );
    const journal = await open();
    const record = journal.record('a');
    assert.deepEqual(record?.sent, { first: 3, last: 5 });
    assert.equal(record?.verdict?.state, 'absent');
    assert.equal(record?.state, 'sending');
    assert.deepEqual(journal.open(), []);
  });

  it('acts on no event whose intent is lost', async () => {
    write(lines([sent('a'), state('a'), verdict('a')]));
    const journal = await open();
    assert.equal(journal.record('a'), undefined);
    assert.deepEqual(journal.open(), []);
    assert.deepEqual(journal.strays(), []);
  });

  describe('knows of operations that it cannot read', () => {
    const damaged = (event: JournalEvent) => `${JSON.stringify(event).replace('"at":', '\u0000at":')}\n`;
    const strays = async () => (await open()).strays().map(({ id }) => id);

    it('when the intent is damaged and they left or may have left', async () => {
      write(damaged(intent('a')) + lines([sent('a')]) + damaged(intent('b')) + lines([state('b')]));
      assert.deepEqual((await open()).strays(), [
        { id: 'a', since: sent('a').at },
        { id: 'b', since: state('b').at },
      ]);
    });

    it('when all their lines are damaged', async () => {
      write(damaged(intent('a')) + damaged(sent('a')));
      assert.deepEqual(await strays(), ['a']);
    });

    it('when another version wrote them, until it wrote their end', async () => {
      const foreign = (event: object) => `${JSON.stringify({ ...event, v: 2 })}\n`;
      write(foreign(intent('a')) + foreign({ id: 'b', type: 'leaving', at: 'noon' }));
      assert.deepEqual((await open()).strays(), [
        { id: 'a', since: intent('a').at },
        { id: 'b', since: undefined },
      ]);
      appendFileSync(path, foreign(verdict('a')));
      assert.deepEqual(await strays(), ['b']);
    });

    it('until a person says how they ended', async () => {
      write(damaged(intent('a')) + lines([sent('a')]));
      const journal = await open();
      await journal.append(verdict('a', { by: 'person' }));
      assert.deepEqual(journal.strays(), []);
      assert.deepEqual(await strays(), []);
    });

    it('and of no others: what was cut off while it was written never left', async () => {
      const cut = (event: JournalEvent) => `${JSON.stringify(event).slice(0, -9)}\n`;
      write(
        cut(intent('a')) +
          damaged(intent('b')) +
          cut(sent('c')) +
          lines(life('d')) +
          damaged(verdict('e')) +
          '{"id":"f","type":"sent"}\n{"v":2,"id":["g"],"type":"sent"}\n{"v":2}\n',
      );
      assert.deepEqual(await strays(), ['f']);
    });

    it('and marks those whose intent it has, once another line of theirs is damaged', async () => {
      write(lines([intent('a')]) + damaged(sent('a')) + lines([intent('b')]) + lines([intent('c')]));
      const journal = await open();
      assert.deepEqual(journal.strays(), []);
      assert.equal(journal.record('a')?.isBlurred, true);
      assert.equal(journal.record('b')?.isBlurred, false);
      appendFileSync(path, `${JSON.stringify({ ...sent('c'), t: 'soon' })}\n`);
      assert.equal(await journal.refresh(), true);
      assert.equal(journal.record('c')?.isBlurred, true);
    });
  });

  it('starts over when its file was cut or replaced from outside', async () => {
    const journal = await open();
    for (const event of [...life('a'), intent('b')]) await journal.append(event);
    truncateSync(path, 0);
    await journal.refresh();
    appendFileSync(path, lines([intent('c')]));
    await journal.refresh();
    assert.ok(journal.record('c'));
    assert.ok(journal.record('b'), 'what was known is not forgotten');
    await journal.append(verdict('b'));
    assert.deepEqual(
      (await open()).entries().map(({ id }) => id),
      ['c', 'b'],
    );
  });

  it('says so when it cannot be written: the disk is full', async function () {
    if (!existsSync('/dev/full')) this.skip();
    symlinkSync('/dev/full', path);
    const journal = await open().catch(() => undefined);
    // A full disk may also make reading odd; what counts is that nothing is taken for written.
    if (journal === undefined) return;
    await assert.rejects(journal.append(intent('a')));
    assert.equal(journal.record('a'), undefined);
    assert.equal(await journal.note(intent('b')), false);
    assert.ok(journal.record('b'), 'what is true counts in this session');
  });

  it('keeps accounts apart, whatever their ids', () => {
    const ids = [
      'acc-1',
      'A_b-9',
      '',
      '../evil',
      'a/b',
      'a\\b',
      'é',
      '.',
      '..',
      'x'.repeat(65),
      'con',
      'a b',
      'x616263',
    ];
    const names = ids.map(fileName);
    assert.equal(new Set(names).size, ids.length);
    for (const name of names) assert.match(name, /^[\w-]+$/);
  });
});

import assert from 'node:assert/strict';
import { Journal } from '../../../../src/desk/journal/journal';
import { Ends } from '../../../../src/desk/settle/ends';
import { absent, byHand, done } from '../../../../src/desk/settle/verdicts';
import { ACCOUNT, temporaryFolder } from '../bench';
import { FakeClock } from '../fake-clock';
import { intent, sent } from '../journal/events';

describe('the end of an operation', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let own: Journal;
  let other: Journal;

  beforeEach(async () => {
    folder = temporaryFolder();
    own = await Journal.open(folder.path, ACCOUNT.id);
    await own.append(intent('a'));
    await own.append(sent('a'));
    other = await Journal.open(folder.path, ACCOUNT.id);
  });
  afterEach(() => folder.remove());

  const endsOf = (journal: Journal) => new Ends({ journal, clock: new FakeClock(), log: () => undefined });
  const written = async () =>
    (await Journal.open(folder.path, ACCOUNT.id))
      .entries()
      .flatMap((event) => (event.type === 'verdict' ? [event.state] : []));

  it('is written once, whichever window comes to know it first', async () => {
    await endsOf(other).conclude('a', done({ id: '7' }));
    const late = endsOf(own);
    await late.note('a', absent(undefined));
    assert.equal(await late.conclude('a', absent(undefined)), true);
    assert.deepEqual(await written(), ['done']);
    assert.equal(own.record('a')?.verdict?.state, 'done');
  });

  it('is noted by the desk, with the time, what was said, and what is known of it', async () => {
    const ends = endsOf(own);
    await ends.note('a', done({ id: '7' }));
    const event = own.record('a')?.verdict;
    assert.deepEqual(event, {
      v: 1,
      id: 'a',
      at: new FakeClock().now(),
      type: 'verdict',
      state: 'done',
      words: done({ id: '7' }).words,
      recordId: '7',
      by: 'desk',
    });
    assert.deepEqual(await written(), ['done']);
    await ends.note('a', absent(undefined));
    assert.equal(await ends.conclude('a', absent(undefined)), true);
    assert.deepEqual(await written(), ['done'], 'once');
  });

  it('is true also where it cannot be written, and then is not written again', async () => {
    own.append = () => Promise.reject(new Error('no space'));
    await endsOf(own).note('a', done({ id: '7' }));
    assert.deepEqual([own.open(), await written()], [[], []]);
  });

  it('by a person is written as theirs, or rejects', async () => {
    await endsOf(own).say('a', byHand(true));
    assert.equal(own.record('a')?.verdict?.by, 'person');
    assert.deepEqual(await written(), ['done']);
    other.append = () => Promise.reject(new Error('no space'));
    await assert.rejects(endsOf(other).say('a', byHand(false)), /no space/);
  });

  it('that cannot be read first is written all the same', async () => {
    own.refresh = () => Promise.reject(new Error('no rights'));
    assert.equal(await endsOf(own).conclude('a', done({ id: '7' })), true);
    assert.deepEqual(await written(), ['done']);
  });

  it('that cannot be written is said so in a line of the log, which is not long', async () => {
    own.append = () => Promise.reject(new Error('x'.repeat(500)));
    const log: string[] = [];
    const ends = new Ends({ journal: own, clock: new FakeClock(), log: (line) => log.push(line) });
    assert.equal(await ends.conclude('a', done({ id: '7' })), false);
    const said = String(new Error('x'.repeat(500))).slice(0, 200);
    assert.deepEqual(log, [`journal: the verdict could not be written: ${said}`]);
  });

  it('that cannot be written is kept, and given way to that of another window', async () => {
    const append = own.append.bind(own);
    own.append = () => Promise.reject(new Error('no space'));
    const ends = endsOf(own);
    assert.equal(await ends.conclude('a', done({ id: '7' })), false);
    assert.equal(ends.unwritten('a')?.state, 'done');
    own.append = append;
    await endsOf(other).conclude('a', done({ id: '7' }));
    assert.equal(await ends.conclude('a', done({ id: '7' })), true);
    assert.equal(ends.unwritten('a'), undefined);
    assert.deepEqual(await written(), ['done']);
  });
});

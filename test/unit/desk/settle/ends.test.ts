import assert from 'node:assert/strict';
import { Journal } from '../../../../src/desk/journal/journal';
import { Ends } from '../../../../src/desk/settle/ends';
import { absent, done } from '../../../../src/desk/settle/verdicts';
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

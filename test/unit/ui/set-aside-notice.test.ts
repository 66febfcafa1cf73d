import assert from 'node:assert/strict';
import { SetAsideNotice } from '../../../src/ui/set-aside-notice';
import { FakeLog } from './fake-log';
import { RecordedUser } from './flow/recorded-user';

describe('what was found damaged and set aside', () => {
  it('is told once for each kind of thing, with the way to the log, which has every file', async () => {
    const user = new RecordedUser();
    const log = new FakeLog();
    let shown = 0;
    const notice = new SetAsideNotice({
      asker: user,
      log,
      showLog: () => {
        shown += 1;
      },
    });
    user.answers('Show Log').answers();
    notice.tell('history', '/data/BTC.rates.damaged');
    notice.tell('history', '/data/ETH.rates.damaged');
    notice.tell('alerts', '/data/alerts.json.damaged');
    await new Promise((resolve) => setImmediate(resolve));
    user.done();
    assert.equal(shown, 1);
    assert.deepEqual(
      user.seen.map(({ title }) => title.split(' could not')[0]),
      ['Some of the recorded rates', 'The rate alerts'],
    );
    for (const { title } of user.seen) assert.match(title, /The damaged file is kept; the log says where\.$/);
    for (const name of ['BTC.rates', 'ETH.rates', 'alerts.json'])
      assert.ok(
        log.lines.some((line) => line.includes(`${name}.damaged`)),
        name,
      );
  });
});

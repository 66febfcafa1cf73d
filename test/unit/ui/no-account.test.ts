import assert from 'node:assert/strict';
import { words } from '../../../src/bybit/words';
import { accountOrTold } from '../../../src/ui/no-account';
import type { ReadySession } from '../../../src/ui/session';
import { RecordedUser } from './flow/recorded-user';
import { deskOf, PAPER, sessionOf } from './trees/desks';

describe('what belongs to an account, while none is chosen', () => {
  const NONE: ReadySession = { kind: 'none', desk: deskOf() };
  const CHOSEN = sessionOf(deskOf(), PAPER) as ReadySession;

  function asked(user: RecordedUser, begins = NONE) {
    const ran: string[] = [];
    let session = begins;
    const account = accountOrTold(
      {
        sessions: { ready: async () => session },
        asker: user,
        run: async (command) => {
          ran.push(command);
          if (command === 'tryPaper') session = CHOSEN;
        },
      },
      words('A journal belongs to an account, and none is chosen.'),
    );
    return { account, ran };
  }

  it('says so with the two ways to one, and goes on with the account they led to', async () => {
    const user = new RecordedUser().answers('Add an API Key').answers('Try the Paper Account');
    const { account, ran } = asked(user);
    assert.equal((await account)?.id, 'paper');
    user.done();
    assert.deepEqual(ran, ['addAccount', 'tryPaper'], 'asked again where no key was added');
    assert.deepEqual(user.seen[0]?.rows, ['Try the Paper Account', 'Add an API Key']);
  });

  it('leaves it at that when the message is closed, and says nothing where there is one', async () => {
    const user = new RecordedUser().answers();
    assert.equal(await asked(user).account, undefined);
    user.done();
    assert.equal((await asked(new RecordedUser(), CHOSEN).account)?.id, 'paper');
  });
});

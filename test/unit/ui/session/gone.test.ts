import assert from 'node:assert/strict';
import type { Account } from '../../../../src/desk/account';
import { tellGone } from '../../../../src/ui/session/gone';
import { RecordedUser } from '../flow/recorded-user';

const ACCOUNT: Account = {
  id: 'a',
  label: 'Main',
  environment: 'testnet',
  host: 'api-testnet.bybit.com',
};

describe('an account that another window removed', () => {
  for (const unsettled of [0, 2]) {
    it(`is told with what becomes of ${unsettled} operations without an end`, async () => {
      const user = new RecordedUser();
      user.answers();
      await tellGone(user, { account: ACCOUNT, unsettled }, { kind: 'loading' });
      const rest =
        ' Operations without an end: 2. Nobody looks them up until a key of the same user is added again.';
      assert.equal(
        user.last.title,
        `The account Main was removed in another window. No account is shown here now.${unsettled === 0 ? '' : rest}`,
      );
    });
  }
});

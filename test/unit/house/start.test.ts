import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { AccountFiles, PAPER_ID } from '../../../src/ui/accounts/account-files';
import { temporaryFolder } from '../desk/bench';

describe('npm start', () => {
  let user: ReturnType<typeof temporaryFolder>;
  beforeEach(() => {
    user = temporaryFolder();
  });
  afterEach(() => user.remove());

  /** What `npm start` does with a folder of user data before VS Code starts; gives the accounts that the desk finds then. */
  function seeded(): AccountFiles {
    const script = `import { seedPaperAccount } from './scripts/lib/paper-account.mjs'; seedPaperAccount(process.argv[1]);`;
    execFileSync(process.execPath, ['--input-type=module', '--eval', script, user.path]);
    return new AccountFiles(join(user.path, 'globalStorage', 'loan-desk.loan-desk'), (file) => {
      throw new Error(`${file} was set aside`);
    });
  }

  it('begins on the paper account, as the desk itself would list it', async () => {
    const files = seeded();
    const [found, ...others] = await files.list();
    assert.deepEqual(others, []);
    assert.deepEqual(found, await files.putPaper(1));
  });

  it('leaves the accounts alone where any were kept, even if none is left', async () => {
    const files = seeded();
    rmSync(join(files.folder, `${PAPER_ID}.json`));
    assert.deepEqual(await seeded().list(), []);
  });
});

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './root.mjs';

/**
 * Lists the paper account in a VS Code that has never had the desk, so that its first window opens on it. It needs no key;
 * the file is one of `src/ui/accounts/account-files.ts`. Where accounts were ever kept, nothing is written.
 * @param {string} user VS Code's folder of user data
 */
export function seedPaperAccount(user) {
  const { publisher, name } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const accounts = join(user, 'globalStorage', `${publisher}.${name}`, 'accounts');
  if (existsSync(accounts)) return;
  mkdirSync(accounts, { recursive: true });
  const account = {
    v: 1,
    id: 'paper',
    label: 'Paper',
    environment: 'paper',
    host: 'paper',
    addedAt: Date.now(),
  };
  writeFileSync(join(accounts, 'paper.json'), `${JSON.stringify(account)}\n`);
}

import assert from 'node:assert/strict';
import type { PaperProcess } from '../clients/paper-process';
import { keyBorrow } from './by-keys';
import { deskSuite } from './desk-suite';
import type { Workbench } from './driver';

const LABEL = 'Main account';

/** An account of an exchange on this machine: its key that only looks, then one that acts. */
describe('by keys alone, with a key', () => {
  const suite = deskSuite({ paper: ['--control', '--seed', '3', '--read-only-key'] });
  let desk: Workbench;
  let paper: PaperProcess;

  before(() => {
    ({ desk, paper } = suite);
  });

  const given = (name: string): string => {
    const value = paper.first[name];
    return typeof value === 'string' ? value : assert.fail(`${name} was not told.`);
  };
  const onlyLooks = () => desk.pane('Loans').locator('.monaco-list-row', { hasText: 'This key only looks' });

  it('adds an account', async () => {
    await desk.typeCommand('Loan Desk: Add Account…');
    await desk.typeRow(/Where was the key made/, 'Loopback', /^Loopback/);
    await desk.keyInput(/Port of the server/, 'none');
    await desk.quickMessageMatching('A port is a whole number from 1 to 65535.');
    await desk.keyInput(/8080/, new URL(paper.url).port);
    await desk.keyInput(/Name of the account/, LABEL);
    await desk.keyInput(/API key\. It is kept/, given('readOnlyApiKey'));
    await desk.typeRow(/How does the key sign/, '', /^Secret/);
    await desk.keyInput(/API secret/, given('readOnlyApiSecret'));
    await desk.quickRow(/^Reads only/);
    await desk.typeRow(/What the exchange says of the key/, '', /^Add This Account/);
    await desk.treeRow('Loans', new RegExp(`^${LABEL}Loopback.*read-only`));
    await onlyLooks().waitFor();
  });

  it('replaces its key, once with a wrong secret', async () => {
    await desk.typeCommand('Loan Desk: Enter the Key Again…');
    await desk.quickTitle(`Key of ${LABEL}`);
    await desk.keyInput(/API key\. It is kept/, paper.apiKey);
    await desk.typeRow(/How does the key sign/, '', /^Secret/);
    await desk.keyInput(/API secret/, given('readOnlyApiSecret'));
    // Led back to the key, which is still there.
    await desk.quickMessageMatching(/signature/i);
    assert.equal(await desk.quickValue(), paper.apiKey);
    await desk.page.keyboard.press('Enter');
    await desk.typeRow(/How does the key sign/, '', /^Secret/);
    await desk.keyInput(/API secret/, paper.apiSecret);
    await desk.quickRow(/^Reads and writes/);
    await desk.typeRow(/What the exchange says of the key/, '', /^Use This Key/);
    await desk.treeRow('Loans', new RegExp(`^${LABEL}`));
    await onlyLooks().waitFor({ state: 'detached' });
  });

  it('borrows with the new key, after a question', async () => {
    await keyBorrow(desk);
    assert.match(await desk.dialogText(), new RegExp(`Borrow 700 USDT[^]*${LABEL}`));
    await desk.page.locator('.monaco-dialog-box :focus', { hasText: 'Borrow 700 USDT' }).waitFor();
    await desk.page.keyboard.press('Enter');
    await desk.treeRow('Loans', /^700(\.\d+)? USDT/);
    const { pledged } = await paper.control('GET', '/paper/state');
    assert.deepEqual(pledged, { ETH: '1' });
  });
});

import assert from 'node:assert/strict';
import { decimal } from '../../../../../src/bybit/decimal';
import { plain, words } from '../../../../../src/bybit/words';
import type { Desk } from '../../../../../src/desk/operation';
import type { Session } from '../../../../../src/ui/session';
import { RowForest } from '../../../../../src/ui/tree/forest';
import type { Row } from '../../../../../src/ui/tree/row';
import { attentionOf } from '../../../../../src/ui/trees/loans/attention';
import { loanRows, loansTitle } from '../../../../../src/ui/trees/loans/loan-rows';
import {
  amounts,
  BORROWED,
  type DeskChange,
  deskOf,
  FAILURE,
  keyInfo,
  NOW,
  openOperation,
  PAPER,
  partValues,
  positionOf,
  sessionOf,
  TESTNET,
} from '../desks';
import { all, childrenOf, face, outline, rowOf, textIn, tooltipOf } from '../read';

function rowsOf(change: DeskChange = {}, account = TESTNET): readonly Row[] {
  return loanRows(sessionOf(deskOf(change), account), NOW, 'en');
}

function faces(rows: readonly Row[]): string[] {
  return rows.map(face);
}

/** Neither legacy loans nor an institutional one. */
const OWES_NOWHERE = { legacyLoans: [], insOrders: [] };

describe('the Loans tree', () => {
  it('shows an account with a loan from top to bottom', () => {
    assert.deepEqual(outline(rowsOf().slice(0, -1)), [
      'My testnet | Testnet · api-testnet.bybit.com · VIP0',
      'LTV 25.64 % | under all lines',
      '  Initial | 54.36 pp to 80 % · no market fall leads there',
      '  Margin call | 59.36 pp to 85 % · no market fall leads there',
      '  Delayed liquidation | 67.36 pp to 93 % · no market fall leads there',
      '  Liquidation | 69.36 pp to 95 % · no market fall leads there',
      'Debts | 6,000.00 USD',
      '  0.1 BTC | 6,000.00 USD · 8.76 % a year',
      '    Principal | 0.0999 BTC',
      '    Interest owed | 0.0001 BTC',
      '    Rate | 0.001 % an hour · 8.76 % a year',
      '    Interest at this rate | 0.000001 BTC an hour · 1.44 USD a day',
      'Collateral | counts 23,400.00 USD',
      '  20,000 USDT | counts 18,000.00 USD · haircut 10 %',
      '  2 ETH | counts 5,400.00 USD · haircut 10 %',
      'Liquidation | USDT below 0.050878 USD (−94.91 %)',
      '  BTC | above 222,300.00 USD (+270.50 %) · now 60,000.00 USD',
      '  USDT | below 0.050878 USD (−94.91 %) · now 1.00 USD',
      '  ETH | no price of it alone leads there · now 3,000.00 USD',
      'Interest | 1.44 USD a day · 525.60 USD a year',
      'Funding wallet | 80,600.00 USD',
      '  50,000 USDT | 50,000.00 USD',
      '  10 ETH | 30,000.00 USD',
      '  4 SOL | 600.00 USD · no collateral',
    ]);
  });

  it('gives its rows to the menus of package.json, each with its coin', () => {
    const found = all(rowsOf()).flatMap(({ tokens, about, label }) =>
      (tokens ?? []).map((token) => [token, about?.coin ?? about?.accountId, about?.direction, plain(label)]),
    );
    assert.deepEqual(found, [
      ['account', 'acc-1', undefined, 'My testnet'],
      ['debt', 'BTC', undefined, '0.1 BTC'],
      ['collateral', 'USDT', undefined, '20,000 USDT'],
      ['collateral', 'ETH', undefined, '2 ETH'],
      ['pledgeable', 'USDT', 'add', '50,000 USDT'],
      ['pledgeable', 'ETH', 'add', '10 ETH'],
    ]);
  });

  it('writes numbers in the marks of the locale', () => {
    const rows = loanRows(sessionOf(deskOf()), NOW, 'de');
    assert.equal(face(rowOf(rows, 'collateral')), 'Collateral | counts 23.400,00 USD');
  });

  describe('without a loan', () => {
    it('says what to do next and unfolds the wallet', () => {
      const rows = rowsOf({ holdings: {}, values: OWES_NOWHERE }, PAPER);
      assert.deepEqual(faces(rows), [
        'Paper (simulated) | VIP0',
        'Nothing borrowed | click to borrow, or choose a coin under Coins',
        'Funding wallet | 80,600.00 USD',
        'Read 11:59:48 UTC | 12 s ago',
      ]);
      assert.equal(rowOf(rows, 'debts').command, 'loanDesk.borrow');
      assert.equal(rowOf(rows, 'wallet').expanded, true);
    });

    it('does not say that nothing is borrowed while a list of other loans is not read', () => {
      for (const failures of [{ legacyLoans: FAILURE }, { insOrders: FAILURE }, {}]) {
        const unread = Object.keys(failures)[0] ?? 'legacyLoans';
        const rows = rowsOf({ holdings: {}, values: { ...OWES_NOWHERE, [unread]: undefined }, failures });
        assert.match(face(rowOf(rows, 'debts')), /^No flexible or fixed loan \| click to borrow$/);
      }
    });

    it('says as of when the wallet was empty, where it could not be read since', () => {
      const rows = rowsOf({ values: { wallet: new Map() }, failures: { wallet: FAILURE } });
      assert.match(face(rowOf(rows, 'wallet')), /empty · as of 11:59:48 UTC/);
    });

    it('does not send a key that only looks to borrow', () => {
      const rows = rowsOf({ holdings: {}, values: { ...OWES_NOWHERE, key: keyInfo({ readOnly: 1 }) } });
      const row = rowOf(rows, 'debts');
      assert.equal(face(row), 'Nothing borrowed | this key cannot borrow');
      assert.equal(row.command, undefined);
    });

    it('still shows what is pledged', () => {
      const rows = rowsOf({ holdings: { collateral: { ETH: '1' } } });
      assert.deepEqual(faces(childrenOf(rowOf(rows, 'collateral'))), [
        '1 ETH | counts 2,700.00 USD · haircut 10 %',
      ]);
    });

    it('says when the wallet is empty', () => {
      const row = rowOf(rowsOf({ values: { wallet: amounts({ BTC: '0' }) } }), 'wallet');
      assert.equal(face(row), 'Funding wallet | empty');
      assert.match(tooltipOf(row), /move coins there/);
    });
  });

  describe('the LTV', () => {
    const owing = (usdt: string) =>
      rowsOf({ holdings: { debts: { USDT: [usdt, '0'] }, collateral: { ETH: '10' } } });

    it('tells the fall of the market that leads to each line', () => {
      // 10 ETH count 27,000 USD; 13,500 USDT owed.
      assert.deepEqual(faces(childrenOf(rowOf(owing('13500'), 'ltv'))), [
        'Initial | 30.00 pp to 80 % · market fall of 37.50 %',
        'Margin call | 35.00 pp to 85 % · market fall of 41.18 %',
        'Delayed liquidation | 43.00 pp to 93 % · market fall of 46.24 %',
        'Liquidation | 45.00 pp to 95 % · market fall of 47.37 %',
      ]);
    });

    it('names the worst line that is reached, in words beside the colour', () => {
      const state = (usdt: string) => {
        const { description, icon } = rowOf(owing(usdt), 'ltv');
        return [description === undefined ? '' : textIn(description), icon?.id, icon?.color];
      };
      assert.deepEqual(state('13500'), ['under all lines', 'pass', 'charts.green']);
      assert.deepEqual(state('22000'), ['above the initial line: no new loans', 'info', 'charts.yellow']);
      assert.deepEqual(state('23000'), ['margin call', 'warning', 'charts.orange']);
      assert.deepEqual(state('25200'), ['delayed liquidation', 'error', 'charts.red']);
      assert.deepEqual(state('26000'), ['liquidation', 'flame', 'charts.red']);
    });

    it('says by how much a line is passed', () => {
      const [initial, call] = childrenOf(rowOf(owing('22000'), 'ltv'));
      assert(initial !== undefined && call !== undefined);
      assert.equal(face(initial), 'Initial | reached · 1.48 pp over 80 %');
      assert.equal(face(call), 'Margin call | 3.52 pp to 85 % · market fall of 4.14 %');
    });

    it('has no number when nothing covers the debt, and every line is reached', () => {
      const rows = rowsOf({ holdings: { debts: { BTC: ['0.1', '0'] } } });
      const ltv = rowOf(rows, 'ltv');
      assert.equal(face(ltv), 'LTV | no collateral counts');
      assert.equal(ltv.icon?.id, 'flame');
      assert(childrenOf(ltv).every((row) => face(row).includes('reached')));
    });

    it('tells exactly, and what the exchange itself says', () => {
      const position = { ...positionOf(BORROWED), ltv: decimal('0.25642') };
      const text = tooltipOf(rowOf(rowsOf({ values: { position } }), 'ltv'));
      assert.match(text, /Owed 6,000.00 USD · Collateral 23,400.00 USD, after tiers and haircut/);
      assert.match(text, /Exactly 25.6411 %/);
      assert.match(text, /Bybit itself says 25.6420 %/);
    });
  });

  it('never leaves out in silence what has no price', () => {
    const values = partValues();
    const rows = rowsOf({
      values: {
        position: positionOf({ ...BORROWED, collateral: { USDT: '20000', NEW: '5' } }),
        wallet: amounts({ NEW: '7', USDT: '1' }),
      },
    });
    assert(values.prices.get('NEW') === undefined);
    assert.equal(face(rowOf(rows, 'unpriced')), 'Left out of the figures | NEW');
    assert.equal(face(rowOf(rows, 'coin:NEW')), '5 NEW | counts nothing: no price or no tiers known');
    const wallet = rowOf(rows, 'wallet');
    assert.equal(face(wallet), 'Funding wallet | 1.00 USD · without 1 coin that has no price');
    assert(faces(childrenOf(wallet)).includes('7 NEW | no price · no collateral'));
  });

  it('says when principal and interest are not told apart', () => {
    const values = { flexibleLoans: undefined };
    const debt = rowOf(rowsOf({ values, failures: { flexibleLoans: FAILURE } }), 'flexible:BTC');
    assert.deepEqual(faces(childrenOf(debt)), [
      'Interest owed | not told apart from the principal',
      'Rate | 0.001 % an hour · 8.76 % a year',
      'Interest at this rate | 0.000001 BTC an hour · 1.44 USD a day',
    ]);
  });

  it('shows a fixed debt beside the flexible one, and offers flexible deeds for the latter only', () => {
    const rows = rowsOf({ holdings: { ...BORROWED, fixedDebts: { BTC: '0.05' } } });
    assert.equal(face(rowOf(rows, 'flexible:BTC')), '0.1 BTC | 6,000.00 USD · 8.76 % a year');
    const fixed = rowOf(rows, 'fixed:BTC');
    assert.equal(face(fixed), '0.05 BTC | 3,000.00 USD · fixed term');
    assert(!fixed.tokens?.includes('debt'));
    assert.match(tooltipOf(rowOf(rows, 'interest')), /without an hourly rate are not in it/);
  });

  it('folds small change away', () => {
    const wallet = rowOf(
      rowsOf({ values: { wallet: amounts({ ETH: '1', USDT: '0.5', USDC: '0.2' }) } }),
      'wallet',
    );
    assert.deepEqual(outline(childrenOf(wallet)), [
      '1 ETH | 3,000.00 USD',
      '2 more | worth less than 1 USD each',
      '  0.5 USDT | 0.50 USD',
      '  0.2 USDC | 0.20 USD · no collateral',
    ]);
  });

  it('passes on that the exchange takes no more of a collateral', () => {
    const limit = (colRes: string) =>
      all(rowsOf({ values: { position: { ...positionOf(BORROWED), colRes } } })).filter(
        ({ id }) => id === 'limit',
      );
    assert.equal(limit('0').length, 0);
    assert.deepEqual(faces(limit('2')), ['Bybit takes no more of this collateral now']);
  });

  describe('open operations', () => {
    it('stand on top with state, time and the ways to settle them', () => {
      const rows = rowsOf({ open: [openOperation('unknown'), openOperation('needsLook', 'op-2')] });
      assert.deepEqual(faces(rows.slice(1, 4)), [
        'Borrow 0.05 BTC | outcome unknown, being looked up · confirmed 11:58:30 UTC · 1 min ago',
        'Borrow 0.05 BTC | you have to decide · confirmed 11:58:30 UTC · 1 min ago',
        'New operations wait | until the above is settled',
      ]);
      const [, first] = rows;
      assert.deepEqual(first?.about, { operationId: 'op-1', coin: 'BTC' });
      assert(first?.tokens?.includes('open'));
      assert.equal(first?.command, 'loanDesk.lookAgain');
    });

    it('are counted by the badge, with lines of the LTV that call for somebody', () => {
      const told = (change: DeskChange) => attentionOf(sessionOf(deskOf(change)), 'en').map(plain);
      assert.deepEqual(told({}), []);
      assert.deepEqual(told({ open: [openOperation('sending')] }), ['Borrow 0.05 BTC']);
      const near = (usdt: string) => ({
        holdings: { debts: { USDT: [usdt, '0'] as const }, collateral: { ETH: '10' } },
      });
      assert.deepEqual(told(near('22000')), []);
      assert.deepEqual(told(near('23000')), ['margin call']);
      assert.deepEqual(attentionOf({ kind: 'loading' }, 'en'), []);
    });
  });

  describe('reading', () => {
    it('is said row by row while nothing is known', () => {
      const nothing = {
        key: undefined,
        position: undefined,
        flexibleLoans: undefined,
        prices: undefined,
        wallet: undefined,
      };
      const rows = rowsOf({ values: { ...nothing, collateralRules: undefined } });
      assert.deepEqual(faces(rows), [
        'My testnet | Testnet · api-testnet.bybit.com',
        'LTV | reading…',
        'Debts | reading…',
        'Funding wallet | reading…',
      ]);
      assert(rows.slice(1).every(({ icon }) => icon?.id === 'loading~spin'));
    });

    it('that failed becomes a row with cause, code, age and the way to try again', () => {
      const rows = rowsOf({ failures: { wallet: FAILURE }, values: { wallet: undefined } });
      const [, row] = rows;
      assert(row !== undefined);
      assert.equal(
        face(row),
        'Funding wallet | not read · No answer came within 10 s (ETIMEDOUT). · just now',
      );
      assert.deepEqual(row.tokens, ['failed']);
      assert.equal(row.command, 'loanDesk.refresh');
      assert.equal(row.icon?.id, 'error');
      assert.match(tooltipOf(row), /Check the network\./);
      assert.match(tooltipOf(row), /nothing to show yet/);
      // The rest stays.
      assert.equal(face(rowOf(rows, 'ltv')), 'LTV 25.64 % | under all lines');
    });

    it('that failed keeps the last figures and says as of when', () => {
      const rows = rowsOf({
        failures: { prices: { ...FAILURE, at: NOW - 65_000 } },
        readAt: { prices: NOW - 300_000 },
      });
      assert.equal(face(rowOf(rows, 'ltv')), 'LTV 25.64 % | under all lines · as of 11:55:00 UTC');
      assert.equal(face(rowOf(rows, 'debts')), 'Debts | 6,000.00 USD');
      assert.doesNotMatch(tooltipOf(rowOf(rows, 'debts')), /Other loans/);
      assert.equal(face(rowOf(rows, 'wallet')), 'Funding wallet | 80,600.00 USD · as of 11:55:00 UTC');
      const [, failed] = rows;
      assert.match(failed === undefined ? '' : face(failed), /^Prices \| not read .* 1 min ago$/);
      assert.equal(failed?.icon?.id, 'warning');
    });

    it('that failed for one cause is one row, with its parts under it', () => {
      const other = { ...FAILURE, words: words('The key is not valid.'), code: '10003' };
      const rows = rowsOf({
        values: { position: undefined },
        failures: { position: FAILURE, wallet: { ...FAILURE, at: NOW - 9_000 }, key: other },
      });
      assert.deepEqual(outline(rows.slice(1, 3)), [
        'API key | not read · The key is not valid (10003). · just now',
        '2 parts | not read · No answer came within 10 s (ETIMEDOUT). · just now',
        '  Position | nothing to show yet',
        '  Funding wallet | shown as of 11:59:48 UTC',
      ]);
      assert.equal(face(rowOf(rows, 'ltv')), 'LTV | not known');
      assert.equal(rowOf(rows, 'ltv').command, 'loanDesk.refresh');
    });

    it('that failed because of the key leads to entering it again', () => {
      for (const [code, leads] of [
        ['10003', 'loanDesk.replaceKey'],
        ['33004', 'loanDesk.replaceKey'],
        ['10006', 'loanDesk.refresh'],
      ] as const) {
        const [, row] = rowsOf({ failures: { wallet: { ...FAILURE, code } } });
        assert(row !== undefined);
        assert.equal(row.command, leads, code);
        const toKey = leads === 'loanDesk.replaceKey';
        assert.deepEqual(row.tokens, toKey ? ['failed', 'refusedKey'] : ['failed'], code);
        assert.match(tooltipOf(row), toKey ? /Click to enter the key again\./ : /Click to read again\./);
      }
    });

    it('that failed says as of when nothing was borrowed', () => {
      const rows = rowsOf({
        holdings: { debts: {} },
        values: OWES_NOWHERE,
        failures: { position: FAILURE },
      });
      assert.equal(
        face(rowOf(rows, 'debts')),
        'Nothing borrowed | as of 11:59:48 UTC · click to borrow, or choose a coin under Coins',
      );
    });

    it('does not repeat a code that the words carry already', () => {
      const told = { ...FAILURE, words: { ...words('The key is not valid.'), code: '10003' }, code: '10003' };
      const [, row] = rowsOf({ failures: { key: told } });
      assert.equal(
        row === undefined ? '' : face(row),
        'API key | not read · The key is not valid (10003). · just now',
      );
    });

    it('tells its age, and warns when that grows', () => {
      const rows = rowsOf();
      assert.deepEqual(outline([rowOf(rows, 'read')]).slice(0, 3), [
        'Read 11:59:48 UTC | 12 s ago',
        '  API key | read 11:59:48 UTC · 12 s ago',
        '  Rates | read 11:59:48 UTC · 12 s ago',
      ]);
      const old = rowOf(rowsOf({ readAt: { wallet: NOW - 400_000 } }), 'read');
      assert.equal(face(old), 'Read 11:53:20 UTC | 6 min ago · out of date');
      assert.equal(old.icon?.id, 'warning');
    });
  });

  describe('the key', () => {
    it('that only looks is said with the reason', () => {
      const readOnly = rowsOf({ values: { key: keyInfo({ readOnly: 1 }) } });
      assert.equal(
        face(rowOf(readOnly, 'account')),
        'My testnet | Testnet · api-testnet.bybit.com · VIP0 · read-only',
      );
      assert.equal(face(rowOf(readOnly, 'key-rights')), 'This key only looks | it is read-only');
      const lacking = rowsOf({ values: { key: keyInfo({ permissions: { Spot: [] } }) } });
      assert.equal(
        face(rowOf(lacking, 'key-rights')),
        'This key only looks | it lacks the permission Spot trade',
      );
    });

    it('that ends soon warns and leads to a new one', () => {
      const ending = (expiredAt: string) => rowsOf({ values: { key: keyInfo({ ips: ['*'], expiredAt }) } });
      const row = rowOf(ending('2027-01-20T13:00:00Z'), 'key-end');
      assert.equal(face(row), 'This key ends soon | in 5 days, 2027-01-20 13:00:00 UTC');
      assert.equal(row.command, 'loanDesk.replaceKey');
      assert.deepEqual(row.about, { accountId: 'acc-1' });
      assert.equal(
        face(rowOf(ending('2027-01-15T11:00:00Z'), 'key-end')),
        'This key has ended | since 11:00:00 UTC',
      );
      assert(!all(ending('2027-03-20T13:00:00Z')).some(({ id }) => id === 'key-end'));
    });

    it('of a VIP level that nobody knows says whose rates are shown', () => {
      const rows = rowsOf({ values: { key: keyInfo({ vipLevel: 'VIP-9' }) } });
      assert.equal(face(rowOf(rows, 'key-tier')), 'VIP level not known | rates and limits of VIP0 are shown');
    });
  });

  describe('without an open account', () => {
    const desk: Desk = deskOf();

    it('is empty for nobody, so that the welcome shows', () => {
      assert.deepEqual(loanRows({ kind: 'none', desk }, NOW, 'en'), []);
    });

    it('says why no account could be opened', () => {
      const rows = loanRows({ kind: 'none', desk, reason: words('The folder is gone.') }, NOW, 'en');
      assert.deepEqual(faces(rows), ['No account could be opened | The folder is gone.', 'Show the log']);
      assert.equal(rows[0]?.command, 'loanDesk.refresh');
    });

    it('shows that it is opening', () => {
      assert.deepEqual(faces(loanRows({ kind: 'loading' }, NOW, 'en')), ['Opening the account | reading…']);
    });

    it('keeps a locked account with the reason and every way on', () => {
      const locked: Session = {
        kind: 'locked',
        account: TESTNET,
        desk,
        reason: words('The key is gone.'),
        unsettled: 0,
      };
      const rows = loanRows(locked, NOW, 'en');
      assert.deepEqual(
        rows.map((row) => [face(row), row.command, row.about?.accountId]),
        [
          ['My testnet | Testnet · api-testnet.bybit.com · not open', undefined, 'acc-1'],
          ['Not open | The key is gone.', undefined, 'acc-1'],
          ['Enter the key again', 'loanDesk.replaceKey', 'acc-1'],
          ['Try again', 'loanDesk.refresh', undefined],
          ['Choose another account', 'loanDesk.switchAccount', undefined],
          ['Remove this account | asks first', 'loanDesk.removeAccount', 'acc-1'],
        ],
      );
      assert.deepEqual(rows[1]?.tokens, ['lost']);
    });

    it('does not forget what is not settled while the account is locked', () => {
      const reason = words('The key is gone.');
      const row = (unsettled: number) =>
        loanRows({ kind: 'locked', account: TESTNET, desk, reason, unsettled }, NOW, 'en').find(
          ({ id }) => id === 'unsettled',
        );
      assert.equal(row(0), undefined);
      assert.equal(face(row(1) as Row), '1 operation is not settled | looked up once the account is open');
      assert.match(face(row(3) as Row), /^3 operations are not settled/);
      assert.equal(row(1)?.command, 'loanDesk.openJournal');
    });

    it('asks nobody for the key of a paper account', () => {
      const locked: Session = {
        kind: 'locked',
        account: PAPER,
        desk,
        reason: words('The disk is full.'),
        unsettled: 0,
      };
      const rows = loanRows(locked, NOW, 'en');
      assert(!rows.some(({ command }) => command === 'loanDesk.replaceKey'));
      assert(!rows.some(({ tokens }) => tokens?.includes('lost')));
    });

    it('names environment and account beside the title', () => {
      const told = (session: Session) => loansTitle(session)?.map(plain);
      assert.deepEqual(told(sessionOf(desk)), ['Testnet', 'My testnet']);
      assert.deepEqual(told(sessionOf(desk, PAPER)), ['Paper (simulated)']);
      assert.equal(told({ kind: 'none', desk }), undefined);
    });
  });

  it('survives coins with hostile names, each shown without harm and handed on whole', () => {
    const names = [
      '__proto__',
      'constructor',
      'A/B',
      'A\u202eB',
      '😀',
      '<img src=x>',
      '$(error)',
      'X'.repeat(300),
    ];
    const entries = (amount: string) => Object.fromEntries(names.map((name) => [name, amount]));
    const rows = rowsOf({
      holdings: {
        debts: Object.fromEntries(names.map((name) => [name, ['1', '0'] as const])),
        collateral: entries('2'),
      },
      values: { wallet: new Map(names.map((name) => [name, decimal('3')])) },
    });
    const forest = new RowForest();
    forest.replace(rows);
    const about = new Set(all(rows).flatMap((row) => row.about?.coin ?? []));
    // `__proto__` in an object literal sets a prototype: the wallet, a Map, holds it all the same.
    assert.deepEqual([...about].sort(), [...names].sort());
    const shown = all(rows)
      .flatMap((row) => [face(row), tooltipOf(row)])
      .join('\n');
    assert(!shown.includes('\u202e'));
    assert(!shown.includes('X'.repeat(30)));
  });
});

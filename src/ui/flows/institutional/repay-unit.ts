import { type Decimal, lt, parseDecimal, round, ZERO } from '../../../bybit/decimal';
import { words } from '../../../bybit/words';
import type { CoinAmount } from '../../../desk/book';
import { ltvChange } from '../../../desk/effect';
import { formatCoin } from '../../../desk/format';
import { COLLATERAL_PLACES } from '../../../desk/limits';
import { mayRepay, unpaidPrincipals } from '../../../desk/loans/risk-unit';
import type { Desk, Operation } from '../../../desk/operation';
import { busyWords } from '../../../desk/operations/institutional/unit-rules';
import type { PartName } from '../../../desk/snapshot';
import { coinName } from '../../coin-name';
import { pickStep } from '../../flow/steps';
import { verbatim } from '../../tree/row';
import type { DeedFlow } from '../deed';
import { owedText } from '../fixed/contract-step';
import type { Host } from '../host';
import { type AmountQuestion, amountStep, judged, shares } from '../steps/amount-step';
import type { Candidate } from '../which-debt';

export const UNIT: readonly PartName[] = ['key', 'riskUnit', 'insOrders', 'unifiedWallet'];

interface Answers {
  readonly coin: string | undefined;
  readonly amount: Decimal | undefined;
}

/**
 * Repay principal of the institutional risk unit out of the Unified wallet. The exchange means it for urgent cases and
 * takes two to three minutes; a second one is refused meanwhile.
 */
export const repayUnit: DeedFlow<Answers> = {
  title: words('Repay the Institutional Loan'),
  needs: UNIT,
  obstacle: ({ desk }) => {
    if (desk.snapshot.parts.riskUnit.value === undefined) {
      return [words('This account belongs to no institutional risk unit.')];
    }
    if (unpaidPrincipals(desk.snapshot).length === 0) return [words('The risk unit owes nothing.')];
    const busy = busyWords(desk.snapshot);
    if (busy !== undefined) return [busy];
    return mayRepay(desk.snapshot) ? undefined : [words('Only the designated UID of the unit may repay.')];
  },
  start: ({ coin, amount }, { desk }) => ({
    coin: debtIn(desk, coin)?.coin,
    amount: amount === undefined ? undefined : parseDecimal(amount),
  }),
  beginAt: ({ coin }) => (coin === undefined ? undefined : 'amount'),
  steps: (_, host) => [
    pickStep<Answers, string>(
      'coin',
      ({ coin }) => ({
        placeholder: words('Which debt of the unit to repay? Only its principal'),
        choices: () =>
          unpaidPrincipals(host.desk.snapshot).map((debt) => ({
            value: debt.coin,
            label: verbatim(coinName(debt.coin)),
            description: [
              words('{0} of principal unpaid', owedText({ coin: debt.coin, owed: debt.amount }, host.locale)),
              words('Unified wallet {0}', freeText(host, debt.coin)),
            ],
          })),
        isCurrent: (value) => value === coin,
      }),
      (context, coin) => ({ coin, amount: context.coin === coin ? context.amount : undefined }),
    ),
    amountStep<Answers>(
      'amount',
      host,
      (context) => amountQuestion(host, context),
      (context, amount) => ({ ...context, amount }),
    ),
  ],
  operation: operationOf,
  deed: ({ coin = '', amount = ZERO }, { locale }) =>
    words('Repay {0}', formatCoin(amount, coinName(coin), { locale, maxPlaces: 80 })),
  stepOf: (field) => (field === 'coin' || field === 'amount' ? field : undefined),
};

/** Debts of the unit for the commands that all systems share; none where another UID must repay. */
export function unitCandidates(desk: Desk, locale: string): readonly Candidate[] {
  const { snapshot } = desk;
  if (snapshot.parts.riskUnit.value === undefined || !mayRepay(snapshot)) return [];
  const { parentUid } = snapshot.parts.riskUnit.value;
  return unpaidPrincipals(snapshot).map(({ coin, amount }) => ({
    subject: { coin, record: parentUid },
    label: verbatim(owedText({ coin, owed: amount }, locale)),
    description: [words('principal, out of the Unified wallet'), words('for urgent cases')],
  }));
}

function debtIn({ snapshot }: Pick<Desk, 'snapshot'>, coin: string | undefined): CoinAmount | undefined {
  return unpaidPrincipals(snapshot).find((debt) => debt.coin === coin);
}

function free({ desk }: Host, coin: string): Decimal {
  return desk.snapshot.parts.unifiedWallet.value?.get(coin) ?? ZERO;
}

function freeText(host: Host, coin: string): string {
  return formatCoin(free(host, coin), coinName(coin), { locale: host.locale, maxPlaces: COLLATERAL_PLACES });
}

function operationOf({ coin = '', amount = ZERO }: Answers, { account }: Host): Operation {
  return { kind: 'institutional.repay', accountId: account.id, params: { coin, amount } };
}

function amountQuestion(host: Host, answers: Answers): AmountQuestion {
  const { desk, locale } = host;
  const { coin = '' } = answers;
  const owed = debtIn(desk, coin)?.amount ?? ZERO;
  const isWhole = !lt(free(host, coin), owed);
  const most = () => (isWhole ? owed : round(free(host, coin), COLLATERAL_PLACES, 'down'));
  return {
    coin,
    placeholder: words(
      '{0} of principal. How much to repay? An amount, max, or a share like 50 %',
      owedText({ coin, owed }, locale),
    ),
    amount: answers.amount,
    places: COLLATERAL_PLACES,
    most,
    proposals: () =>
      shares(most(), COLLATERAL_PLACES, isWhole ? words('All of it') : words('All that the wallet holds')),
    nothing: words('The Unified wallet holds no {0}.', coinName(coin)),
    judge: (amount) =>
      judged(
        host,
        operationOf({ ...answers, amount }, host),
        () => true,
        (review) => ({ effect: [ltvChange(review, locale)] }),
      ),
  };
}

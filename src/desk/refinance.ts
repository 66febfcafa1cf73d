import { add, compare, type Decimal, decimal, div, gte, mul, ONE, round, sub, ZERO } from '../bybit/decimal';
import { TERMS, type Term } from '../bybit/terms';
import { type Bounds, type Outside, outsideOf } from './cost/cost';
import { termInterest } from './fixed/interest';
import { annualToHourly } from './interest';
import { growth } from './interest-runway';

/**
 * What a debt costs from now on if it stays, moves to a fixed term, to a flexible loan, or is repaid: all over the same
 * time, in the coin, at today's rates. What was paid already is paid whatever is done, and counts nowhere.
 */

const HOURS_A_DAY = 24;
const HOURS_A_YEAR = decimal('8760');
/** Interest is rounded up here, as the exchange does (API.md §6). */
const PLACES = 18;

/** How a debt goes on if nothing is done. */
export interface Stay {
  /** Interest that runs, an annual fraction; 0 where it was paid in advance. */
  readonly annualRate: Decimal;
  /** Whether interest bears interest every hour (flexible loans). */
  readonly compounds: boolean;
  /** Whole hours to the due date; undefined without one. */
  readonly hoursLeft: number | undefined;
  /** Annual rate of the flexible loan that it becomes then; undefined where it cannot go on. */
  readonly rateAfter: Decimal | undefined;
}

/** Interest of a flexible loan at one annual rate: compounding by the hour, rounded up. In the coin. */
export function flexibleCost(amount: Decimal, annualRate: Decimal, hours: number): Decimal {
  return round(mul(amount, sub(growth(annualToHourly(annualRate), hours), ONE)), PLACES, 'up');
}

/** What staying costs for so many hours; undefined where the debt is due before and cannot go on. In the coin. */
export function stayCost(amount: Decimal, stay: Stay, hours: number): Decimal | undefined {
  const { annualRate, compounds, hoursLeft = hours, rateAfter } = stay;
  const running = Math.min(hours, hoursLeft);
  const first = compounds
    ? flexibleCost(amount, annualRate, running)
    : div(mul(amount, annualRate, decimal(running)), HOURS_A_YEAR, PLACES, 'up');
  if (hours <= hoursLeft) return first;
  return rateAfter === undefined ? undefined : add(first, flexibleCost(amount, rateAfter, hours - hoursLeft));
}

/** A fixed term on offer. */
export interface Offer {
  readonly term: Term;
  /** Annual fraction. */
  readonly annualRate: Decimal;
}

/** Interest of a whole term: taken from the payout, and not given back. In the coin. */
export function prepaidOf(amount: Decimal, { term, annualRate }: Offer): Decimal {
  return termInterest({ amount, annualRate, days: decimal(term) });
}

/** Terms taken one after the other to last so many days. */
function roundsOf({ term }: Offer, days: number): number {
  return Math.max(1, Math.ceil(days / Number(term)));
}

/**
 * The first whole hour by which staying has cost as much as the term's whole interest: kept longer, the term is the
 * cheaper one. Undefined when that is not within the term; where the debt cannot stay so long, the hour it ends.
 */
export function breakEvenHours(amount: Decimal, offer: Offer, stay: Stay): number | undefined {
  const prepaid = prepaidOf(amount, offer);
  const isPaid = (hours: number) => {
    const cost = stayCost(amount, stay, hours);
    return cost === undefined || gte(cost, prepaid);
  };
  let high = Number(offer.term) * HOURS_A_DAY;
  if (!isPaid(high)) return undefined;
  let low = -1;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isPaid(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** One way on with a debt. Amounts are in the coin. */
export interface Option {
  readonly kind: 'stay' | 'flexible' | 'fixed' | 'repay';
  readonly term: Term | undefined;
  /** Annual fraction; undefined for repaying. */
  readonly annualRate: Decimal | undefined;
  /**
   * From now on over the time compared; undefined where it cannot last so long. A term that is shorter is taken anew as
   * often as needed, at the same rate; a longer one costs all of it, as in the cost table (`cost/cost.ts`).
   */
  readonly cost: Decimal | undefined;
  /** Terms taken one after the other; 1 for what is no term. */
  readonly rounds: number;
  /** Interest of one term, paid at its start and not given back; undefined where nothing is. */
  readonly prepaid: Decimal | undefined;
  /** Of the prepaid interest, what is for days after the time compared; undefined where nothing is. */
  readonly unused: Decimal | undefined;
  /** See {@link breakEvenHours}; undefined where it never is, and for what is no fixed term. */
  readonly breakEvenHours: number | undefined;
  /** The cheapest of those that keep the money borrowed. */
  readonly isCheapest: boolean;
  /** The exchange gives no such loan: less than this least one, or more than that largest one, in the coin. */
  readonly outside: Outside | undefined;
}

export interface RefinanceInput {
  /** Everything owed, in the coin. */
  readonly amount: Decimal;
  readonly stay: Stay;
  /** Whether the debt is a flexible loan already: then moving to one is staying. */
  readonly isFlexible: boolean;
  /** Annual rate of a flexible loan now; undefined where none is given. */
  readonly flexibleRate: Decimal | undefined;
  readonly offers: readonly Offer[];
  /** What fixed and flexible loans of the coin must keep to. */
  readonly bounds: { readonly flexible: Bounds; readonly fixed: Bounds };
  /** Time compared. */
  readonly days: number;
}

/** Every way on with a debt over the same days: staying first, then flexible, each term on offer, and repaying. */
export function refinance(input: RefinanceInput): readonly Option[] {
  const { amount, stay, isFlexible, flexibleRate, offers, days } = input;
  const hours = days * HOURS_A_DAY;
  const kept: readonly Option[] = [
    option({ kind: 'stay', annualRate: stay.annualRate, cost: stayCost(amount, stay, hours) }),
    ...(isFlexible || flexibleRate === undefined
      ? []
      : [
          option({
            kind: 'flexible',
            annualRate: flexibleRate,
            cost: flexibleCost(amount, flexibleRate, hours),
            outside: outsideOf(amount, input.bounds.flexible),
          }),
        ]),
    ...TERMS.flatMap((term) => offers.filter((offer) => offer.term === term)).map((offer) =>
      fixedOption(offer, input),
    ),
  ];
  const [cheapest] = kept
    .flatMap(({ cost, outside }) => (outside === undefined ? (cost ?? []) : []))
    .sort(compare);
  return [
    ...kept.map((one) => ({
      ...one,
      isCheapest: one.outside === undefined && one.cost !== undefined && one.cost === cheapest,
    })),
    option({ kind: 'repay', cost: ZERO }),
  ];
}

function fixedOption(offer: Offer, { amount, stay, bounds, days }: RefinanceInput): Option {
  const { term, annualRate } = offer;
  const prepaid = prepaidOf(amount, offer);
  const rounds = roundsOf(offer, days);
  const left = Number(term) * rounds - days;
  return option({
    kind: 'fixed',
    term,
    annualRate,
    cost: mul(prepaid, decimal(rounds)),
    rounds,
    prepaid,
    unused: left > 0 ? div(mul(prepaid, decimal(left)), decimal(term), PLACES, 'up') : undefined,
    breakEvenHours: breakEvenHours(amount, offer, stay),
    outside: outsideOf(amount, bounds.fixed),
  });
}

function option(known: Pick<Option, 'kind' | 'cost'> & Partial<Option>): Option {
  return {
    term: undefined,
    annualRate: undefined,
    rounds: 1,
    prepaid: undefined,
    unused: undefined,
    breakEvenHours: undefined,
    isCheapest: false,
    outside: undefined,
    ...known,
  };
}

/** What tells how a loan goes on by itself; times in epoch milliseconds of the exchange. */
export interface StayingLoan {
  readonly system: string;
  readonly annualRate: Decimal | undefined;
  readonly prepaid: Decimal | undefined;
  readonly due: number | undefined;
  readonly isOverdue: boolean;
}

const HOUR_MS = 3_600_000;

/**
 * How a loan goes on if nothing is done. A fixed one costs nothing until its due date, then it is taken to become a
 * flexible one at today's rate, whatever was chosen for that day, so that the same days are compared. A legacy one ends
 * at its date; an overdue one cannot stay. Undefined without a rate.
 */
export function stayOf(loan: StayingLoan, flexibleRate: Decimal | undefined, now: number): Stay | undefined {
  const { system, annualRate, prepaid, due, isOverdue } = loan;
  const hoursLeft = due === undefined ? undefined : Math.max(0, Math.floor((due - now) / HOUR_MS));
  if (isOverdue)
    return { annualRate: annualRate ?? ZERO, compounds: false, hoursLeft: 0, rateAfter: undefined };
  if (prepaid !== undefined)
    return { annualRate: ZERO, compounds: false, hoursLeft, rateAfter: flexibleRate };
  if (annualRate === undefined) return undefined;
  return { annualRate, compounds: system === 'flexible', hoursLeft, rateAfter: undefined };
}

import type { Effect } from './errors';
import { type Words, words } from './words';

/** What a retCode other than 0 means (API.md §11, promises.md §1). */
export interface CodeFacts {
  /** For a write: whether it is certain that nothing happened. */
  readonly effect: Effect;
  /** Whether a read may be asked again after a short pause; 10002 and 10006 have repeats of their own (client.ts). */
  readonly repeat: boolean;
  readonly words: Words;
  /** The way on; for a write whose effect is unknown there is only looking it up (outcome.ts). */
  readonly advice: Words | undefined;
}

const table = new Map<number, CodeFacts>();

interface Meaning {
  readonly words: Words;
  readonly advice?: Words;
  /** Unknown for a write until the histories were read. */
  readonly unknown?: true;
  readonly repeat?: true;
}

function define(codes: readonly number[], { words: what, advice, unknown, repeat }: Meaning): void {
  for (const code of codes) {
    table.set(code, {
      effect: unknown === true ? 'unknown' : 'none',
      repeat: repeat === true,
      words: what,
      advice,
    });
  }
}

const later = words('Try again later.');
const refresh = words('Refresh and look again.');
const fundWallet = words('Move money into the Funding wallet first.');
const clientBug = words('This is a fault of Loan Desk: please report it with the code.');
const contact = words('Ask Bybit about this account.');
const otherCoin = words('Choose another coin.');
const busy = words('The exchange is busy.');
const server = words('The exchange had a fault of its own.');

// ── The API as a whole ──────────────────────────────────────────────────────
define([10000], { words: words('The exchange timed out.'), advice: later, unknown: true });
define([10001], {
  words: words('The exchange did not accept a value of the request.'),
  advice: words('Correct the input.'),
});
define([10002], {
  words: words("The request's time was outside the window the exchange allows."),
  advice: words('Check that the clock of this machine is right, then try again.'),
});
define([10003], {
  words: words('The exchange does not know this API key.'),
  advice: words('Check the key, and that the account is in the environment the key was made for.'),
});
define([10004], {
  words: words('The signature was wrong.'),
  advice: words('Check the API secret, and whether the key is an HMAC or an RSA key.'),
});
define([10005], {
  words: words('The API key is not allowed to do this.'),
  advice: words('Enable "Spot trade" and "Read-Write" for the key.'),
});
define([10006], {
  words: words('Too many requests in a second.'),
  advice: words('Wait a moment and try again.'),
});
define([10007], {
  words: words('The exchange could not check the API key.'),
  advice: words('Check the key and its secret.'),
});
define([10008], { words: words('The account is barred or in a wrong mode.'), advice: contact });
define([10009, 10024], { words: words('The exchange does not offer this in your region.'), advice: contact });
define([10010], {
  words: words('The API key is bound to other IP addresses.'),
  advice: words("Add this machine's IP address to the key."),
});
define([10014], { words: words('The exchange saw this request twice.'), advice: refresh, unknown: true });
define([10016, 429], { words: server, advice: later, unknown: true, repeat: true });
define([10017], { words: words('The exchange does not know this call.'), advice: clientBug });
define([10018], {
  words: words('Too many requests from this IP address.'),
  advice: words('Wait ten minutes.'),
});
define([10027], { words: words('Transactions of this account are barred.'), advice: contact });
define([10028], {
  words: words('This is only for unified accounts.'),
  advice: words("Check the account's mode at Bybit."),
});
define([100028], {
  words: words('This is not for unified accounts.'),
  advice: words("Check the account's mode at Bybit."),
});
define([10032], {
  words: words('Loans are not available in demo trading.'),
  advice: words('Use a mainnet or testnet key, or the paper account.'),
});
define([33004, -2015], {
  words: words('The API key has expired.'),
  advice: words('Make a new key and add the account again.'),
});
define([20096, 131004], {
  words: words('The exchange asks for an identity check.'),
  advice: words('Finish the identity check at Bybit.'),
});
define([100109], {
  words: words('A copy-trading account cannot use loans.'),
  advice: words('Use another account.'),
});

// ── Wallets ─────────────────────────────────────────────────────────────────
define([131001, 131003, 131200, 131201, 131216, 131230], {
  words: words("The exchange's wallet service is busy."),
  advice: later,
  unknown: true,
  repeat: true,
});
define([131002, 131203], {
  words: words('The wallet service did not accept a value of the request.'),
  advice: clientBug,
});
define([131212, 131228], { words: words('The wallet balance is too low.'), advice: fundWallet });

// ── New loans ───────────────────────────────────────────────────────────────
define([148001], { words: words('This coin cannot be borrowed flexibly.'), advice: otherCoin });
define([148002], {
  words: words('The amount is below the minimum.'),
  advice: words('Choose a larger amount.'),
});
define([148003], { words: words('The amount has too many decimals.'), advice: words('Round it.') });
define([148004], { words: words('This coin is not accepted as collateral.'), advice: otherCoin });
define([148005], {
  words: words('The collateral amount has too many decimals.'),
  advice: words('Round it.'),
});
define([148006], {
  words: words("The collateral is above the platform's limit."),
  advice: words('Pledge less, or another coin.'),
});
define([148007], {
  words: words('The amount to borrow is not positive.'),
  advice: words('Choose another amount.'),
});
define([148008], {
  words: words('The collateral amount is not positive.'),
  advice: words('Choose another amount.'),
});
define([148009], {
  words: words('The LTV would be above the allowed line.'),
  advice: words('Borrow less or add collateral.'),
});
define([148010], {
  words: words('Your personal borrowing limit is used up.'),
  advice: words('Repay first, or wait.'),
});
define([148011], {
  words: words('The pool does not hold enough of this coin now.'),
  advice: words('Choose a smaller amount, or try later.'),
  repeat: true,
});
define([148012], {
  words: words('The collateral is not sufficient.'),
  advice: words('Move more collateral into the Funding wallet.'),
});
define([148013], { words: words('There is no loan, so there is no collateral to adjust.') });
define([148014], { words: words('This coin is not supported.'), advice: otherCoin });
define([148015], { words: words('This term is not offered.'), advice: words('Choose another term.') });
define([148016], { words: words('This rate is not accepted.'), advice: words('Choose another rate.') });
define([148017], { words: words('The rate has too many decimals.'), advice: words('Round it.') });
define([148018], { words: words('There are too many open orders.'), advice: words('Cancel some first.') });
define([148019], { words: busy, advice: later, unknown: true, repeat: true });
define([148020], {
  words: words("The platform's lending limit for this coin is reached."),
  advice: later,
  repeat: true,
});
define([148021], {
  words: words('Another operation of this account is still running.'),
  advice: later,
  unknown: true,
  repeat: true,
});
define([148022], { words: words('There is not enough to supply.'), advice: fundWallet });
define([148023], { words: words('The loan order was not found.'), advice: refresh });
define([148024], {
  words: words('The borrow order could not be cancelled: it has ended, or the amount is wrong.'),
  advice: refresh,
});
define([148025], {
  words: words('The supply order could not be cancelled: it has ended, or the amount is wrong.'),
  advice: refresh,
});
define([148026], {
  words: words('The repayment could not be created.'),
  advice: later,
  unknown: true,
  repeat: true,
});
define([148027], { words: words('There is no active loan.'), advice: refresh });
define([148028, 148042], {
  words: words('The amount to repay has too many decimals.'),
  advice: words('Round it.'),
});
define([148029], { words: words('The wallet does not hold enough to repay.'), advice: fundWallet });
define([148030], { words: words('The supply order was not found.'), advice: refresh });
define([148031], {
  words: words('A liquidation is in progress.'),
  advice: words('Wait until it has ended, then look at what is left.'),
  repeat: true,
});
define([148032], { words: words('Nothing is owed in this coin.'), advice: refresh });
define([148033], { words: words('This loan cannot be repaid now.'), advice: refresh });
define([148034, 148035], {
  words: words('The exchange asks to wait and try again.'),
  advice: later,
  unknown: true,
  repeat: true,
});
define([148036], {
  words: words('The collateral could not be moved.'),
  advice: later,
  unknown: true,
  repeat: true,
});
define([148037], {
  words: words('That is more than may be taken out.'),
  advice: words('Refresh to read the largest amount that may leave.'),
});
define([148038], {
  words: words('The amount is above the debt.'),
  advice: words('Repay at most what is owed.'),
});
define([148039], {
  words: words('A coin stands twice in the collateral.'),
  advice: words('Put its amounts together.'),
});
define([148040], {
  words: words('This coin cannot be used as collateral here.'),
  advice: words('Choose another collateral coin.'),
});
define([148041], { words: words('A repayment exists already.'), advice: refresh, unknown: true });
define([148047], {
  words: words('A repayment with collateral may be worth at most 300,000 USD.'),
  advice: words('Split it into smaller ones.'),
});
define([148048], {
  words: words('The platform takes no more of this coin as collateral.'),
  advice: words('Choose another collateral coin.'),
});

// ── Legacy loans ────────────────────────────────────────────────────────────
define([177002], { words: busy, advice: later, unknown: true, repeat: true });
define([177003, 177019], {
  words: words('The exchange did not accept a value of the request.'),
  advice: words('Correct the input.'),
});
define([177004], { words: words('The amount has too many decimals.'), advice: words('Round it.') });
define([177005], { words: words('The loan order was not found.'), advice: refresh });
define([177006], { words: words('The exchange does not know this coin.'), advice: otherCoin });
define([177008], { words: words('This coin cannot be borrowed.'), advice: otherCoin });
define([177017], { words: words('This coin is not accepted as collateral.'), advice: otherCoin });
define([177020], { words: words('This coin is not available to this account.'), advice: otherCoin });
define([177007], {
  words: words('The amount is above the maximum.'),
  advice: words('Choose a smaller amount.'),
});
define([177009], {
  words: words('The amount is below the minimum.'),
  advice: words('Choose a larger amount.'),
});
define([177010], {
  words: words('The amount is above the debt.'),
  advice: words('Repay at most what is owed.'),
});
define([177011], { words: words('The wallet balance is too low.'), advice: fundWallet });
define([177012], {
  words: words('The platform does not hold enough of this coin now.'),
  advice: later,
  repeat: true,
});
define([177013], {
  words: words('That is more than may be moved.'),
  advice: words('Choose a smaller change.'),
});
define([177016], {
  words: words('The collateral would be below the minimum.'),
  advice: words('Choose a smaller change.'),
});
define([177014], {
  words: words('Your personal borrowing limit is used up.'),
  advice: words('Choose a smaller amount.'),
});
define([177015], {
  words: words('The limit for this collateral is reached.'),
  advice: words('Choose a smaller amount.'),
});
define([177018], { words: words('The exchange saw this request twice.'), advice: refresh, unknown: true });
define([177021], { words: words('The repayment failed.'), advice: later, unknown: true, repeat: true });

// ── Institutional loans ─────────────────────────────────────────────────────
define([100016], {
  words: words('The risk unit was asked too often.'),
  advice: words('Wait a moment and try again.'),
  repeat: true,
});
define([3777002], { words: words('This UID is bound already.') });
define([3777003], { words: words('This UID is not bound.') });
define([3777004], { words: words('The designated UID cannot be unbound.') });
define([3777005], { words: words('This UID has open loan orders.'), advice: words('Settle them first.') });
define([3777006], { words: words('Another UID is needed here.'), advice: words('Choose another UID.') });
define([3777007], {
  words: words('This UID is no Unified Trading Account Pro.'),
  advice: words('Upgrade its account at Bybit.'),
});
define([3777012], {
  words: words('The request is being processed.'),
  advice: later,
  unknown: true,
  repeat: true,
});
define([3777027], {
  words: words('The leverage of this UID could not be closed.'),
  advice: words('Close its spot leverage at Bybit.'),
});
define([3777029], { words: words('This UID has pre-market orders.'), advice: words('Close them first.') });
define([3777030], {
  words: words('A Copy Trading Pro UID cannot be bound.'),
  advice: words('Choose another UID.'),
});
define([3777039], {
  words: words('The amount is above the debt, or nothing is owed.'),
  advice: words('Repay at most what is owed.'),
});
define([3777040], {
  words: words('The Unified wallet holds too little.'),
  advice: words('Move money into the Unified wallet first.'),
});
define([3777042], {
  words: words('This UID may not do this.'),
  advice: words('Use a key of the designated UID.'),
});
define([3777043], {
  words: words('A repayment is running.'),
  advice: words('Wait two to three minutes until its record appears.'),
  repeat: true,
});

/** Facts of a retCode; undefined for one that the documentation does not name. */
export function codeFacts(retCode: number): CodeFacts | undefined {
  return table.get(retCode);
}

/** All codes of the table. */
export function knownCodes(): readonly number[] {
  return [...table.keys()];
}

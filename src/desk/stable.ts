/** Coins meant to stay at one US dollar; a fall of the market leaves them where they are (formulae.md). */
const STABLE: ReadonlySet<string> = new Set([
  'USDT',
  'USDC',
  'USDE',
  'DAI',
  'FDUSD',
  'PYUSD',
  'RLUSD',
  'TUSD',
  'USD1',
  'USDD',
  'USDTB',
  'USDY',
]);

export function isStable(coin: string): boolean {
  return STABLE.has(coin);
}

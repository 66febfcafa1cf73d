import { type Words, words } from './words';

export interface Host {
  readonly host: string;
  readonly environment: 'mainnet' | 'testnet';
  readonly label: Words;
}

/**
 * The hosts a signed request may go to (API.md §1); https only. The demo host has no loan endpoint, the Dutch one was
 * taken out of the guide: neither is offered.
 */
export const HOSTS: readonly Host[] = [
  { host: 'api.bybit.com', environment: 'mainnet', label: words('Global') },
  { host: 'api.bytick.com', environment: 'mainnet', label: words('Global, second name') },
  { host: 'api.bybit.eu', environment: 'mainnet', label: words('European Economic Area') },
  { host: 'api.bybit.tr', environment: 'mainnet', label: words('Turkey') },
  { host: 'api.bybit.kz', environment: 'mainnet', label: words('Kazakhstan') },
  { host: 'api.bybitgeorgia.ge', environment: 'mainnet', label: words('Georgia') },
  { host: 'api.bybit.ae', environment: 'mainnet', label: words('United Arab Emirates') },
  { host: 'api.bybit.id', environment: 'mainnet', label: words('Indonesia') },
  { host: 'api.manepa.jp', environment: 'mainnet', label: words('Japan') },
  { host: 'api.spark-fintech.com', environment: 'mainnet', label: words('Hong Kong') },
  { host: 'api-testnet.bybit.com', environment: 'testnet', label: words('Global') },
  { host: 'api-testnet.manepa.jp', environment: 'testnet', label: words('Japan') },
  { host: 'api-testnet.spark-fintech.com', environment: 'testnet', label: words('Hong Kong') },
];

const LOOPBACK = /^127\.0\.0\.1:([1-9]\d{0,4})$/;

function isLoopback(host: string): boolean {
  const port = LOOPBACK.exec(host)?.[1];
  return port !== undefined && Number(port) <= 65_535;
}

/**
 * The address of an environment's host, without a slash at the end. Throws RangeError for every host that is not
 * compiled in; loopback is `127.0.0.1:PORT` and nothing else.
 */
export function baseUrlOf(where: { readonly environment: string; readonly host: string }): string {
  if (where.environment === 'loopback') {
    if (isLoopback(where.host)) return `http://${where.host}`;
  } else if (
    HOSTS.some(({ host, environment }) => host === where.host && environment === where.environment)
  ) {
    return `https://${where.host}`;
  }
  throw new RangeError('This host is not one the desk may call.');
}

/** Where the paper exchange answers in process: a name that no resolver knows, so that nothing can leave by mistake. */
export const PAPER_URL = 'http://paper.invalid';

/** Whether requests may go to this address at all: the last look before one leaves. */
export function mayCall(baseUrl: string): boolean {
  if (baseUrl === PAPER_URL) return true;
  return (
    HOSTS.some(({ host }) => baseUrl === `https://${host}`) ||
    (baseUrl.startsWith('http://') && isLoopback(baseUrl.slice('http://'.length)))
  );
}

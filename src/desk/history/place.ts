import { join } from 'node:path';
import type { VipLevel } from '../../bybit/common';
import { baseUrlOf, HOSTS } from '../../bybit/hosts';
import type { Account, Environment } from '../account';

/** Whose rates they are: an exchange's address, and the tier for which it named them. */
export interface Source {
  readonly environment: Environment;
  readonly host: string;
  readonly vipLevel: VipLevel;
}

/** Where rates come from that need no key. */
const PUBLIC: Pick<Source, 'environment' | 'host'> = { environment: 'mainnet', host: HOSTS[0]?.host ?? '' };

/** The source of the rates that an account's host tells anybody, or of the first host where it may not be called. */
export function publicSourceOf(account: Account): Source {
  const isPublic = account.environment !== 'paper' && mayCall(account);
  return sourceOf(isPublic ? account : undefined, 'VIP0');
}

function mayCall(account: Account): boolean {
  try {
    return baseUrlOf(account) !== '';
  } catch {
    return false;
  }
}

/** The source of an account's rates, or of the public ones. */
export function sourceOf(account: Account | undefined, vipLevel: VipLevel): Source {
  const { environment, host } = account ?? PUBLIC;
  return { environment, host, vipLevel };
}

/** The folder of an exchange, whatever the tier: what a person set up for it lies here. */
export function exchangeFolder(root: string, { environment, host }: Omit<Source, 'vipLevel'>): string {
  return join(root, 'history', environment, host.replace(/[^a-z\d.-]/gi, '_'));
}

/** The folder of a source: simulated, test and real rates never meet in one. */
export function sourceFolder(root: string, source: Source): string {
  return join(exchangeFolder(root, source), source.vipLevel);
}

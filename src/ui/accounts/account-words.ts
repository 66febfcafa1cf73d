import { HOSTS } from '../../bybit/hosts';
import { type Words, words } from '../../bybit/words';
import type { Account, Environment } from '../../desk/account';

/** The environment as every surface names it. */
export function environmentWords(environment: Environment): Words {
  switch (environment) {
    case 'mainnet':
      return words('Mainnet');
    case 'testnet':
      return words('Testnet');
    case 'paper':
      return words('Paper (simulated)');
    case 'loopback':
      return words('Loopback');
  }
}

/** What a host serves, e.g. "European Economic Area"; undefined where that says nothing. */
export function regionWords({ environment, host }: Pick<Account, 'environment' | 'host'>): Words | undefined {
  return HOSTS.find((one) => one.host === host && one.environment === environment)?.label;
}

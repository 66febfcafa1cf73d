/** Where an account lives (design.md, Accounts). Paper runs in process, loopback on `http://127.0.0.1:PORT`. */
export type Environment = 'mainnet' | 'testnet' | 'paper' | 'loopback';

/** An account as lists and files know it; its key is in SecretStorage, never here. */
export interface Account {
  /** Random, stable, not derived from the key; safe in file names. */
  readonly id: string;
  /** The user's own name for it. */
  readonly label: string;
  readonly environment: Environment;
  /** Host name of the table in `bybit/hosts.ts`; `127.0.0.1:PORT` for loopback; `paper` for paper. */
  readonly host: string;
  /** The user at the exchange that its key belongs to; undefined when that was never asked (paper). */
  readonly uid?: string | undefined;
}

import { type Words, words } from '../../bybit/words';
import type { FoundRecord, RecordReader } from '../../desk/records/reader';
import type { AccountRecord, RecordState } from '../../desk/records/record';
import type { RecordRow, RecordsState } from '../../webview/records-contract';
import { environmentWords } from '../accounts/account-words';
import { coinName } from '../coin-name';
import type { Session } from '../session';
import { obstacleOf } from './session-obstacle';

type Say = (sentence: Words) => string;

/** How far the histories of an account were read. */
export interface Reading {
  readonly reader: Pick<RecordReader, 'records' | 'failures' | 'isComplete'>;
  readonly isReading: boolean;
  /** Local epoch milliseconds. */
  readonly readAt: number;
}

const SYSTEMS: { readonly [System in AccountRecord['system']]: Words } = {
  common: words('flexible and fixed'),
  flexible: words('flexible'),
  fixed: words('fixed term'),
  legacy: words('legacy'),
  institutional: words('institutional'),
  account: words('account'),
  market: words('market'),
};

const STATES: { readonly [State in RecordState]: Words } = {
  done: words('done'),
  running: words('running'),
  failed: words('failed'),
};

/** What the page shows of a session, in the sentences of `say`. */
export function recordsModel(
  session: Session,
  reading: Reading | undefined,
  areAmountsHidden: boolean,
  say: Say,
): RecordsState {
  const reader = reading?.reader;
  return {
    source: sourceOf(session, say),
    obstacle: obstacleOf(session, words('A history belongs to an account, and none is chosen.'), say),
    rows: reader?.records.map((record) => rowOf(record, areAmountsHidden, say)) ?? [],
    isReading: reading?.isReading ?? session.kind === 'loading',
    isComplete: reader?.isComplete ?? false,
    failures:
      reader?.failures.map(({ name, error }) => ({
        text: say(words('Missing here: {0}. {1}', say(name), say(error.words))),
        advice: error.advice === undefined ? null : say(error.advice),
      })) ?? [],
    readAt: reading?.readAt ?? null,
    areAmountsHidden,
  };
}

function rowOf(record: FoundRecord, areAmountsHidden: boolean, say: Say): RecordRow {
  const { key, system, kind, time, coin, amount, what, state, details } = record;
  return {
    id: key,
    time,
    kind,
    coin: coinName(coin),
    amount: areAmountsHidden ? null : (amount ?? null),
    system: say(SYSTEMS[system]),
    what: say(what),
    state: say(STATES[state]),
    details: areAmountsHidden ? '' : details.map(say).join(' · '),
  };
}

function sourceOf(session: Session, say: Say): string {
  if (session.kind === 'loading' || session.kind === 'none') return '';
  const { label, environment } = session.account;
  return `${label} · ${say(environmentWords(environment))}`;
}

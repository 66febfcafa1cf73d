import * as v from 'valibot';
import type { Exchange } from '../../../bybit/exchange';
import { bindInsUid, getInsLtv, Operate } from '../../../bybit/institutional';
import { Status } from '../../../bybit/schema';
import { words } from '../../../bybit/words';
import type { Finding, OperationParams } from '../../operation';
import { type Definition, type HistoryPage, type Situation, UNSEEN_WORK_MS } from '../definition';
import { error, warning } from '../rules';
import { unitFindings, unitPool } from './unit-rules';

type Params = OperationParams['institutional.bind' | 'institutional.unbind'];

const UID = /^[1-9]\d{0,18}$/;

const common = {
  schema: v.object({ uid: v.string() }),
  pool: (_params: Params, snapshot: Situation['snapshot']) => unitPool(snapshot),
  apply: <Book>(book: Book) => book,
  marks: () => [],
  recordWithin: UNSEEN_WORK_MS,
  withoutSpotTrade: true,
  touches: ['riskUnit'],
} as const;

/** Take a UID into the risk unit. */
export const bindUid: Definition<Params> = {
  ...common,
  title: ({ uid }) => words('Bind UID {0} to the risk unit', uid),
  check: (params, situation) => [
    ...uidFindings(params),
    ...unitFindings(situation),
    ...(members(situation).includes(params.uid)
      ? [error('uid', words('UID {0} is bound already (3777002).', params.uid))]
      : []),
    warning(
      'uid',
      words(
        'The UID must be UTA Pro and free of institutional loans; what it holds then stands for the unit.',
      ),
    ),
  ],
  send: async (exchange, { uid }, options) => {
    await exchange.call(bindInsUid, { uid, operate: Operate.bind }, options);
    return undefined;
  },
  history: (exchange, { uid }) => membership(exchange, uid, true),
};

/** Let a UID go out of the risk unit. */
export const unbindUid: Definition<Params> = {
  ...common,
  title: ({ uid }) => words('Unbind UID {0} from the risk unit', uid),
  check: (params, situation) => [
    ...uidFindings(params),
    ...unitFindings(situation),
    ...departureFindings(params, situation),
  ],
  send: async (exchange, { uid }, options) => {
    await exchange.call(bindInsUid, { uid, operate: Operate.unbind }, options);
    return undefined;
  },
  history: (exchange, { uid }) => membership(exchange, uid, false),
};

function uidFindings({ uid }: Params): readonly Finding[] {
  return UID.test(uid) ? [] : [error('uid', words('A UID is a number of up to 19 digits (10001).'))];
}

function members({ snapshot }: Situation): readonly string[] {
  const unit = snapshot.parts.riskUnit.value;
  return unit === undefined ? [] : [unit.parentUid, ...unit.subAccountUids];
}

function departureFindings({ uid }: Params, situation: Situation): readonly Finding[] {
  const { riskUnit, key } = situation.snapshot.parts;
  if (riskUnit.value === undefined) return [];
  if (uid === riskUnit.value.parentUid) {
    return [error('uid', words('The designated UID cannot be unbound (3777004).'))];
  }
  if (uid === key.value?.userID) {
    return [error('uid', words('A UID cannot unbind itself (3777042).'))];
  }
  if (members(situation).includes(uid)) return [];
  return [error('uid', words('UID {0} is not bound (3777003).', uid))];
}

/** The record of a binding, which the exchange does not keep: that the unit shows it. */
async function membership(exchange: Exchange, uid: string, wanted: boolean): Promise<HistoryPage> {
  const { result, time } = await exchange.call(getInsLtv, {});
  const [unit] = result.ltvInfo;
  const shows = unit !== undefined && unit.subAccountUids.includes(uid) === wanted;
  const row = { id: uid, time, status: Status.success, matches: true, undated: true, final: true } as const;
  return { rows: shows ? [row] : [], cursor: undefined, time };
}

import { type Words, words } from '../../bybit/words';
import type { Account } from '../../desk/account';
import type { Desk } from '../../desk/operation';
import type { Failure, PartName, Snapshot } from '../../desk/snapshot';
import { environmentWords } from '../accounts/account-words';
import type { CommandId } from '../commands';
import { verbatim } from '../tree/row';
import type { FlowOptions, Host } from './host';

/** Older than this, what a flow shows is read again before its first step, milliseconds. */
const FRESH_MS = 30_000;

/** Parts that every operation on the pool rests on. */
export const POOL: readonly PartName[] = [
  'key',
  'position',
  'flexibleLoans',
  'wallet',
  'prices',
  'collateralRules',
];

/** A way on out of an obstacle: another command of ours, and whether the flow may go on after it. */
interface WayOn {
  readonly command: CommandId;
  readonly label: Words;
  readonly goesOn: boolean;
}

interface Obstacle {
  readonly severity: 'info' | 'warning' | 'error';
  readonly words: readonly Words[];
  readonly waysOn: readonly WayOn[];
}

const TRY_PAPER: WayOn = { command: 'tryPaper', label: words('Try the Paper Account'), goesOn: true };
const ADD: WayOn = { command: 'addAccount', label: words('Add an API Key'), goesOn: true };
const SWITCH: WayOn = { command: 'switchAccount', label: words('Switch Account'), goesOn: true };
const KEY_AGAIN: WayOn = { command: 'replaceKey', label: words('Enter the Key Again'), goesOn: true };
const LOOK: WayOn = { command: 'lookAgain', label: words('Look Again'), goesOn: false };
const BY_HAND: WayOn = { command: 'resolveByHand', label: words('Resolve by Hand'), goesOn: false };
const JOURNAL: WayOn = { command: 'openJournal', label: words('Show Journal'), goesOn: false };
const REFRESH: WayOn = { command: 'refresh', label: words('Try Again'), goesOn: true };
const LOG: WayOn = { command: 'showLog', label: words('Show Log'), goesOn: false };

/**
 * Everything that must be so before a flow asks anything: an account whose key may write, nothing open, and the parts
 * read. What stands in the way is said with the ways on; undefined when none of them led past it.
 */
export function enter(
  options: FlowOptions,
  needs: readonly PartName[],
  obstacleOf: (host: Host) => readonly Words[] | undefined,
): Promise<Host | undefined> {
  return arrive(options, async (host) => {
    const { desk, account } = host;
    await freshen(host, desk, needs);
    const obstacle = readOnly(desk, account.label) ?? open(desk) ?? unread(desk, needs);
    if (obstacle !== undefined) return obstacle;
    const nothing = obstacleOf(host);
    return nothing === undefined ? undefined : { severity: 'info', words: nothing, waysOn: [] };
  });
}

/** An account with something open: for the flows that look after it. */
export function enterOpen(options: FlowOptions): Promise<Host | undefined> {
  return arrive(options, async ({ desk }) =>
    desk.open.length > 0
      ? undefined
      : {
          severity: 'info',
          words: [words('Nothing is open on this account: every operation has its end.')],
          waysOn: [JOURNAL],
        },
  );
}

async function arrive(
  options: FlowOptions,
  obstacleTo: (host: Host) => Promise<Obstacle | undefined>,
): Promise<Host | undefined> {
  for (;;) {
    const found = await look(options, obstacleTo);
    if ('desk' in found) return found;
    const { severity, words: said, waysOn } = found;
    const actions = waysOn.map(({ command, label }) => ({ id: command, label }));
    const chosen = await options.asker.say({ severity, words: said, actions });
    const way = waysOn.find(({ command }) => command === chosen);
    if (way === undefined) return undefined;
    await options.run(way.command);
    if (!way.goesOn) return undefined;
  }
}

async function look(
  options: FlowOptions,
  obstacleTo: (host: Host) => Promise<Obstacle | undefined>,
): Promise<Host | Obstacle> {
  const session = await options.sessions.ready();
  if (session.kind === 'none') return noAccount();
  if (session.kind === 'locked') return locked(session.reason);
  const { account, desk } = session;
  const where = whereOf(account);
  const host: Host = { ...options, account, desk, where };
  return (await obstacleTo(host)) ?? host;
}

/** There is one paper account, so its environment names it. */
function whereOf({ label, environment }: Account): readonly Words[] {
  const place = environmentWords(environment);
  return environment === 'paper' ? [place] : [verbatim(label), place];
}

/** Reads again what is missing, failed or old. Never rejects; what failed is in the parts. */
export async function freshen(
  { asker, now }: Pick<FlowOptions, 'asker' | 'now'>,
  desk: Desk,
  needs: readonly PartName[],
): Promise<void> {
  const { parts } = desk.snapshot;
  const due = needs.filter((name) => {
    const { readAt, failure } = parts[name];
    // Keys and rules change rarely, and are read again in their own time.
    const isFresh = readAt !== undefined && (SLOW.has(name) || Math.abs(now() - readAt) < FRESH_MS);
    return !isFresh || failure !== undefined;
  });
  if (due.length > 0) await asker.during(words('Reading the account'), () => desk.refresh(due));
}

const SLOW: ReadonlySet<PartName> = new Set(['key', 'coins', 'collateralRules']);

function noAccount(): Obstacle {
  return {
    severity: 'info',
    words: [words('An account is needed for this.'), words('The paper account needs no key and no money.')],
    waysOn: [TRY_PAPER, ADD],
  };
}

function locked(reason: Words): Obstacle {
  return { severity: 'warning', words: [reason], waysOn: [KEY_AGAIN, SWITCH] };
}

function readOnly(desk: Desk, label: string): Obstacle | undefined {
  if (desk.canWrite !== false) return undefined;
  return {
    severity: 'warning',
    words: [
      words('The API key of {0} may only read: nothing can be sent with it.', label),
      words('It needs the permission Spot trade, read-write; make one at Bybit, or use another account.'),
    ],
    waysOn: [SWITCH, ADD],
  };
}

function open(desk: Desk): Obstacle | undefined {
  const first = desk.open[0];
  if (first === undefined) return undefined;
  const needsLook = desk.open.some(({ state }) => state === 'needsLook');
  return {
    severity: 'warning',
    words: [
      words('An operation of this account has no end yet, and others wait until it is known:'),
      first.title,
      ...(first.meanwhile ? [first.meanwhile] : []),
    ],
    waysOn: needsLook ? [LOOK, BY_HAND, JOURNAL] : [LOOK, JOURNAL],
  };
}

/** Whether it was not read, though there may be something. Without their rules the lines of legacy loans are not known. */
function isMissing(parts: Snapshot['parts'], name: PartName): boolean {
  if (parts[name].value !== undefined) return false;
  const hasLegacy = (parts.legacyLoans.value?.length ?? 0) > 0;
  return !parts[name].absent || (name === 'legacyRules' && hasLegacy);
}

/** Why the parts that are needed are not known; undefined where they are, or where the account has nothing of the kind. */
export function unread(desk: Desk, needs: readonly PartName[]): Obstacle | undefined {
  const { parts } = desk.snapshot;
  const missing = needs.filter((name) => isMissing(parts, name));
  if (missing.length === 0) return undefined;
  const failure: Failure | undefined = missing.flatMap((name) => parts[name].failure ?? [])[0];
  const what = words('The account could not be read, so nothing can be asked yet.');
  const causes = failure === undefined ? [] : [failure.words, ...(failure.advice ? [failure.advice] : [])];
  return { severity: 'error', words: [what, ...causes], waysOn: [REFRESH, LOG] };
}

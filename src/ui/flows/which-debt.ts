import { type Words, words } from '../../bybit/words';
import type { Desk } from '../../desk/operation';
import type { PartName } from '../../desk/snapshot';
import type { Choice } from '../flow/question';
import { askSingle } from '../flow/single';
import type { RowSubject } from '../tree/row';
import { freshen, unread } from './gate';
import type { FlowOptions } from './host';

/** Something of one loan system that a command can be about: a debt, a collateral. */
export interface Candidate {
  /** What the system's flow is started with. */
  readonly subject: RowSubject;
  readonly label: Words;
  readonly description: readonly Words[];
}

/** A loan system's own flow behind a command that all systems share. */
export interface SystemFlow {
  /** Heading above its candidates. */
  readonly system: Words;
  candidates(desk: Desk, locale: string): readonly Candidate[];
  run(options: FlowOptions, subject: RowSubject): Promise<void>;
}

/**
 * One command over several loan systems: what it was started from decides which flow goes on; otherwise a person chooses
 * among everything there is, unless it is only one. The first flow is the one that says what stands in the way.
 */
export async function runWhich(
  title: Words,
  placeholder: Words,
  flows: readonly [SystemFlow, ...SystemFlow[]],
  options: FlowOptions,
  subject: RowSubject,
): Promise<void> {
  const session = await options.sessions.ready();
  const [first] = flows;
  if (session.kind !== 'account') return first.run(options, subject);
  const { desk } = session;
  // What stands in the way of all of them is said by the gate of any.
  if (desk.canWrite === false || desk.open.length > 0) return first.run(options, subject);
  await freshen(options, desk, READ);
  const found = flows.flatMap((flow) =>
    flow.candidates(desk, options.locale).map((candidate) => ({ flow, candidate })),
  );
  const meant = found.filter(({ candidate }) => isMeant(subject, candidate.subject));
  // A coin alone names what has no number, the flexible loan, before all others.
  const exact = meant.filter(({ candidate }) => candidate.subject.record === subject.record);
  const isNamed = subject.record !== undefined || subject.coin !== undefined;
  const offered = isNamed && exact.length > 0 ? exact : meant;
  const [only] = offered;
  if (only === undefined && subject.record !== undefined) {
    const missing = unread(desk, READ);
    if (missing !== undefined) {
      await options.asker.say({ severity: missing.severity, words: missing.words, actions: [] });
      return;
    }
    // Another system's debt in the same coin was not meant.
    const gone = words('What this was about is not open any more: it was repaid, or has ended.');
    await options.asker.say({ severity: 'info', words: [gone], actions: [] });
    return;
  }
  if (only === undefined) return first.run(options, subject);
  if (offered.length === 1) return only.flow.run(options, { ...subject, ...only.candidate.subject });
  const rows = offered.map(({ flow, candidate }, index): Choice<number> => {
    const isNew = offered[index - 1]?.flow !== flow;
    const { label, description } = candidate;
    return { value: index, label, description, ...(isNew && { group: flow.system }) };
  });
  const chosen = await askSingle<number>(title, { placeholder, choices: () => rows }, options.asker);
  const entry = offered[chosen];
  if (entry === undefined) return;
  await entry.flow.run(options, { ...subject, ...entry.candidate.subject });
}

/** Whether a candidate has the number and the coin that were named, as far as any were. */
function isMeant({ record, coin }: RowSubject, candidate: RowSubject): boolean {
  if (record !== undefined && candidate.record !== record) return false;
  return coin === undefined || candidate.coin === coin;
}

/** What the candidates of all systems rest on. */
const READ: readonly PartName[] = [
  'position',
  'flexibleLoans',
  'collateralRules',
  'prices',
  'wallet',
  'fixedContracts',
  'legacyLoans',
  'riskUnit',
  'insOrders',
];

export const SYSTEM_WORDS = {
  flexible: words('Flexible loans'),
  fixed: words('Fixed loans'),
  legacy: words('Legacy loans'),
  institutional: words('Institutional unit'),
} as const;

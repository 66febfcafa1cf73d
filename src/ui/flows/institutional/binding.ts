import { words } from '../../../bybit/words';
import type { Desk, Operation } from '../../../desk/operation';
import { inputStep, pickStep } from '../../flow/steps';
import { verbatim } from '../../tree/row';
import type { DeedFlow } from '../deed';
import type { Host } from '../host';
import { REVIEW } from '../steps/review-step';

interface Answers {
  readonly uid: string;
}

const NO_UNIT = [words('This account belongs to no institutional risk unit.')];

/** Take a UID into the risk unit. */
export const bindUid: DeedFlow<Answers> = {
  title: words('Bind a UID to the Risk Unit'),
  needs: ['key', 'riskUnit'],
  obstacle: ({ desk }) => (hasUnit(desk) ? undefined : NO_UNIT),
  start: () => ({ uid: '' }),
  steps: (_, host) => [
    inputStep<Answers>(
      'uid',
      ({ uid }) => ({
        prompt: words('UID of an account of yours; what it holds then stands for the unit’s loans'),
        placeholder: words('A number, e.g. 592324'),
        text: uid,
        check: (text) => {
          const [found] = host.desk
            .check(bind({ uid: text.trim() }, host))
            .filter(({ severity }) => severity === 'error');
          return found === undefined ? undefined : { severity: 'error', words: found.words };
        },
      }),
      (_context, uid) => ({ uid: uid.trim() }),
    ),
  ],
  operation: bind,
  deed: ({ uid }) => words('Bind UID {0}', uid),
  stepOf: (field) => (field === 'uid' ? field : undefined),
};

/** Let a UID go out of the risk unit. */
export const unbindUid: DeedFlow<Answers> = {
  title: words('Unbind a UID from the Risk Unit'),
  needs: ['key', 'riskUnit'],
  obstacle: ({ desk }) => {
    if (!hasUnit(desk)) return NO_UNIT;
    return bound(desk).length > 0 ? undefined : [words('No UID beside the designated one is bound.')];
  },
  start: ({ record }, { desk }) => ({ uid: bound(desk).find((uid) => uid === record) ?? '' }),
  beginAt: ({ uid }) => (uid === '' ? undefined : REVIEW),
  steps: (_, host) => [
    pickStep<Answers, string>(
      'uid',
      ({ uid }) => ({
        placeholder: words('Which UID to let go?'),
        choices: () => bound(host.desk).map((each) => ({ value: each, label: verbatim(each) })),
        isCurrent: (value) => value === uid,
      }),
      (_context, uid) => ({ uid }),
    ),
  ],
  operation: ({ uid }, { account }) => ({
    kind: 'institutional.unbind',
    accountId: account.id,
    params: { uid },
  }),
  deed: ({ uid }) => words('Unbind UID {0}', uid),
  stepOf: (field) => (field === 'uid' ? field : undefined),
};

function hasUnit({ snapshot }: Pick<Desk, 'snapshot'>): boolean {
  return snapshot.parts.riskUnit.value !== undefined;
}

/** UIDs that can be let go: all but the designated one. */
function bound({ snapshot }: Pick<Desk, 'snapshot'>): readonly string[] {
  const unit = snapshot.parts.riskUnit.value;
  return unit === undefined ? [] : unit.subAccountUids.filter((uid) => uid !== unit.parentUid);
}

function bind({ uid }: Answers, { account }: Pick<Host, 'account'>): Operation {
  return { kind: 'institutional.bind', accountId: account.id, params: { uid } };
}

import { type Words, words } from '../../../bybit/words';
import { formatAge } from '../../../desk/format';
import type { OpenOperation } from '../../../desk/operation';
import { utcTime } from '../../../desk/utc';
import type { Row, RowIcon } from '../../tree/row';
import type { Section } from './section';

/** Operations whose end is not known yet: before all figures, since these may not have caught up with them. */
export const openSection: Section = ({ desk, now }) => {
  if (desk.open.length === 0) return [];
  return [
    ...desk.open.map((operation) => openRow(operation, now)),
    {
      id: 'open-lock',
      label: words('New operations wait'),
      description: words('until the above is settled'),
      tooltip: [
        words('While nobody knows how an operation ended, another one could do the same twice.'),
        words(
          'What is under way goes on in the background, also when this window is closed and opened again.',
        ),
      ],
      icon: { id: 'lock' },
    },
  ];
};

const STATES: {
  readonly [State in OpenOperation['state']]: {
    readonly icon: RowIcon;
    readonly short: Words;
    readonly long: Words;
  };
} = {
  sending: {
    icon: { id: 'loading~spin' },
    short: words('being sent'),
    long: words('It is on its way to the exchange.'),
  },
  processing: {
    icon: { id: 'sync' },
    short: words('accepted, being processed'),
    long: words('The exchange has taken it and works on it.'),
  },
  unknown: {
    icon: { id: 'question', color: 'list.warningForeground' },
    short: words('outcome unknown, being looked up'),
    long: words(
      'The answer was lost. The histories of the exchange are read until it is found or certain that it did not happen; nothing is sent again.',
    ),
  },
  needsLook: {
    icon: { id: 'warning', color: 'list.errorForeground' },
    short: words('you have to decide'),
    long: words(
      'No record of the exchange can be told to be that of this operation. Look at Bybit, then resolve it by hand.',
    ),
  },
};

function openRow({ id, operation, title, state, since, meanwhile }: OpenOperation, now: number): Row {
  const { icon, short, long } = STATES[state];
  return {
    id: `open:${id}`,
    label: title,
    description: [short, words('confirmed {0}', utcTime(since, now)), formatAge(now - since)],
    tooltip: [
      title,
      long,
      ...(meanwhile ? [meanwhile] : []),
      [words('Confirmed {0}', utcTime(since, now))],
      words('Click to look again; the context menu resolves it by hand.'),
    ],
    icon,
    tokens: ['open', state],
    command: 'loanDesk.lookAgain',
    about: {
      operationId: id,
      ...(operation !== undefined && 'coin' in operation.params && { coin: operation.params.coin }),
    },
  };
}

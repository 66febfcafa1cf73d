import { ZERO } from '../../../bybit/decimal';
import { words } from '../../../bybit/words';
import { formatUsd } from '../../../desk/format';
import { texts } from '../../tree/row';
import type { Section } from './section';

/** What all debts that bear interest by the hour cost at today's rates. */
export const interestSection: Section = ({ desk, locale }) => {
  const { book, figures } = desk;
  if (book === undefined || figures === undefined || book.debts.length === 0) return [];
  const { hour, day, year } = figures.interestUsd;
  const prepaid = book.debts.some(({ hourlyRate }) => hourlyRate === undefined);
  if (hour === ZERO && prepaid) return [];
  return [
    {
      id: 'interest',
      label: words('Interest'),
      description: [words('{0} a day', formatUsd(day, locale)), words('{0} a year', formatUsd(year, locale))],
      tooltip: texts(
        words('Interest of the flexible and fixed loans.'),
        words('{0} an hour at today’s rates and prices; both change.', formatUsd(hour, locale)),
        prepaid ? words('Debts without an hourly rate are not in it.') : undefined,
      ),
      icon: { id: 'percentage' },
    },
  ];
};

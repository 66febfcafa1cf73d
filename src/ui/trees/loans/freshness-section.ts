import { freshnessRow } from '../read-rows';
import type { Section } from './section';

/** How old the figures above are. */
export const freshnessSection: Section = ({ desk, now }) =>
  freshnessRow(desk.snapshot.parts, ['position', 'flexibleLoans', 'prices', 'wallet'], now);

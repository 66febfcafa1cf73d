import { ALL_PARTS } from '../part-names';
import { failureRows } from '../read-rows';
import type { Section } from './section';

/** What could not be read. The rest of the tree goes on with what was read before. */
export const failureSection: Section = ({ desk, now }) => failureRows(desk.snapshot.parts, ALL_PARTS, now);

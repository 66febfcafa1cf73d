import { type Words, words } from '../../../bybit/words';
import { type Desk, type Finding, NoReview, type Operation, type Review } from '../../../desk/operation';

/** The review of an operation; undefined when what it rests on is gone, as a loan that was repaid elsewhere meanwhile. */
export function reviewOf(desk: Desk, operation: Operation): Review | undefined {
  try {
    return desk.review(operation);
  } catch (error) {
    if (error instanceof NoReview) return undefined;
    throw error;
  }
}

/** The errors that stand in the way where there is no review; there always is one to tell. */
export function whyNoReview(desk: Desk, operation: Operation): readonly Finding[] {
  const errors = desk.check(operation).filter(({ severity }) => severity === 'error');
  return errors.length > 0 ? errors : [{ severity: 'error', field: '', words: GONE }];
}

const GONE: Words = words('What this rests on could not be read, or is not there any more.');

import * as v from 'valibot';

/** Commands that lead to an account which can be shown. */
export const WAYS_ON = [
  'tryPaper',
  'addAccount',
  'replaceKey',
  'switchAccount',
  'refresh',
  'showLog',
] as const;
export const wayOn = v.picklist(WAYS_ON);
export type WayOn = v.InferOutput<typeof wayOn>;

/** Why a page of an account has nothing to show, as both ends of a panel tell it; the best way on stands first. */
export const obstacle = v.object({
  text: v.pipe(v.string(), v.maxLength(4_000)),
  waysOn: v.pipe(v.array(wayOn), v.maxLength(WAYS_ON.length)),
});
export type Obstacle = v.InferOutput<typeof obstacle>;

/** Lines on one chart: as many as can be told apart. */
export const MOST_COINS = 6;
/** How far back a person may look, in days. */
export const DAYS = [7, 30, 90, 365] as const;
/** The same; null for as far as anything is known. */
export const SPANS: readonly ((typeof DAYS)[number] | null)[] = [...DAYS, null];

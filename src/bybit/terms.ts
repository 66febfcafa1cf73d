/** Terms in days for which the exchange names a rate. */
export const TERMS = ['7', '14', '30', '60', '90', '180'] as const;
export type Term = (typeof TERMS)[number];

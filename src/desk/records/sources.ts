import { FIXED_SOURCES } from './fixed';
import { INSTITUTIONAL_SOURCES } from './institutional';
import { LEGACY_SOURCES } from './legacy';
import { SHARED_SOURCES } from './shared';
import type { RecordSource } from './source';

/** Every history of the exchange that tells of loans; a loan system adds its own here. */
export const RECORD_SOURCES: readonly RecordSource[] = [
  ...SHARED_SOURCES,
  ...FIXED_SOURCES,
  ...LEGACY_SOURCES,
  ...INSTITUTIONAL_SOURCES,
];

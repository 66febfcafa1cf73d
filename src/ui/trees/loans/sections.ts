import { accountSection } from './account-section';
import { collateralSection } from './collateral-section';
import { debtsSection } from './debts-section';
import { failureSection } from './failure-section';
import { fixedSection } from './fixed-section';
import { freshnessSection } from './freshness-section';
import { institutionalSection } from './institutional-section';
import { interestSection } from './interest-section';
import { legacySection } from './legacy-section';
import { ltvSection } from './ltv-section';
import { openSection } from './open-section';
import { pricesSection } from './prices-section';
import type { Section } from './section';
import { supplySection } from './supply-section';
import { walletSection } from './wallet-section';

/** The Loans tree from top to bottom: a loan system's own groups get a line here and a file each. */
export const SECTIONS: readonly Section[] = [
  accountSection,
  openSection,
  failureSection,
  ltvSection,
  debtsSection,
  collateralSection,
  pricesSection,
  interestSection,
  fixedSection,
  supplySection,
  legacySection,
  institutionalSection,
  walletSection,
  freshnessSection,
];

import { isInRegion } from '../../rule.js';

/** States whose own programme for local debts has a rule in the register. */
const OWN_PROGRAMMES = ['US-CA', 'US-IL', 'US-NC'];

/** Whether the register has a rule for the refund programme of an office's State. */
export function hasOwnProgramme(jurisdictionId: string): boolean {
  return OWN_PROGRAMMES.some((region) => isInRegion(jurisdictionId, region));
}

/** Whether a jurisdiction of the United States is a State itself, by its id (`us-ca`), and not a local office. */
export function isState(jurisdictionId: string): boolean {
  return /^us-[a-z]{2}$/.test(jurisdictionId);
}

import type { Act } from '@concord/plugin-sdk';
import { STOP_KINDS } from '@concord/plugin-sdk';
import { RULES } from './register/index.js';
import { stopEffect, STOPS_BY_ACT } from './stops-by-act.js';

const STOP = 'STOP:';

/** Reasons that come from no rule and no stop. */
const NO_RULE: { readonly [rule: string]: string } = {
  REFERRAL: 'The office decides whom it asks to act for it; what it no longer asks for is taken back.',
  CORRECTION: 'The partner holds more than is owed. What is told is corrected with its next file.',
  PLUGIN: 'The connector could not work out what its partner should hold; a person must mend it.',
};

/**
 * Why something that stands in the way of an act names no source: what the register, or the table of stops, says about the
 * choice. For reasons whose citation is null.
 *
 * @param rule as reasons and release duties name it: a rule's id, or `STOP:<kind>`
 * @param country of the jurisdiction, ISO 3166-1 alpha-2
 */
export function whyWithoutCitation(rule: string, act: Act, country: string): string {
  const chosen = 'Chosen to protect the debtor.';
  const kind = STOP_KINDS.find((each) => rule === `${STOP}${each}`);
  if (kind !== undefined) return stopEffect(STOPS_BY_ACT, act, kind, country).note;
  return NO_RULE[rule] ?? RULES.find(({ id }) => id === rule)?.note ?? chosen;
}

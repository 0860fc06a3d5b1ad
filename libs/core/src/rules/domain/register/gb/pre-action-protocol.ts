import type { DebtSnapshot, IsoDate } from '@concord/plugin-sdk';
import { provedOn } from '../proofs-about.js';
import { GB_SUBJECTS } from './proof-subjects.js';

/**
 * Whether the protocol for debt claims protects somebody who would be sued: every person and sole trader. A business is
 * taken for a sole trader until the public register's entry of it is on record.
 */
export function isUnderProtocol(debt: DebtSnapshot, date: IsoDate): boolean {
  const { parties } = debt;
  if (parties.length === 0 || parties.some(({ kind }) => kind === 'person')) return true;
  return provedOn(debt, GB_SUBJECTS.companyRecord, date).length === 0;
}

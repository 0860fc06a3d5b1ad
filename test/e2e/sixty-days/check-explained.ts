import { demandsOn, limitsOf } from './demands.js';
import type { Act } from './demands.js';
import { actOf } from './check-told.js';
import type { OfficeDay } from './check-told.js';
import type { StoredDebt } from './facts.js';
import { isAdverse } from './told.js';
import type { ToldRecord } from './told.js';

/** Of `GET debts/{id}/acts`, what is looked at: written down here anew, so that a change of the contract is noticed. */
export interface Explained {
  readonly on: string;
  readonly acts: readonly {
    readonly act: string;
    readonly allowed: boolean;
    readonly says: string;
    readonly reasons: readonly {
      readonly rule: string;
      readonly outcome: string;
      readonly reason: string;
      readonly citation: string | null;
      readonly withoutCitation: string | null;
    }[];
  }[];
}

const ASKED = { block: 'keep-out', restrain: 'mark', close: 'end', withdraw: 'end' } as const;

function askedBy(outcome: string): (typeof ASKED)[keyof typeof ASKED] {
  const asked = Object.entries(ASKED).find(([each]) => each === outcome)?.[1];
  if (asked === undefined) throw new Error(`a reason has the outcome ${outcome}`);
  return asked;
}

/** How an explanation differs from what the rules ask of the stored debt, and what it leaves without a source or words. */
export function explanationFaults(day: OfficeDay, debt: StoredDebt, act: Act, explained: Explained): string[] {
  const where = `${day.date} ${debt.reference} ${act}`;
  const [found] = explained.acts;
  if (explained.on !== day.date || found?.act !== act) {
    return [`${where}: explained is another day or act`];
  }
  const demands = demandsOn(debt, act, day.date);
  const own = limitsOf(demands);
  const theirs = limitsOf(found.reasons.map(({ outcome }) => ({ asks: askedBy(outcome) })));
  const said = found.reasons.map(({ rule, outcome }) => `${rule} ${outcome}`).join(', ');
  const wanted = demands.map(({ rule, asks }) => `${rule} ${asks}`).join(', ');
  const faults: string[] = [];
  if (own.mayGrow !== theirs.mayGrow || own.mayBeUnmarked !== theirs.mayBeUnmarked || own.mustEnd !== theirs.mustEnd) {
    faults.push(`${where}: explained by [${said}], but the rules ask [${wanted}]`);
  }
  if (found.allowed !== theirs.mayGrow) faults.push(`${where}: allowed is ${found.allowed} with [${said}]`);
  for (const { rule, reason, citation, withoutCitation } of found.reasons) {
    if (isBlank(reason)) faults.push(`${where}: ${rule} has no words`);
    if (isBlank(citation) && isBlank(withoutCitation)) faults.push(`${where}: ${rule} has no source, and no word why`);
  }
  return faults;
}

/**
 * Records of the day that `explain` would have blocked. Only of debts about which nothing was stored since the record was
 * chosen: an explanation is about what is on record now.
 */
export function sentAgainst(day: OfficeDay, debt: StoredDebt, act: Act, { acts: [found] }: Explained): string[] {
  const unchangedSince = (at: Date): boolean =>
    [...debt.entries, ...debt.stops, ...debt.proofs].every(({ recordedAt }) => recordedAt <= at);
  const limits = limitsOf((found?.reasons ?? []).map(({ outcome }) => ({ asks: askedBy(outcome) })));
  const against = (record: ToldRecord): boolean =>
    isAdverse(record.state) &&
    record.entryEffectMinor === null &&
    (limits.mustEnd ||
      (record.state === 'active' && !limits.mayBeUnmarked) ||
      (!limits.mayGrow && !day.heldBefore.some((held) => isHeldBy(held, record))));
  return day.told
    .filter(({ debtId, date }) => debtId === debt.id && date === day.date)
    .filter(({ connector }) => actOf(day.office, connector) === act)
    .filter((record) => unchangedSince(record.chosenAt) && against(record))
    .map(({ connector, state }) => `${day.date} ${debt.reference} ${connector}: told ${state}, which explain blocks`);
}

function isHeldBy(
  held: { readonly connector: string; readonly debtId: string; readonly adverse: boolean },
  record: ToldRecord,
): boolean {
  return held.adverse && held.connector === record.connector && held.debtId === record.debtId;
}

function isBlank(text: string | null | undefined): boolean {
  return text === null || text === undefined || text.trim() === '';
}

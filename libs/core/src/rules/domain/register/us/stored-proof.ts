import type { DebtSnapshot, IsoDate, ProofKind, ProofSnapshot } from '@concord/plugin-sdk';

/** Kinds of proof that are papers: what is on them is said by the subject. */
const PAPERS: ReadonlySet<ProofKind> = new Set<ProofKind>(['certificate', 'document']);

/** The certificates and documents about a subject that are on record, dated `date` or before, oldest first. */
export function papersOn(debt: DebtSnapshot, subject: string, date: IsoDate): readonly ProofSnapshot[] {
  return debt.proofs
    .filter((proof) => isPaper(proof, subject) && proof.on <= date)
    .sort((a, b) => a.on.localeCompare(b.on));
}

/** The days from which certificates and documents about a subject count. */
export function paperDates(debt: DebtSnapshot, subject: string): readonly IsoDate[] {
  return debt.proofs.filter((proof) => isPaper(proof, subject)).map(({ on }) => on);
}

function isPaper({ kind, subject }: ProofSnapshot, wanted: string): boolean {
  return PAPERS.has(kind) && subject === wanted;
}

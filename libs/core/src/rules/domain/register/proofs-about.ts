import type { DebtSnapshot, IsoDate, ProofSnapshot } from '@concord/plugin-sdk';

/**
 * The days of all proofs about a subject up to a date, the earliest first. What came back as undeliverable proves nothing,
 * nor does what was only spoken about: who talked with the debtor about an order has not thereby obtained one.
 */
export function provedOn(debt: DebtSnapshot, subject: string, date: IsoDate): readonly IsoDate[] {
  return heardOn(withoutConversations(debt), subject, date);
}

/**
 * The days on which the office had a subject from anybody, conversations among them, the earliest first: for what protects
 * the debtor, who may say it by telephone, and for talks themselves.
 */
export function heardOn(debt: DebtSnapshot, subject: string, date: IsoDate): readonly IsoDate[] {
  return debt.proofs
    .filter((proof) => proof.subject === subject && proof.kind !== 'notice-returned' && proof.on <= date)
    .map(({ on }) => on)
    .sort();
}

function withoutConversations(debt: DebtSnapshot): DebtSnapshot {
  return { ...debt, proofs: debt.proofs.filter(({ kind }) => kind !== 'conversation-held') };
}

/**
 * The days of the orders, registrations or approvals about a subject that stand on a date, the earliest first. A
 * hearing about it that set it aside takes away what there was until that day; one that was adjourned decided nothing.
 */
export function ordersStanding(debt: DebtSnapshot, subject: string, date: IsoDate): readonly IsoDate[] {
  const isHearing = ({ kind, on, subject: about }: ProofSnapshot): boolean =>
    kind === 'hearing-outcome' && about === subject && on <= date;
  const setAsideOn = debt.proofs
    .filter((proof) => isHearing(proof) && proof.outcome === 'set-aside')
    .map(({ on }) => on)
    .sort()
    .at(-1);
  const proofs = debt.proofs.filter(({ outcome }) => outcome !== 'set-aside' && outcome !== 'adjourned');
  return provedOn({ ...debt, proofs }, subject, date).filter((on) => setAsideOn === undefined || on > setAsideOn);
}

/** The day of the latest proof about any of the subjects up to a date, as {@link provedOn}; null where there is none. */
export function lastProvedOn(debt: DebtSnapshot, subjects: readonly string[], date: IsoDate): IsoDate | null {
  return lastHeardOn(withoutConversations(debt), subjects, date);
}

/** The latest day on which the office had any of the subjects, as {@link heardOn}; null where there is none. */
export function lastHeardOn(debt: DebtSnapshot, subjects: readonly string[], date: IsoDate): IsoDate | null {
  const days = subjects.flatMap((subject) => heardOn(debt, subject, date));
  return days.sort().at(-1) ?? null;
}

/** A notice that was sent, and the first day on which what it had to come before may happen. */
export interface NoticeGiven {
  readonly sentOn: IsoDate;
  readonly passesOn: IsoDate;
}

/**
 * The notices about a subject that were sent up to a date and did not come back while they ran, the earliest first. One
 * that came back without a word of which it was speaks against every notice that was running then; one that outlasted its
 * time counts for good.
 *
 * @param passesOn the first day on which what a notice had to come before may happen, from the day of sending
 */
export function noticesGiven(
  debt: DebtSnapshot,
  subject: string,
  date: IsoDate,
  passesOn: (sentOn: IsoDate) => IsoDate,
): readonly NoticeGiven[] {
  const returned = debt.proofs
    .filter((proof) => proof.kind === 'notice-returned' && proof.on <= date && (proof.subject ?? subject) === subject)
    .map(({ on }) => on);
  const sent = debt.proofs.filter(
    (proof) => proof.kind === 'notice-sent' && proof.subject === subject && proof.on <= date,
  );
  return sent
    .map(({ on }) => ({ sentOn: on, passesOn: passesOn(on) }))
    .filter((notice) => !returned.some((on) => notice.sentOn <= on && on <= notice.passesOn))
    .sort((a, b) => a.sentOn.localeCompare(b.sentOn));
}

/** The first day on which one of several notices has run its time; null where there is none. */
export function firstPassing(notices: readonly NoticeGiven[]): IsoDate | null {
  return notices.map(({ passesOn }) => passesOn).sort()[0] ?? null;
}

/** Days on which a verdict that rests on proofs can change by time alone: each counts from its own day. */
export function proofDays(debt: DebtSnapshot): readonly IsoDate[] {
  return debt.proofs.map(({ on }) => on);
}

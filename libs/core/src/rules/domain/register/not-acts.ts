import type { Confirmation } from '../rule.js';

/** A row of the register that is no rule about an act of Concord's, and why. */
export interface NotAnAct {
  readonly id: string;
  readonly title: string;
  /** ISO 3166-1 alpha-2. */
  readonly countries: readonly string[];
  readonly citation: string;
  readonly confirmed: Confirmation;
  /** Why nothing that Concord does is judged by it, and where it is heeded otherwise. */
  readonly why: string;
}

/** The rows of the register that judge no act. With the rules in code they are the whole register. */
export const NOT_ACTS: readonly NotAnAct[] = [
  {
    id: 'US-FCRA-02',
    title: 'What was reported and has changed is corrected promptly',
    countries: ['US'],
    citation: '15 USC 1681s-2(a)(2)',
    confirmed: 'yes',
    why: 'Correcting what a bureau holds is no act to be allowed: a changed ledger makes the wanted position differ from the held one, and the next file carries the correction; US-FCRA-01 keeps an error from being furnished again.',
  },
  {
    id: 'US-FCRA-05',
    title: 'Disputes sent on by a credit bureau are answered in time',
    countries: ['US'],
    citation: '15 USC 1681s-2(b), 1681i(a)(1)',
    confirmed: 'partly',
    why: "Answering a bureau's dispute is a duty of a person, with a due date of the bureau's own; while the dispute stands as a stop, US-FCRA-03 marks the report.",
  },
  {
    id: 'US-FCRA-06',
    title: 'Disputes sent by the consumer are investigated in time',
    countries: ['US'],
    citation: '12 CFR 1022.43',
    confirmed: 'no',
    why: 'Answering a dispute that the debtor sent to the office is a duty of a person; while it stands as a stop, US-FCRA-03 marks the report.',
  },
  {
    id: 'US-FCRA-08',
    title: 'No credit report is pulled for an involuntary debt',
    countries: ['US'],
    citation: '15 USC 1681b(a)(3)(A); Pintos v. Pacific Creditors (9th Cir.)',
    confirmed: 'yes',
    why: 'Concord pulls no credit reports: no act of its vocabulary asks a bureau for one.',
  },
  {
    id: 'US-REGF-02',
    title: 'Validation information within five days',
    countries: ['US'],
    citation: '12 CFR 1006.34(a)(1)',
    confirmed: 'yes',
    why: "What a first letter must say is judged where letters are written (a letter before the validation notice is refused there with this id); what an agency writes is the agency's own duty.",
  },
  {
    id: 'US-REGF-05',
    title: 'At most seven calls in seven days',
    countries: ['US'],
    citation: '12 CFR 1006.14(b)(2)',
    confirmed: 'yes',
    why: 'Concord makes no calls; an agency counts its own, and no act of the vocabulary is a call.',
  },
  {
    id: 'US-REGF-09',
    title: 'Records are kept for three years',
    countries: ['US'],
    citation: '12 CFR 1006.100',
    confirmed: 'no',
    why: 'Keeping and deleting records is no act towards a debtor.',
  },
  {
    id: 'US-BK-06',
    title: 'Keeping property is not by itself an act against the stay',
    countries: ['US'],
    citation: 'Chicago v. Fulton (2021)',
    confirmed: 'yes',
    why: 'It allows something (keeping what the office already has) and forbids nothing; whether to rely on it is for counsel.',
  },
  {
    id: 'US-BK-07',
    title: 'The claim in a bankruptcy is filed in time',
    countries: ['US'],
    citation: '11 USC 502(b)(9)',
    confirmed: 'no',
    why: 'A proof of claim in the bankruptcy court is filed by counsel: a right of the office with a date of its own, and no act against the debtor.',
  },
  {
    id: 'US-BK-08',
    title: 'The stay of who files again',
    countries: ['US'],
    citation: '11 USC 362(c)(3),(4)',
    confirmed: 'yes',
    why: 'It only shortens a stay: Concord keeps the whole stay until a person records, after counsel, that it ended (`reliefOn` or `closedOn`).',
  },
  {
    id: 'US-SCRA-02',
    title: 'Service interrupts limitation and caps interest',
    countries: ['US'],
    citation: '50 USC 3936, 3937',
    confirmed: 'no',
    why: 'The cap is on interest, which the ledger accrues; that service lengthens the time to sue is not used, so US-SOL-01 counts without it.',
  },
  {
    id: 'US-JNT-01',
    title: 'A share of a joint refund may have to be given back',
    countries: ['US'],
    citation: 'IRS Topic 203',
    confirmed: 'yes',
    why: 'It says how money from a joint refund is booked once it came; no act is opened by it.',
  },
  {
    id: 'US-NC-03',
    title: 'A notice within ten days of receiving a refund',
    countries: ['US'],
    citation: 'G.S. 105A-8(a)',
    confirmed: 'yes',
    why: 'It is a duty after a refund was taken, of State agencies only: it concerns money that came, no act to be allowed.',
  },
  {
    id: 'US-GLBA-01',
    title: 'Agencies safeguard what they hold of customers',
    countries: ['US'],
    citation: '16 CFR 314',
    confirmed: 'no',
    why: 'A duty of the agency towards its own regulator, agreed in the contract with it; nothing about one debt decides it.',
  },
  {
    id: 'US-DPPA-01',
    title: 'Motor-vehicle records only for a listed purpose',
    countries: ['US'],
    citation: '18 USC 2721(b)',
    confirmed: 'no',
    why: 'Concord makes no skip traces of motor-vehicle records: no act of its vocabulary asks for one.',
  },
  {
    id: 'US-CCPA-01',
    title: "Consumers' requests are honoured",
    countries: ['US'],
    citation: 'Cal Civ 1798.130, .140',
    confirmed: 'no',
    why: "A consumer's request for data is answered by a person, and is no act against the debtor.",
  },
  {
    id: 'US-SSN-01',
    title: 'No full Social Security number in mail',
    countries: ['US'],
    citation: '31 CFR 285 (2022 amendment)',
    confirmed: 'partly',
    why: "Kept by construction: a letter and a log have no access to identifiers, which are resolved only while a partner's file is encoded.",
  },
  {
    id: 'UK-BS-03',
    title: 'Charges that accrued in breathing space are never collected',
    countries: ['GB'],
    citation: 'CPAG on DRS Regs',
    confirmed: 'yes',
    why: 'It is about what may be posted: the ledger posts no interest for the days of a moratorium and withholds for good the interest and fees that a host raises in one, so no act is ever for them.',
  },
  {
    id: 'UK-GDPR-02',
    title: 'Breaches are told, new connectors assessed',
    countries: ['GB'],
    citation: 'UK GDPR Arts 33, 35, 22',
    confirmed: 'no',
    why: 'Telling of a breach within 72 hours, and assessing a new connector, are duties of the office about its systems; no act on a debt meets or breaks them. That no adverse step is decided by a program alone is for how the office approves its strategies and releases.',
  },
  {
    id: 'CA-BIA-03',
    title: 'Court fines survive a discharge',
    countries: ['CA'],
    citation: 'BIA 178(1)(a)',
    confirmed: 'no',
    why: 'It says what survives a discharge and forbids nothing: a person names the debts that survive, with the provision, when the discharge is recorded, and what is not named stays held by CA-BIA-01.',
  },
  {
    id: 'CA-RSO-02',
    title: 'Child benefit is not counted on',
    countries: ['CA'],
    citation: 'CRA 2023 tip',
    confirmed: 'yes',
    why: 'Which payments to a debtor may be intercepted is decided by the Canada Revenue Agency; Concord names a debt and its amount to it, never a payment, and counts no payment as expected.',
  },
  {
    id: 'CA-PRIV-01',
    title: 'Public bodies guard what they collect',
    countries: ['CA'],
    citation: 'ATIPPA 2015 s.64 ff',
    confirmed: 'no',
    why: 'It is about how a public body collects, uses and guards what it knows, and whom it tells of a breach; it allows or forbids no single act on a debt.',
  },
];

import type { StopColumn } from './stop-effect.js';

const BANKRUPT =
  'You are in bankruptcy or insolvency proceedings. The office may not go to court, nor go on in court, about this debt.';
const DISPUTED = 'You dispute this debt. Until the office has answered you, it does not go to court about it.';
const SERVING =
  'You are on active military service. The office does not go to court about this debt, and asks for no judgment in your absence.';

/**
 * What each kind of stop does to claiming a debt in court.
 *
 * A claim that is filed is before a court, and to take it back is to give it up: it may be too late for another one. So
 * nothing ends it that only asks for time; the court is told instead, which is what the mark is for, and stays it.
 */
export const STOPS_ON_FILE_CLAIM: StopColumn = {
  insolvency: {
    effects: ['block', 'restrain'],
    reason: BANKRUPT,
    citation: null,
    confirmed: 'no',
    note: 'Insolvency laws stay actions; that the court is told is the more careful choice.',
    countries: {
      US: {
        effects: ['block', 'restrain'],
        reason: BANKRUPT,
        citation: '11 USC 362(a)',
        confirmed: 'partly',
        note: 'US-BK-01 names suits. That one which is filed is told to the court as stayed, and not given up, is chosen here.',
        release: { withinBusinessDays: 1 },
        decidedBy: 'US-BK-01',
      },
      CA: {
        effects: ['block', 'restrain'],
        reason: BANKRUPT,
        citation: 'BIA ss.69, 69.1-69.3',
        confirmed: 'partly',
        note: 'CA-BIA-01 names actions. Section 69 is confirmed, the others are not.',
        decidedBy: 'CA-BIA-01',
      },
    },
  },
  moratorium: {
    effects: ['block', 'restrain'],
    reason: 'A moratorium protects you. The office does not go to court, nor go on in court, while it lasts.',
    citation: null,
    confirmed: 'no',
    note: 'The register has no moratorium outside England and Wales. A recorded one still may not be worked against.',
    countries: {
      GB: {
        effects: ['block', 'restrain'],
        reason: 'Breathing space protects you. The office does not go to court, nor go on in court, while it lasts.',
        citation: 'SI 2020/1311 regs 7, 25, 26',
        confirmed: 'partly',
        note: 'UK-BS-01 stops enforcement: seen in guidance, not in the instrument. A court that has the claim is told.',
        release: { withinBusinessDays: 0 },
        decidedBy: 'UK-BS-01',
      },
    },
  },
  dispute: {
    effects: ['block'],
    reason: DISPUTED,
    citation: null,
    confirmed: 'no',
    note: 'The office answers before it claims. What is before a court already is decided there.',
    countries: {
      US: {
        effects: ['block', 'restrain'],
        reason: DISPUTED,
        citation: '12 CFR 1006.38(d)',
        confirmed: 'no',
        note: 'US-REGF-04: collection ceases until verification is sent, and a suit is collection. Any dispute on record is held to it.',
      },
      GB: {
        effects: ['block'],
        reason: DISPUTED,
        citation: 'PAP s.4-5',
        confirmed: 'no',
        note: 'UK-PAP-02: no claim for thirty days from the reply form or the documents asked for. Any dispute on record is held to it until it is answered.',
      },
    },
  },
  deceased: {
    effects: ['block', 'restrain'],
    reason: 'The person who owed this debt has died. The office turns to the estate and does not sue them.',
    citation: null,
    confirmed: 'no',
    note: 'US-DEC-01 sends the debt to the estate. Whether a claim goes on against it is for a person to decide.',
  },
  'active-duty': {
    effects: ['block'],
    reason: SERVING,
    citation: null,
    confirmed: 'no',
    note: 'As in the United States, as the more careful choice; a claim that is filed goes on.',
    countries: {
      US: {
        effects: ['block', 'restrain'],
        reason: SERVING,
        citation: '50 USC 3931',
        confirmed: 'partly',
        note: 'US-SCRA-01 asks for a lawyer and a stay of at least 90 days before a default judgment. That nothing is filed at all is chosen here.',
      },
    },
  },
  minor: {
    effects: ['withdraw'],
    reason: 'The person concerned is a minor. The office does not go to court about this debt.',
    citation: null,
    confirmed: 'no',
    note: 'The register has no rule on minors; the choice that protects them.',
  },
  hardship: {
    effects: ['block', 'restrain'],
    reason: 'You are in hardship. While that lasts, the office does not press you in court for this debt.',
    citation: null,
    confirmed: 'no',
    note: 'A judgment gives nobody the means to pay, and adds its costs.',
  },
  'do-not-contact': {
    effects: [],
    reason: 'That you do not want to be contacted does not keep the office from going to court.',
    citation: null,
    confirmed: 'no',
    note: 'A claim is served by law. The letters that must come before it are owed whatever the debtor asked.',
  },
  'hearing-pending': {
    effects: ['block'],
    reason: 'A hearing about this debt is pending. Until it is decided, the office makes no claim in court.',
    citation: null,
    confirmed: 'no',
    note: 'Until the hearing it is open whether the debt is owed. A claim that is filed may be what is heard: it is left alone.',
  },
  appeal: {
    effects: ['block', 'restrain'],
    reason: 'You have appealed about this debt. Until that is decided, the office does not go on in court.',
    citation: null,
    confirmed: 'no',
    note: 'Under appeal it is open whether the debt is owed.',
  },
  'judicial-stay': {
    effects: ['block', 'restrain'],
    reason: 'A court has stayed action on this debt. The office does nothing in court about it while the stay lasts.',
    citation: null,
    confirmed: 'no',
    note: 'A stay keeps a claim where it is; to give it up is not what a court asks that stays it.',
  },
  vulnerability: {
    effects: ['block'],
    reason: 'The office takes particular care in dealing with you, and makes no claim that nobody has looked at.',
    citation: null,
    confirmed: 'no',
    note: 'A person decides whether to claim. In a claim that is filed, taking care is in the hands of the court.',
  },
  arrangement: {
    effects: ['block', 'restrain'],
    reason: 'You keep a payment arrangement with the office. Meanwhile it does not go to court, nor go on in court.',
    citation: null,
    confirmed: 'no',
    note: 'UK-PAP-03 goes to court only when talks have failed; what is paid as agreed is not sued for anywhere.',
    onlyNamedActs: true,
  },
};

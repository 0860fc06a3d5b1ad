import type { StopColumn } from './stop-effect.js';

const BANKRUPT =
  'You are in bankruptcy or insolvency proceedings. The office does not write to you about paying this debt.';
const NOT_TO_CONTACT = 'You have asked not to be contacted about this debt.';
const DECEASED = 'The person who owed this debt has died. The office turns to the estate.';
const DISPUTED = 'You dispute this debt. Until the office has answered you, it does not ask you to pay.';

/**
 * What each kind of stop does to a letter that asks for payment. A letter leaves nothing standing that could be marked or
 * taken back, so each stop blocks or does nothing. What the office owes a debtor under a stop, such as an answer to a
 * dispute, is written by a person.
 */
export const STOPS_ON_CONTACT: StopColumn = {
  insolvency: {
    effects: ['block'],
    reason: BANKRUPT,
    citation: null,
    confirmed: 'no',
    note: 'Insolvency laws stay remedies; that letters end with them is the more careful choice.',
    countries: {
      US: {
        effects: ['block'],
        reason: BANKRUPT,
        citation: '11 USC 362(a)',
        confirmed: 'yes',
        note: 'US-BK-01 names letters. What ends the stay is in the details of the stop.',
        decidedBy: 'US-BK-01',
      },
    },
  },
  moratorium: {
    effects: ['block'],
    reason: 'A moratorium protects you. The office does not ask you to pay while it lasts.',
    citation: null,
    confirmed: 'no',
    note: 'The register has no moratorium outside England and Wales. A recorded one still may not be worked against.',
    countries: {
      GB: {
        effects: ['block'],
        reason: 'Breathing space protects you. The office does not ask you to pay while it lasts.',
        citation: 'SI 2020/1311 regs 7, 25, 26',
        confirmed: 'yes',
        note: 'UK-BS-01 stops contact: seen in guidance, not in the instrument. It also knows the notice of the end.',
        decidedBy: 'UK-BS-01',
      },
    },
  },
  dispute: {
    effects: ['block'],
    reason: DISPUTED,
    citation: null,
    confirmed: 'no',
    note: 'A contested debt is not demanded as if it were not.',
    countries: {
      US: {
        effects: ['block'],
        reason: DISPUTED,
        citation: '12 CFR 1006.38(d)',
        confirmed: 'no',
        note: 'US-REGF-04: collection ceases until verification is sent. The rule asks for a written dispute in the validation period; any dispute on record is held to it.',
      },
    },
  },
  deceased: {
    effects: ['block'],
    reason: DECEASED,
    citation: null,
    confirmed: 'no',
    note: 'As in the United States, as the more careful choice.',
    countries: {
      US: {
        effects: ['block'],
        reason: DECEASED,
        citation: '12 CFR 1006.6(a)(4), comment 34(a)(1)',
        confirmed: 'yes',
        note: 'US-DEC-01: no contact with the deceased. A letter to the executor is written by a person.',
      },
    },
  },
  'active-duty': {
    effects: [],
    reason: 'You are on active military service.',
    citation: null,
    confirmed: 'no',
    note: 'No rule of the register forbids to write to somebody in service.',
  },
  minor: {
    effects: ['block'],
    reason: 'The person concerned is a minor.',
    citation: null,
    confirmed: 'no',
    note: 'The register has no rule on minors; the choice that protects them.',
  },
  hardship: {
    effects: ['block'],
    reason: 'You are in hardship. While that lasts, the office does not press you for this debt.',
    citation: null,
    confirmed: 'no',
    note: 'Hardship bears on what is asked of a debtor, and these letters ask.',
  },
  'do-not-contact': {
    effects: ['block'],
    reason: NOT_TO_CONTACT,
    citation: null,
    confirmed: 'no',
    note: 'What a debtor asked of the office binds its letters first of all.',
    countries: {
      US: {
        effects: ['block'],
        reason: NOT_TO_CONTACT,
        citation: '12 CFR 1006.6(c)',
        confirmed: 'no',
        note: 'US-REGF-06: the request to cease.',
      },
    },
  },
  'hearing-pending': {
    effects: ['block'],
    reason: 'A hearing about this debt is pending. Until it is decided, the office does not ask you to pay.',
    citation: null,
    confirmed: 'no',
    note: 'Until the hearing it is open whether the debt is owed.',
  },
  appeal: {
    effects: ['block'],
    reason: 'You have appealed about this debt. Until that is decided, the office does not ask you to pay.',
    citation: null,
    confirmed: 'no',
    note: 'Under appeal it is open whether the debt is owed.',
  },
  'judicial-stay': {
    effects: ['block'],
    reason: 'A court has stayed action on this debt.',
    citation: null,
    confirmed: 'no',
    note: 'What a stay reaches is in the order itself; a letter that asks for payment is held back in any case.',
  },
  vulnerability: {
    effects: ['block'],
    reason: 'The office takes particular care in dealing with you, and sends you no letter that nobody has looked at.',
    citation: null,
    confirmed: 'no',
    note: 'Vulnerability bears on how a debtor is dealt with. A person decides whether and how to write.',
  },
  arrangement: {
    effects: ['block'],
    reason: 'You keep a payment arrangement with the office.',
    citation: null,
    confirmed: 'no',
    note: 'Contact is how an office reminds of instalments: it is held back where the office names it. Notices that ask for the whole debt are refused whatever it names.',
    onlyNamedActs: true,
  },
};

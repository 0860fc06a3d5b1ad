import type { StopColumn } from './stop-effect.js';

const BANKRUPT = 'You are in bankruptcy or insolvency proceedings. No collection agency may collect this debt.';
const DISPUTED =
  'You dispute this debt. Until the office has answered you, no collection agency may go on collecting it.';
const DECEASED =
  'The person who owed this debt has died. No collection agency collects it; the office turns to the estate.';
const NOT_TO_CONTACT =
  'You have asked not to be contacted about this debt. The work of a collection agency is contact, so none may go on with it.';

/**
 * What each kind of stop does to placing a debt with a collection agency.
 *
 * An agency does nothing but ask for the money. So every stop keeps a debt from being newly placed, and nearly every one
 * at least marks a placement that stands; a debt that its agency can't be told to mark is called back from it.
 */
export const STOPS_ON_PLACE: StopColumn = {
  insolvency: {
    effects: ['close'],
    reason: BANKRUPT,
    citation: null,
    confirmed: 'no',
    note: 'Insolvency laws stay remedies; that a placement ends with them is the more careful choice.',
    countries: {
      US: {
        effects: ['close'],
        reason: BANKRUPT,
        citation: '11 USC 362(a)',
        confirmed: 'yes',
        note: 'US-BK-01 also knows dismissal, closing and relief. This holds where that rule is out of force.',
        decidedBy: 'US-BK-01',
      },
      CA: {
        effects: ['close'],
        reason: BANKRUPT,
        citation: 'BIA ss.69, 69.1-69.3',
        confirmed: 'partly',
        note: 'CA-BIA-01 has the agency stopped, and knows relief and dismissal. Section 69 is confirmed, the others are not.',
        decidedBy: 'CA-BIA-01',
      },
    },
  },
  moratorium: {
    effects: ['close'],
    reason: 'A moratorium protects you. No collection agency may collect this debt while it lasts.',
    citation: null,
    confirmed: 'no',
    note: 'The register has no moratorium outside England and Wales. A recorded one still may not be worked against.',
    countries: {
      GB: {
        effects: ['withdraw'],
        reason: 'Breathing space protects you. No one may collect this debt for the office while it lasts.',
        citation: 'SI 2020/1311 regs 7, 25, 26',
        confirmed: 'partly',
        note: 'Agents must stop as well and be told the same day: seen in guidance, not in the instrument. Taking the debt back, and not only pausing it, is the more careful reading.',
        release: { withinBusinessDays: 0 },
        decidedBy: 'UK-BS-01',
      },
    },
  },
  dispute: {
    effects: ['block', 'restrain'],
    reason: DISPUTED,
    citation: null,
    confirmed: 'no',
    note: 'A contested debt is not collected as if it were not.',
    countries: {
      US: {
        effects: ['block', 'restrain'],
        reason: DISPUTED,
        citation: '12 CFR 1006.38(d)',
        confirmed: 'no',
        note: 'US-REGF-04: collection ceases until verification is sent. The rule asks for a written dispute in the validation period; any dispute on record is held to it.',
      },
    },
  },
  deceased: {
    effects: ['close'],
    reason: DECEASED,
    citation: null,
    confirmed: 'no',
    note: 'As in the United States, as the more careful choice.',
    countries: {
      US: {
        effects: ['close'],
        reason: DECEASED,
        citation: '12 CFR 1006.6(a)(4), comment 34(a)(1)',
        confirmed: 'partly',
        note: 'US-DEC-01: no contact with the deceased, the debt goes to the estate. That a placement ends, and is not turned to the estate by the agency, is chosen here.',
      },
    },
  },
  'active-duty': {
    effects: ['block'],
    reason: 'You are on active military service. This debt is not given to a collection agency meanwhile.',
    citation: null,
    confirmed: 'no',
    note: 'No rule of the register forbids an agency to keep what it has; nothing new is placed during service.',
  },
  minor: {
    effects: ['withdraw'],
    reason: 'The person concerned is a minor. The debt is not given to a collection agency.',
    citation: null,
    confirmed: 'no',
    note: 'The register has no rule on minors; the choice that protects them.',
  },
  hardship: {
    effects: ['block', 'restrain'],
    reason: 'You are in hardship. While that lasts, no collection agency may press you for this debt.',
    citation: null,
    confirmed: 'no',
    note: 'Hardship bears on what is asked of a debtor, and asking is all that an agency does. Both, as the more careful choice: a block alone would leave an agency at work that has the debt already.',
  },
  'do-not-contact': {
    effects: ['block', 'restrain'],
    reason: NOT_TO_CONTACT,
    citation: null,
    confirmed: 'no',
    note: 'What the debtor asked of the office is asked of everyone who acts for it.',
    countries: {
      US: {
        effects: ['block', 'restrain'],
        reason: NOT_TO_CONTACT,
        citation: '12 CFR 1006.6(c)',
        confirmed: 'no',
        note: 'US-REGF-06: the wish goes to every partner. An agency whose files have no mark for it gets a recall.',
      },
    },
  },
  'hearing-pending': {
    effects: ['block', 'restrain'],
    reason:
      'A hearing about this debt is pending. Until it is decided, no collection agency may go on collecting the debt.',
    citation: null,
    confirmed: 'no',
    note: 'Until the hearing it is open whether the debt is owed.',
  },
  appeal: {
    effects: ['block', 'restrain'],
    reason:
      'You have appealed about this debt. Until that is decided, no collection agency may go on collecting the debt.',
    citation: null,
    confirmed: 'no',
    note: 'Under appeal it is open whether the debt is owed.',
  },
  'judicial-stay': {
    effects: ['close'],
    reason: 'A court has stayed action on this debt. No collection agency may collect it while the stay lasts.',
    citation: null,
    confirmed: 'no',
    note: "What a stay reaches is in the order itself, and obeying it is not left to an agency's reading of a mark. After the stay the debt can be placed again.",
  },
  vulnerability: {
    effects: ['block', 'restrain'],
    reason:
      'The office takes particular care in dealing with you. Meanwhile no collection agency may press you for this debt.',
    citation: null,
    confirmed: 'no',
    note: 'Vulnerability bears on how a debtor is dealt with, and an agency is dealing with them. A person decides whether it may go on.',
  },
  arrangement: {
    effects: ['block', 'restrain'],
    reason:
      'You keep a payment arrangement with the office. Meanwhile no collection agency may press you for this debt.',
    citation: null,
    confirmed: 'no',
    note: 'The register names arrangements for licence holds (US-CHI-01) and vehicle renewals (CA-NL-01) only; that an agency stays out of what is paid as agreed is chosen here. An office may name other acts.',
    onlyNamedActs: true,
  },
};

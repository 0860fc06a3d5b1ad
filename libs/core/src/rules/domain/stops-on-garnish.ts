import type { StopColumn } from './stop-effect.js';

const BANKRUPT =
  'You are in bankruptcy or insolvency proceedings. Nothing may be taken from your wages or your accounts for this debt.';

/**
 * What each kind of stop does to taking a debt out of the debtor's wages or accounts, through whoever owes them.
 *
 * A garnishment takes again and again by itself. So every stop but one reaches one that stands: it is marked as on hold,
 * or ended where there is no such mark.
 */
export const STOPS_ON_GARNISH: StopColumn = {
  insolvency: {
    effects: ['close'],
    reason: BANKRUPT,
    citation: null,
    confirmed: 'no',
    note: 'Insolvency laws stay remedies; that a garnishment ends with them is the more careful choice.',
    countries: {
      US: {
        effects: ['close'],
        reason: BANKRUPT,
        citation: '11 USC 362(a)',
        confirmed: 'yes',
        note: 'US-BK-01 names garnishment. What was taken after the petition goes back, which is for a person.',
        release: { withinBusinessDays: 1 },
        decidedBy: 'US-BK-01',
      },
      CA: {
        effects: ['close'],
        reason: BANKRUPT,
        citation: 'BIA ss.69, 69.1-69.3',
        confirmed: 'partly',
        note: 'CA-BIA-01 names garnishment and has the sheriff stopped. Section 69 is confirmed, the others are not.',
        decidedBy: 'CA-BIA-01',
      },
    },
  },
  moratorium: {
    effects: ['close'],
    reason: 'A moratorium protects you. Nothing is taken from your wages or your accounts while it lasts.',
    citation: null,
    confirmed: 'no',
    note: 'The register has no moratorium outside England and Wales. A recorded one still may not be worked against.',
    countries: {
      GB: {
        effects: ['withdraw'],
        reason: 'Breathing space protects you. Nothing is taken from your earnings or your accounts while it lasts.',
        citation: 'SI 2020/1311 regs 7, 25, 26',
        confirmed: 'yes',
        note: 'UK-BS-01 stops enforcement, also by others, who are told the same day: seen in guidance, not in the instrument.',
        release: { withinBusinessDays: 0 },
        decidedBy: 'UK-BS-01',
      },
    },
  },
  dispute: {
    effects: ['block', 'restrain'],
    reason: 'You dispute this debt. Until the office has answered you, nothing is taken from your wages for it.',
    citation: null,
    confirmed: 'no',
    note: 'A contested debt is not taken as if it were not.',
  },
  deceased: {
    effects: ['close'],
    reason: 'The person who owed this debt has died. Nothing is taken for it any more; the office turns to the estate.',
    citation: null,
    confirmed: 'no',
    note: 'US-DEC-01 sends the debt to the estate. What an employer or a bank still owes belongs to it.',
  },
  'active-duty': {
    effects: ['block', 'restrain'],
    reason: 'You are on active military service. Nothing is taken from your pay for this debt meanwhile.',
    citation: null,
    confirmed: 'no',
    note: 'US-SCRA-01 is about judgments in default; that what follows from them waits as well is the more careful choice.',
  },
  minor: {
    effects: ['withdraw'],
    reason: 'The person concerned is a minor. Nothing is taken from them for this debt.',
    citation: null,
    confirmed: 'no',
    note: 'The register has no rule on minors; the choice that protects them.',
  },
  hardship: {
    effects: ['block', 'restrain'],
    reason: 'You are in hardship. While that lasts, nothing is taken from your wages or your accounts for this debt.',
    citation: null,
    confirmed: 'no',
    note: 'Wages are what somebody in hardship lives on. Both, as a block alone would leave a garnishment at work.',
  },
  'do-not-contact': {
    effects: [],
    reason: 'That you do not want to be contacted does not change what is taken from wages or accounts.',
    citation: null,
    confirmed: 'no',
    note: 'An employer or a bank is asked, not the debtor. The notice that must come before it is owed whatever they asked.',
  },
  'hearing-pending': {
    effects: ['block', 'restrain'],
    reason: 'A hearing about this debt is pending. Until it is decided, nothing is taken from your wages for it.',
    citation: null,
    confirmed: 'no',
    note: 'Until the hearing it is open how much is owed, and how much of it may be taken.',
  },
  appeal: {
    effects: ['block', 'restrain'],
    reason: 'You have appealed about this debt. Until that is decided, nothing is taken from your wages for it.',
    citation: null,
    confirmed: 'no',
    note: 'Under appeal it is open whether the debt is owed.',
  },
  'judicial-stay': {
    effects: ['close'],
    reason: 'A court has stayed action on this debt. Nothing is taken from your wages or your accounts meanwhile.',
    citation: null,
    confirmed: 'no',
    note: "What a stay reaches is in the order itself, and obeying it is not left to an employer's reading of a mark.",
  },
  vulnerability: {
    effects: ['block', 'restrain'],
    reason:
      'The office takes particular care in dealing with you. Meanwhile nothing is taken from your wages or accounts.',
    citation: null,
    confirmed: 'no',
    note: 'What is left to live on is for a person to weigh.',
  },
  arrangement: {
    effects: ['block', 'restrain'],
    reason: 'You keep a payment arrangement with the office. Meanwhile nothing is taken from your wages or accounts.',
    citation: null,
    confirmed: 'no',
    note: 'What is paid as agreed is not taken besides. An office may name other acts.',
    onlyNamedActs: true,
  },
};

import type { StopColumn } from './stop-effect.js';

const BANKRUPT =
  'You are in bankruptcy or insolvency proceedings. Nothing may be collected from your account for this debt.';
const DISPUTED =
  'You dispute this debt. Until the office has answered you, nothing is collected from your account for it.';

/**
 * What each kind of stop does to collecting a debt by direct debit.
 *
 * The debtor has authorised it, and can take that back at their bank. So what only asks for time pauses the collection and
 * leaves the authority; where a partner knows no pause, the authority ends. What the debtor wants to go on paying under a
 * stop, they can pay otherwise.
 */
export const STOPS_ON_DIRECT_DEBIT: StopColumn = {
  insolvency: {
    effects: ['close'],
    reason: BANKRUPT,
    citation: null,
    confirmed: 'no',
    note: 'Insolvency laws stay remedies; that collecting ends with them is the more careful choice.',
    countries: {
      US: {
        effects: ['close'],
        reason: BANKRUPT,
        citation: '11 USC 362(a)',
        confirmed: 'partly',
        note: 'US-BK-01 stops all collection, has what was taken after the petition refunded, and does not name direct debits.',
        release: { withinBusinessDays: 1 },
        decidedBy: 'US-BK-01',
      },
      CA: {
        effects: ['close'],
        reason: BANKRUPT,
        citation: 'BIA ss.69, 69.1-69.3',
        confirmed: 'partly',
        note: 'CA-BIA-01 allows no remedy and does not name direct debits. Section 69 is confirmed, the others are not.',
        decidedBy: 'CA-BIA-01',
      },
    },
  },
  moratorium: {
    effects: ['block', 'restrain'],
    reason: 'A moratorium protects you. Nothing is collected from your account for this debt while it lasts.',
    citation: null,
    confirmed: 'no',
    note: 'The register has no moratorium outside England and Wales. A recorded one still may not be worked against.',
    countries: {
      GB: {
        effects: ['block', 'restrain'],
        reason: 'Breathing space protects you. Nothing is collected from your account for this debt while it lasts.',
        citation: 'SI 2020/1311 regs 7, 25, 26',
        confirmed: 'partly',
        note: 'UK-BS-01 stops enforcement and contact: seen in guidance, not in the instrument. That collecting by an authority given before is paused, and the authority kept, is the more careful reading.',
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
      GB: {
        effects: ['block', 'restrain'],
        reason: DISPUTED,
        citation: 'DD Guarantee; ADDACS',
        confirmed: 'partly',
        note: 'UK-DD-02 stops collecting when the payer claims a refund or cancels. Any dispute on record is held to it.',
      },
    },
  },
  deceased: {
    effects: ['close'],
    reason: 'The person who owed this debt has died. Nothing is collected from their account any more.',
    citation: null,
    confirmed: 'no',
    note: 'An authority ends with the one who gave it; the office turns to the estate.',
  },
  'active-duty': {
    effects: [],
    reason: 'Your military service does not change what you have authorised the office to collect.',
    citation: null,
    confirmed: 'no',
    note: 'No rule of the register forbids to collect what somebody in service has authorised.',
  },
  minor: {
    effects: ['withdraw'],
    reason: 'The person concerned is a minor. Nothing is collected from their account.',
    citation: null,
    confirmed: 'no',
    note: 'The register has no rule on minors; the choice that protects them.',
  },
  hardship: {
    effects: ['block', 'restrain'],
    reason: 'You are in hardship. While that lasts, nothing is collected from your account for this debt.',
    citation: null,
    confirmed: 'no',
    note: 'A collection that the account can not bear costs the debtor more. Whatever they can pay they pay themselves.',
  },
  'do-not-contact': {
    effects: [],
    reason: 'That you do not want to be contacted does not change what you have authorised the office to collect.',
    citation: null,
    confirmed: 'no',
    note: 'Collecting is no contact. The advance notice of a change (UK-DD-01) is owed whatever the debtor asked.',
  },
  'hearing-pending': {
    effects: ['block', 'restrain'],
    reason: 'A hearing about this debt is pending. Until it is decided, nothing is collected from your account for it.',
    citation: null,
    confirmed: 'no',
    note: 'Until the hearing it is open whether the debt is owed.',
  },
  appeal: {
    effects: ['block', 'restrain'],
    reason: 'You have appealed about this debt. Until that is decided, nothing is collected from your account for it.',
    citation: null,
    confirmed: 'no',
    note: 'Under appeal it is open whether the debt is owed.',
  },
  'judicial-stay': {
    effects: ['close'],
    reason: 'A court has stayed action on this debt. Nothing is collected from your account while the stay lasts.',
    citation: null,
    confirmed: 'no',
    note: "What a stay reaches is in the order itself, and obeying it is not left to a partner's reading of a mark.",
  },
  vulnerability: {
    effects: ['block'],
    reason: 'The office takes particular care in dealing with you, and collects nothing new that nobody has looked at.',
    citation: null,
    confirmed: 'no',
    note: 'To stop what was authorised may do more harm than good, as arrears grow. A person decides.',
  },
  arrangement: {
    effects: ['block', 'restrain'],
    reason: 'You keep a payment arrangement with the office. Nothing is collected from your account besides.',
    citation: null,
    confirmed: 'no',
    note: 'A direct debit may be how the instalments are paid: it is held back only where the office names it.',
    onlyNamedActs: true,
  },
};

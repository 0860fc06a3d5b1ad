import type { StopColumn } from './stop-effect.js';

const BANKRUPT =
  'You are in bankruptcy or insolvency proceedings. Your supply may not be shut off because of this debt.';

/**
 * What each kind of stop does to shutting off water, power or another supply because of a debt.
 *
 * A supply is on or off; there is no mark between. And it is a household that goes without. So every stop but one has the
 * supply put on again.
 */
export const STOPS_ON_DISCONNECT: StopColumn = {
  insolvency: {
    effects: ['close'],
    reason: BANKRUPT,
    citation: null,
    confirmed: 'no',
    note: 'Insolvency laws stay remedies; that a supply comes back with them is the more careful choice.',
    countries: {
      US: {
        effects: ['close'],
        reason: BANKRUPT,
        citation: '11 USC 362(a)',
        confirmed: 'yes',
        note: 'US-BK-01 names utility shut-off.',
        release: { withinBusinessDays: 1 },
        decidedBy: 'US-BK-01',
      },
      CA: {
        effects: ['close'],
        reason: BANKRUPT,
        citation: 'BIA ss.69, 69.1-69.3',
        confirmed: 'partly',
        note: 'CA-BIA-01 allows no remedy and does not name supplies. Section 69 is confirmed, the others are not.',
        decidedBy: 'CA-BIA-01',
      },
    },
  },
  moratorium: {
    effects: ['close'],
    reason: 'A moratorium protects you. Your supply is not shut off because of this debt while it lasts.',
    citation: null,
    confirmed: 'no',
    note: 'The register has no moratorium outside England and Wales. A recorded one still may not be worked against.',
    countries: {
      GB: {
        effects: ['withdraw'],
        reason: 'Breathing space protects you. Your supply is not shut off because of this debt while it lasts.',
        citation: 'SI 2020/1311 regs 7, 25, 26',
        confirmed: 'partly',
        note: 'UK-BS-01 stops enforcement: seen in guidance, not in the instrument. That shutting off a supply is such a step is the more careful reading.',
        release: { withinBusinessDays: 0 },
        decidedBy: 'UK-BS-01',
      },
    },
  },
  dispute: {
    effects: ['close'],
    reason: 'You dispute this debt. Until the office has answered you, your supply is not shut off because of it.',
    citation: null,
    confirmed: 'no',
    note: 'Nobody goes without water for what may not be owed.',
  },
  deceased: {
    effects: ['close'],
    reason: 'The person who owed this debt has died. The supply is not shut off because of it.',
    citation: null,
    confirmed: 'no',
    note: 'Whoever lives there now is not the one who owed; the office turns to the estate.',
  },
  'active-duty': {
    effects: ['close'],
    reason: 'You are on active military service. The supply of your household is not shut off because of this debt.',
    citation: null,
    confirmed: 'no',
    note: 'The register has no rule; the choice that protects a household of which one is away.',
  },
  minor: {
    effects: ['withdraw'],
    reason: 'The person concerned is a minor. The supply is not shut off because of this debt.',
    citation: null,
    confirmed: 'no',
    note: 'The register has no rule on minors; the choice that protects them.',
  },
  hardship: {
    effects: ['close'],
    reason: 'You are in hardship. While that lasts, your supply is not shut off because of this debt.',
    citation: null,
    confirmed: 'no',
    note: 'Whoever can not pay is not made to by going without water.',
  },
  'do-not-contact': {
    effects: [],
    reason: 'That you do not want to be contacted does not change what a supply depends on.',
    citation: null,
    confirmed: 'no',
    note: 'Shutting off is no contact. The notice that must come before it is owed whatever the debtor asked.',
  },
  'hearing-pending': {
    effects: ['close'],
    reason:
      'A hearing about this debt is pending. Until it is decided, your supply is not shut off because of the debt.',
    citation: null,
    confirmed: 'no',
    note: 'Until the hearing it is open whether the debt is owed.',
  },
  appeal: {
    effects: ['close'],
    reason:
      'You have appealed about this debt. Until that is decided, your supply is not shut off because of the debt.',
    citation: null,
    confirmed: 'no',
    note: 'Under appeal it is open whether the debt is owed.',
  },
  'judicial-stay': {
    effects: ['close'],
    reason: 'A court has stayed action on this debt. Your supply is not shut off because of it while the stay lasts.',
    citation: null,
    confirmed: 'no',
    note: 'What a stay reaches is in the order itself; a supply that is off goes against every stay.',
  },
  vulnerability: {
    effects: ['close'],
    reason: 'The office takes particular care in dealing with you. Your supply is not shut off because of this debt.',
    citation: null,
    confirmed: 'no',
    note: 'Somebody vulnerable may depend on the supply for more than comfort. A person decides.',
  },
  arrangement: {
    effects: ['close'],
    reason:
      'You keep a payment arrangement with the office. Meanwhile your supply is not shut off because of this debt.',
    citation: null,
    confirmed: 'no',
    note: 'Shutting off is there to bring the debtor to pay, and they pay. An office may name other acts.',
    onlyNamedActs: true,
  },
};

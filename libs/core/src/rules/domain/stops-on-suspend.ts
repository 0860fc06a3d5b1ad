import type { StopColumn } from './stop-effect.js';

const BANKRUPT =
  'You are in bankruptcy or insolvency proceedings. No licence of yours may be suspended because of this debt.';
const HARDSHIP = 'You are in hardship. While that lasts, no licence of yours is suspended because of this debt.';
const ARRANGED =
  'You keep a payment arrangement with the office. Meanwhile no licence of yours is suspended because of this debt.';

/**
 * What each kind of stop does to having a licence suspended because of a debt.
 *
 * A suspension does harm on every day on which it stands. So whatever makes it open whether the debt is owed, or can be
 * paid, reaches one that stands; a licensing body that knows no mark clears it.
 */
export const STOPS_ON_SUSPEND: StopColumn = {
  insolvency: {
    effects: ['close'],
    reason: BANKRUPT,
    citation: null,
    confirmed: 'no',
    note: 'Insolvency laws stay remedies; that a suspension ends with them is the more careful choice.',
    countries: {
      US: {
        effects: ['close'],
        reason: BANKRUPT,
        citation: '11 USC 362(a)',
        confirmed: 'partly',
        note: 'US-BK-01 stops all collection and does not name licences; US-BK-05 (11 USC 525(a), not confirmed) has a hold cleared.',
        release: { withinBusinessDays: 1 },
        decidedBy: 'US-BK-01',
      },
      CA: {
        effects: ['close'],
        reason: BANKRUPT,
        citation: 'BIA ss.69, 69.1-69.3',
        confirmed: 'partly',
        note: 'CA-BIA-01 has the motor registry stopped. Section 69 is confirmed, the others are not.',
        decidedBy: 'CA-BIA-01',
      },
    },
  },
  moratorium: {
    effects: ['close'],
    reason: 'A moratorium protects you. No licence of yours is suspended because of this debt while it lasts.',
    citation: null,
    confirmed: 'no',
    note: 'The register has no moratorium outside England and Wales. A recorded one still may not be worked against.',
    countries: {
      GB: {
        effects: ['withdraw'],
        reason: 'Breathing space protects you. No licence of yours is suspended because of this debt while it lasts.',
        citation: 'SI 2020/1311 regs 7, 25, 26',
        confirmed: 'partly',
        note: 'UK-BS-01 stops enforcement: seen in guidance, not in the instrument. That a suspension is such a step is the more careful reading.',
        release: { withinBusinessDays: 0 },
        decidedBy: 'UK-BS-01',
      },
    },
  },
  dispute: {
    effects: ['block', 'restrain'],
    reason: 'You dispute this debt. Until the office has answered you, no licence of yours is suspended because of it.',
    citation: null,
    confirmed: 'no',
    note: 'A contested debt takes nobody off the road.',
  },
  deceased: {
    effects: ['close'],
    reason: 'The person who owed this debt has died. A suspension for it has no purpose any more.',
    citation: null,
    confirmed: 'no',
    note: 'The register has no rule; the office turns to the estate.',
  },
  'active-duty': {
    effects: ['block'],
    reason:
      'You are on active military service. No licence of yours is newly suspended because of this debt meanwhile.',
    citation: null,
    confirmed: 'no',
    note: 'No rule of the register ends a suspension that stands during service; nothing new is begun.',
  },
  minor: {
    effects: ['withdraw'],
    reason: 'The person concerned is a minor. No licence is suspended because of this debt.',
    citation: null,
    confirmed: 'no',
    note: 'The register has no rule on minors; the choice that protects them.',
  },
  hardship: {
    effects: ['block', 'restrain'],
    reason: HARDSHIP,
    citation: null,
    confirmed: 'no',
    note: 'Whoever can not pay is not made to by losing a licence. Both, as a block alone would leave a suspension standing.',
    countries: {
      US: {
        effects: ['close'],
        reason: HARDSHIP,
        citation: 'state law',
        confirmed: 'no',
        note: 'US-LIC-03: a suspension for debt asks first whether the debtor is able to pay. Found unable, the suspension ends.',
      },
    },
  },
  'do-not-contact': {
    effects: [],
    reason: 'That you do not want to be contacted does not change what a licence depends on.',
    citation: null,
    confirmed: 'no',
    note: 'A suspension is no contact. The notice that must come before it is owed whatever the debtor asked.',
  },
  'hearing-pending': {
    effects: ['block', 'restrain'],
    reason:
      'A hearing about this debt is pending. Until it is decided, no licence of yours is suspended because of the debt.',
    citation: null,
    confirmed: 'no',
    note: 'Notice and hearing come before a suspension; until the hearing it is open whether the debt is owed.',
  },
  appeal: {
    effects: ['block', 'restrain'],
    reason:
      'You have appealed about this debt. Until that is decided, no licence of yours is suspended because of the debt.',
    citation: null,
    confirmed: 'no',
    note: 'Under appeal it is open whether the debt is owed.',
  },
  'judicial-stay': {
    effects: ['close'],
    reason: 'A court has stayed action on this debt. No licence of yours is suspended because of it meanwhile.',
    citation: null,
    confirmed: 'no',
    note: 'What a stay reaches is in the order itself, and obeying it is not left to the reading of a mark. In Chicago a stay clears holds (US-CHI-01).',
  },
  vulnerability: {
    effects: ['block', 'restrain'],
    reason:
      'The office takes particular care in dealing with you. Meanwhile no licence of yours is suspended because of this debt.',
    citation: null,
    confirmed: 'no',
    note: 'What losing a licence does to this debtor is for a person to weigh.',
  },
  arrangement: {
    effects: ['close'],
    reason: ARRANGED,
    citation: null,
    confirmed: 'no',
    note: 'A suspension is there to bring the debtor to pay, and they pay. The register ends holds on an arrangement (US-CHI-01, CA-NL-01); suspensions likewise.',
    onlyNamedActs: true,
    countries: {
      CA: {
        effects: ['close'],
        reason: ARRANGED,
        citation: 'Government of NL, Fines Administration; seed 003',
        confirmed: 'partly',
        note: 'CA-NL-01 releases on an arrangement and requests action of the motor registry on its breach. The rule is about renewals.',
        onlyNamedActs: true,
      },
    },
  },
};

import type { StopColumn } from './stop-effect.js';

const BANKRUPT =
  'You are in bankruptcy or insolvency proceedings. No licence, permit or registration may be held back because of this debt.';
const ARRANGED =
  'You keep a payment arrangement with the office. Meanwhile no licence, permit or registration is held back because of this debt.';

/**
 * What each kind of stop does to holding back a licence, a permit or a registration that the debtor asks for.
 *
 * A hold is nothing until the debtor comes, and then decides for them. So what reaches the debt reaches a hold that stands;
 * a body that knows no mark clears it.
 */
export const STOPS_ON_HOLD: StopColumn = {
  insolvency: {
    effects: ['close'],
    reason: BANKRUPT,
    citation: null,
    confirmed: 'no',
    note: 'Insolvency laws stay remedies; that a hold ends with them is the more careful choice.',
    countries: {
      US: {
        effects: ['close'],
        reason: BANKRUPT,
        citation: '11 USC 362(a)',
        confirmed: 'partly',
        note: 'US-BK-01 stops all collection and does not name holds; US-BK-05 (11 USC 525(a), not confirmed) and, in Chicago, US-CHI-01 have them cleared.',
        release: { withinBusinessDays: 1 },
        decidedBy: 'US-BK-01',
      },
      CA: {
        effects: ['close'],
        reason: BANKRUPT,
        citation: 'BIA ss.69, 69.1-69.3',
        confirmed: 'partly',
        note: 'CA-BIA-01 has the motor registry stopped; CA-BIA-02 has a denial for a released debt without effect. Section 69 is confirmed, the others are not.',
        decidedBy: 'CA-BIA-01',
      },
    },
  },
  moratorium: {
    effects: ['close'],
    reason: 'A moratorium protects you. Nothing that you ask for is held back because of this debt while it lasts.',
    citation: null,
    confirmed: 'no',
    note: 'The register has no moratorium outside England and Wales. A recorded one still may not be worked against.',
    countries: {
      GB: {
        effects: ['withdraw'],
        reason: 'Breathing space protects you. Nothing that you ask for is held back because of this debt meanwhile.',
        citation: 'SI 2020/1311 regs 7, 25, 26',
        confirmed: 'partly',
        note: 'UK-BS-01 stops enforcement: seen in guidance, not in the instrument. That a hold is such a step is the more careful reading.',
        release: { withinBusinessDays: 0 },
        decidedBy: 'UK-BS-01',
      },
    },
  },
  dispute: {
    effects: ['block', 'restrain'],
    reason: 'You dispute this debt. Until the office has answered you, nothing is held back because of it.',
    citation: null,
    confirmed: 'no',
    note: 'A contested debt denies nobody a licence. In Chicago negotiating in good faith clears a hold (US-CHI-01).',
  },
  deceased: {
    effects: ['close'],
    reason: 'The person who owed this debt has died. Nothing is held back because of it any more.',
    citation: null,
    confirmed: 'no',
    note: 'Whoever takes over a business or a vehicle is not the one who owed; the office turns to the estate.',
  },
  'active-duty': {
    effects: ['block'],
    reason: 'You are on active military service. Nothing is newly held back because of this debt meanwhile.',
    citation: null,
    confirmed: 'no',
    note: 'No rule of the register ends a hold that stands during service; nothing new is begun.',
  },
  minor: {
    effects: ['withdraw'],
    reason: 'The person concerned is a minor. Nothing is held back because of this debt.',
    citation: null,
    confirmed: 'no',
    note: 'The register has no rule on minors; the choice that protects them.',
  },
  hardship: {
    effects: ['block', 'restrain'],
    reason: 'You are in hardship. While that lasts, nothing that you ask for is held back because of this debt.',
    citation: null,
    confirmed: 'no',
    note: 'Whoever can not pay is not made to by a permit that is denied. Both, as a block alone would leave a hold standing.',
  },
  'do-not-contact': {
    effects: [],
    reason: 'That you do not want to be contacted does not change what a licence or a permit depends on.',
    citation: null,
    confirmed: 'no',
    note: 'It is the debtor who comes and asks.',
  },
  'hearing-pending': {
    effects: ['block', 'restrain'],
    reason: 'A hearing about this debt is pending. Until it is decided, nothing is held back because of the debt.',
    citation: null,
    confirmed: 'no',
    note: 'Until the hearing it is open whether the debt is owed.',
  },
  appeal: {
    effects: ['block', 'restrain'],
    reason: 'You have appealed about this debt. Until that is decided, nothing is held back because of the debt.',
    citation: null,
    confirmed: 'no',
    note: 'Under appeal it is open whether the debt is owed.',
  },
  'judicial-stay': {
    effects: ['close'],
    reason: 'A court has stayed action on this debt. Nothing is held back because of it while the stay lasts.',
    citation: null,
    confirmed: 'no',
    note: 'In Chicago a stay clears a hold the same day (US-CHI-01). Elsewhere the same, as the more careful choice.',
  },
  vulnerability: {
    effects: ['block', 'restrain'],
    reason:
      'The office takes particular care in dealing with you. Meanwhile nothing is held back because of this debt.',
    citation: null,
    confirmed: 'no',
    note: 'What a denial does to this debtor is for a person to weigh.',
  },
  arrangement: {
    effects: ['close'],
    reason: ARRANGED,
    citation: null,
    confirmed: 'no',
    note: 'In Chicago a compliant payment agreement clears a hold (US-CHI-01). Elsewhere the same, as the more careful choice.',
    onlyNamedActs: true,
    countries: {
      CA: {
        effects: ['close'],
        reason: ARRANGED,
        citation: 'Government of NL, Fines Administration; seed 003',
        confirmed: 'yes',
        note: 'CA-NL-01: a refused renewal is released on an arrangement.',
        onlyNamedActs: true,
      },
    },
  },
};

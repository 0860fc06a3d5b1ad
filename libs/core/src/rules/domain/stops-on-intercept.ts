import type { StopColumn } from './stop-effect.js';

const BANKRUPT = 'You are in bankruptcy or insolvency proceedings. No refund of yours may be taken for this debt.';
const DISPUTED = 'You dispute this debt. Until the office has answered you, no refund of yours is taken for it.';

/**
 * What each kind of stop does to intercepting what somebody else would pay to the debtor: tax refunds, lottery wins,
 * benefits, payments to suppliers.
 *
 * A claim that stands takes by itself, at a time that nobody chooses. So what makes it open whether the debt is owed, or
 * whether taking does harm, also marks a claim that stands, so that what is matched is only held; a programme that knows no
 * such mark has the claim ended.
 */
export const STOPS_ON_INTERCEPT: StopColumn = {
  insolvency: {
    effects: ['close'],
    reason: BANKRUPT,
    citation: null,
    confirmed: 'no',
    note: 'Insolvency laws stay remedies; that a claim on refunds ends with them is the more careful choice.',
    countries: {
      US: {
        effects: ['close'],
        reason: BANKRUPT,
        citation: '11 USC 362(a)',
        confirmed: 'yes',
        note: 'US-BK-01 names set-off. That a tax may be set off against a tax refund (US-BK-02) is not made use of here.',
        release: { withinBusinessDays: 1 },
        decidedBy: 'US-BK-01',
      },
      CA: {
        effects: ['close'],
        reason: BANKRUPT,
        citation: 'BIA ss.69, 69.1-69.3',
        confirmed: 'partly',
        note: 'CA-BIA-01 has refund set-off stopped, CA-RSO-01 cancels it. Section 69 is confirmed, the others and the duty to cancel are not.',
        decidedBy: 'CA-BIA-01',
      },
    },
  },
  moratorium: {
    effects: ['close'],
    reason: 'A moratorium protects you. No refund or payment to you is taken for this debt while it lasts.',
    citation: null,
    confirmed: 'no',
    note: 'The register has no moratorium outside England and Wales. A recorded one still may not be worked against.',
    countries: {
      GB: {
        effects: ['withdraw'],
        reason: 'Breathing space protects you. No benefit or payment to you is taken for this debt while it lasts.',
        citation: 'SI 2020/1311 regs 7, 25, 26',
        confirmed: 'partly',
        note: 'UK-BS-01 stops enforcement, also by others, who are told the same day: seen in guidance, not in the instrument. That a deduction from benefits is such a step is the more careful reading.',
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
    note: 'The programmes of the register take only what is finally determined (US-NC-01, US-IL-01). A dispute makes that open again.',
    countries: {
      CA: {
        effects: ['close'],
        reason: DISPUTED,
        citation: 'ITA 164(2), 237, 241(4)(d)(xiii); FAA 155(1)',
        confirmed: 'no',
        note: 'CA-RSO-01 cancels the set-off on a dispute; that duty is not confirmed.',
      },
    },
  },
  deceased: {
    effects: ['close'],
    reason: 'The person who owed this debt has died. No refund is taken for it; the office turns to the estate.',
    citation: null,
    confirmed: 'no',
    note: 'US-DEC-01 sends the debt to the estate. A refund that falls into it is for whoever administers it.',
  },
  'active-duty': {
    effects: ['block'],
    reason: 'You are on active military service. No new claim on your refunds is made for this debt meanwhile.',
    citation: null,
    confirmed: 'no',
    note: 'No rule of the register forbids a claim that stands during service; nothing new is begun.',
  },
  minor: {
    effects: ['withdraw'],
    reason: 'The person concerned is a minor. No refund is taken for this debt.',
    citation: null,
    confirmed: 'no',
    note: 'The register has no rule on minors; the choice that protects them.',
  },
  hardship: {
    effects: ['block', 'restrain'],
    reason: 'You are in hardship. While that lasts, no refund of yours is taken for this debt.',
    citation: null,
    confirmed: 'no',
    note: 'A refund is often what somebody in hardship lives on. Both, as a block alone would leave a claim at work.',
  },
  'do-not-contact': {
    effects: [],
    reason: 'That you do not want to be contacted does not change what is taken from refunds.',
    citation: null,
    confirmed: 'no',
    note: 'Taking a refund is no contact. The notice that must come before it is owed whatever the debtor asked.',
  },
  'hearing-pending': {
    effects: ['block', 'restrain'],
    reason: 'A hearing about this debt is pending. Until it is decided, no refund of yours is taken for it.',
    citation: null,
    confirmed: 'no',
    note: 'US-NC-01 and US-IL-01 wait for the final determination; Illinois holds what it has matched until then. Elsewhere the same, as the more careful choice.',
  },
  appeal: {
    effects: ['block', 'restrain'],
    reason: 'You have appealed about this debt. Until that is decided, no refund of yours is taken for it.',
    citation: null,
    confirmed: 'no',
    note: 'US-NC-01 knows a petition after the hearing: under appeal nothing is finally determined.',
  },
  'judicial-stay': {
    effects: ['close'],
    reason: 'A court has stayed action on this debt. No refund of yours is taken for it while the stay lasts.',
    citation: null,
    confirmed: 'no',
    note: "What a stay reaches is in the order itself, and obeying it is not left to a programme's reading of a mark.",
  },
  vulnerability: {
    effects: ['block', 'restrain'],
    reason:
      'The office takes particular care in dealing with you. Meanwhile no refund of yours is taken for this debt.',
    citation: null,
    confirmed: 'no',
    note: 'Nobody looks at the debtor when a refund is taken. A person decides whether it may be.',
  },
  arrangement: {
    effects: ['block', 'restrain'],
    reason: 'You keep a payment arrangement with the office. Meanwhile no refund of yours is taken for this debt.',
    citation: null,
    confirmed: 'no',
    note: 'What is paid as agreed is not taken besides. An office may name other acts.',
    onlyNamedActs: true,
  },
};

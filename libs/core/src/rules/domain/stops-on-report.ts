import type { StopColumn } from './stop-effect.js';

const BANKRUPT =
  'You are in bankruptcy or insolvency proceedings. The debt may not be newly reported, and what is reported must say so.';
const DISPUTED = 'You dispute this debt. Until that is settled it may be reported only as disputed.';
const HEARING = 'A hearing about this debt is pending. Until it is decided the debt may be reported only as disputed.';
const APPEAL = 'You have appealed about this debt. Until that is decided it may be reported only as disputed.';
const NOT_AFFECTED = 'This does not change what is reported.';

/** What each kind of stop does to reporting a debt to a credit bureau. */
export const STOPS_ON_REPORT: StopColumn = {
  insolvency: {
    effects: ['block', 'restrain'],
    reason: BANKRUPT,
    citation: null,
    confirmed: 'no',
    note: 'Insolvency laws stay remedies; the register has none that names reporting. Marked and not worsened, as the more careful choice.',
    countries: {
      US: {
        effects: ['block', 'restrain'],
        reason: BANKRUPT,
        citation: '11 USC 362(a)',
        confirmed: 'partly',
        note: 'US-BK-01 also knows dismissal, closing and relief. This holds where that rule is out of force.',
        decidedBy: 'US-BK-01',
      },
    },
  },
  moratorium: {
    effects: ['block'],
    reason: 'A moratorium protects you. Nothing new is reported while it lasts, and nothing is made worse.',
    citation: null,
    confirmed: 'no',
    note: 'The register has no moratorium on reporting outside England and Wales. A recorded one still may not be ignored.',
    countries: {
      GB: {
        effects: ['withdraw'],
        reason: 'Breathing space protects you. The debt is not reported while it lasts.',
        citation: 'SI 2020/1311 regs 7, 25, 26',
        confirmed: 'partly',
        note: 'The moratorium on enforcement and contact is confirmed; that reporting falls under it is the more careful reading.',
        decidedBy: 'UK-BS-01',
      },
    },
  },
  dispute: {
    effects: ['restrain'],
    reason: DISPUTED,
    citation: null,
    confirmed: 'no',
    note: 'A contested debt may be told only as contested.',
    countries: {
      US: {
        effects: ['restrain'],
        reason: DISPUTED,
        citation: '15 USC 1681s-2(a)(3)',
        confirmed: 'yes',
        note: 'This holds where US-FCRA-03 is out of force.',
        decidedBy: 'US-FCRA-03',
      },
    },
  },
  deceased: {
    effects: ['withdraw'],
    reason: 'The person who owed this debt has died. It is not reported about them any more.',
    citation: null,
    confirmed: 'partly',
    note: 'Collectors delete the account of a deceased consumer (collection-industry reference on Metro 2). Elsewhere the same, as the more careful choice.',
  },
  'active-duty': {
    effects: ['restrain'],
    reason: 'You are on active military service. What is reported must say so.',
    citation: null,
    confirmed: 'no',
    note: 'Metro 2 has a special comment for active duty (AI). No rule of the register forbids reporting during service.',
  },
  minor: {
    effects: ['withdraw'],
    reason: 'The person concerned is a minor. The debt is not reported.',
    citation: null,
    confirmed: 'no',
    note: 'The register has no rule on minors; the choice that protects them.',
  },
  hardship: {
    effects: [],
    reason: NOT_AFFECTED,
    citation: null,
    confirmed: 'no',
    note: 'Hardship bears on what is asked of a debtor. An accurate report asks nothing.',
  },
  'do-not-contact': {
    effects: [],
    reason: NOT_AFFECTED,
    citation: null,
    confirmed: 'no',
    note: 'A report to a bureau is not a contact with the debtor.',
  },
  'hearing-pending': {
    effects: ['restrain'],
    reason: HEARING,
    citation: null,
    confirmed: 'no',
    note: 'Until the hearing the debt is contested, so it is told as disputed.',
  },
  appeal: {
    effects: ['restrain'],
    reason: APPEAL,
    citation: null,
    confirmed: 'no',
    note: 'Under appeal the debt is contested, so it is told as disputed.',
  },
  'judicial-stay': {
    effects: ['block'],
    reason:
      'A court has stayed action on this debt. Nothing new is reported while the stay lasts, and nothing is made worse.',
    citation: null,
    confirmed: 'no',
    note: 'What a stay reaches is in the order itself; it never lets the office go further than it has.',
  },
  vulnerability: {
    effects: [],
    reason: NOT_AFFECTED,
    citation: null,
    confirmed: 'no',
    note: 'Vulnerability bears on how a debtor is dealt with. A person may add another stop where a report would do harm.',
  },
  arrangement: {
    effects: ['block'],
    reason: 'You keep a payment arrangement with the office. Meanwhile nothing new is reported about this debt.',
    citation: null,
    confirmed: 'no',
    note: 'An accurate report goes on, unless the office names reporting among the acts that its arrangements hold back.',
    onlyNamedActs: true,
  },
};

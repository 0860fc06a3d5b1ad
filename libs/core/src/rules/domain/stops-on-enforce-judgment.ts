import type { StopColumn } from './stop-effect.js';

const BANKRUPT =
  'You are in bankruptcy or insolvency proceedings. The judgment about this debt may not be enforced against you.';
const CARE =
  'The office takes particular care in dealing with you. Meanwhile nobody enforces the judgment about this debt.';

/**
 * What each kind of stop does to having a judgment or an order enforced by a sheriff or an enforcement agent.
 *
 * Whoever enforces comes to the debtor's door and takes. So every stop but one reaches an instruction that stands: it is
 * marked as on hold, or called back where there is no such mark.
 */
export const STOPS_ON_ENFORCE_JUDGMENT: StopColumn = {
  insolvency: {
    effects: ['close'],
    reason: BANKRUPT,
    citation: null,
    confirmed: 'no',
    note: 'Insolvency laws stay execution; that an instruction is called back is the more careful choice.',
    countries: {
      US: {
        effects: ['close'],
        reason: BANKRUPT,
        citation: '11 USC 362(a)',
        confirmed: 'yes',
        note: 'US-BK-01 names levy.',
        release: { withinBusinessDays: 1 },
        decidedBy: 'US-BK-01',
      },
      CA: {
        effects: ['close'],
        reason: BANKRUPT,
        citation: 'BIA ss.69, 69.1-69.3',
        confirmed: 'partly',
        note: 'CA-BIA-01 names execution and has the sheriff stopped. Section 69 is confirmed, the others are not.',
        decidedBy: 'CA-BIA-01',
      },
    },
  },
  moratorium: {
    effects: ['close'],
    reason: 'A moratorium protects you. Nobody enforces the judgment about this debt while it lasts.',
    citation: null,
    confirmed: 'no',
    note: 'The register has no moratorium outside England and Wales. A recorded one still may not be worked against.',
    countries: {
      GB: {
        effects: ['withdraw'],
        reason: 'Breathing space protects you. No enforcement agent may act for this debt while it lasts.',
        citation: 'SI 2020/1311 regs 7, 25, 26',
        confirmed: 'partly',
        note: 'UK-BS-01 stops enforcement, by agents too, who are told the same day: seen in guidance, not in the instrument. Taking the debt back, and not only pausing it, is the more careful reading.',
        release: { withinBusinessDays: 0 },
        decidedBy: 'UK-BS-01',
      },
    },
  },
  dispute: {
    effects: ['block', 'restrain'],
    reason: 'You dispute this debt. Until the office has answered you, nobody enforces the judgment about it.',
    citation: null,
    confirmed: 'no',
    note: 'A judgment stands, but what is left of it, or whom it is about, may be wrong.',
  },
  deceased: {
    effects: ['close'],
    reason: 'The person who owed this debt has died. Nothing is enforced against them; the office turns to the estate.',
    citation: null,
    confirmed: 'no',
    note: 'US-DEC-01 sends the debt to the estate. What an agent would find belongs to others.',
  },
  'active-duty': {
    effects: ['block', 'restrain'],
    reason: 'You are on active military service. The judgment about this debt is not enforced meanwhile.',
    citation: null,
    confirmed: 'no',
    note: 'US-SCRA-01 is about judgments in default; that their enforcement waits as well is the more careful choice.',
  },
  minor: {
    effects: ['withdraw'],
    reason: 'The person concerned is a minor. Nothing is enforced against them.',
    citation: null,
    confirmed: 'no',
    note: 'The register has no rule on debtors who are minors; the choice that protects them.',
  },
  hardship: {
    effects: ['block', 'restrain'],
    reason: 'You are in hardship. While that lasts, nobody enforces the judgment about this debt.',
    citation: null,
    confirmed: 'no',
    note: 'Enforcement adds its fees to what can not be paid. Both, as a block alone would leave an agent at work.',
  },
  'do-not-contact': {
    effects: [],
    reason: 'That you do not want to be contacted does not keep a judgment from being enforced.',
    citation: null,
    confirmed: 'no',
    note: 'Enforcement is by order of a court, and its notice is owed whatever the debtor asked.',
  },
  'hearing-pending': {
    effects: ['block', 'restrain'],
    reason: 'A hearing about this debt is pending. Until it is decided, nobody enforces the judgment about it.',
    citation: null,
    confirmed: 'no',
    note: 'A hearing after a judgment may vary it or set it aside.',
  },
  appeal: {
    effects: ['block', 'restrain'],
    reason: 'You have appealed about this debt. Until that is decided, nobody enforces the judgment about it.',
    citation: null,
    confirmed: 'no',
    note: 'Not every appeal stays execution; that it waits is the more careful choice.',
  },
  'judicial-stay': {
    effects: ['close'],
    reason: 'A court has stayed action on this debt. Nobody enforces the judgment about it while the stay lasts.',
    citation: null,
    confirmed: 'no',
    note: "What a stay reaches is in the order itself, and obeying it is not left to an agent's reading of a mark. After the stay a new instruction can be given.",
  },
  vulnerability: {
    effects: ['block', 'restrain'],
    reason: CARE,
    citation: null,
    confirmed: 'no',
    note: 'A person decides whether enforcement may go on.',
    countries: {
      GB: {
        effects: ['close'],
        reason: CARE,
        citation: 'SI 2013/1894 regs 10, 13',
        confirmed: 'partly',
        note: 'UK-TCG-03: an agent who finds a vulnerable person alone returns the case. That it is called back as soon as the office knows of it is chosen here.',
        decidedBy: 'UK-TCG-03',
      },
    },
  },
  arrangement: {
    effects: ['block', 'restrain'],
    reason: 'You keep a payment arrangement with the office. Meanwhile nobody enforces the judgment about this debt.',
    citation: null,
    confirmed: 'no',
    note: 'What is paid as agreed is not taken besides. An office may name other acts.',
    onlyNamedActs: true,
  },
};

import type { StopColumn } from './stop-effect.js';

const BANKRUPT =
  'You are in bankruptcy or insolvency proceedings. No new lien may be put on your property for this debt.';

/**
 * What each kind of stop does to securing a debt by a lien or a charge on the debtor's property.
 *
 * A lien that stands asks for nothing: it secures, and it is the judgment or the sale that is enforced. One that is given
 * up loses its rank for good. So a stop keeps a lien from being made or raised, and leaves one that stands; a court that
 * wants it released says so, and then a person releases it.
 */
export const STOPS_ON_LIEN: StopColumn = {
  insolvency: {
    effects: ['block'],
    reason: BANKRUPT,
    citation: null,
    confirmed: 'no',
    note: 'Insolvency laws leave security that was there before, and let none be made after.',
    countries: {
      US: {
        effects: ['block'],
        reason: BANKRUPT,
        citation: '11 USC 362(a)',
        confirmed: 'partly',
        note: 'US-BK-01 names liens. That one which was there before the petition may stay, as nothing is done by it, rests on US-BK-06; its enforcement is judged as such.',
        release: { withinBusinessDays: 1 },
        decidedBy: 'US-BK-01',
      },
      CA: {
        effects: ['block'],
        reason: BANKRUPT,
        citation: 'BIA ss.69, 69.1-69.3',
        confirmed: 'partly',
        note: 'CA-BIA-01 allows no remedy. Section 69 is confirmed, the others are not. What becomes of security that stands is for a person.',
        decidedBy: 'CA-BIA-01',
      },
    },
  },
  moratorium: {
    effects: ['block'],
    reason: 'A moratorium protects you. No new lien is put on your property for this debt while it lasts.',
    citation: null,
    confirmed: 'no',
    note: 'The register has no moratorium outside England and Wales. A recorded one still may not be worked against.',
    countries: {
      GB: {
        effects: ['block'],
        reason: 'Breathing space protects you. No new charge is put on your property for this debt while it lasts.',
        citation: 'SI 2020/1311 regs 7, 25, 26',
        confirmed: 'partly',
        note: 'UK-BS-01 stops enforcement, of which a new charge is a step: seen in guidance, not in the instrument. One that stands is not worked with meanwhile.',
        decidedBy: 'UK-BS-01',
      },
    },
  },
  dispute: {
    effects: ['block'],
    reason: 'You dispute this debt. Until the office has answered you, no new lien is put on your property for it.',
    citation: null,
    confirmed: 'no',
    note: 'A contested debt is not secured anew.',
  },
  deceased: {
    effects: ['block'],
    reason: 'The person who owed this debt has died. No new lien is made for it; the office turns to the estate.',
    citation: null,
    confirmed: 'no',
    note: 'US-DEC-01 sends the debt to the estate, and a lien that stands goes with the property.',
  },
  'active-duty': {
    effects: ['block'],
    reason: 'You are on active military service. No new lien is put on your property for this debt meanwhile.',
    citation: null,
    confirmed: 'no',
    note: 'No rule of the register ends a lien that stands during service; nothing new is begun.',
  },
  minor: {
    effects: ['withdraw'],
    reason: 'The person concerned is a minor. No lien is put on their property for this debt.',
    citation: null,
    confirmed: 'no',
    note: 'The register has no rule on minors; the choice that protects them.',
  },
  hardship: {
    effects: ['block'],
    reason: 'You are in hardship. While that lasts, no new lien is put on your property for this debt.',
    citation: null,
    confirmed: 'no',
    note: 'A lien that stands asks for nothing meanwhile.',
  },
  'do-not-contact': {
    effects: [],
    reason: 'That you do not want to be contacted does not change what secures a debt.',
    citation: null,
    confirmed: 'no',
    note: 'A registry is written to, not the debtor.',
  },
  'hearing-pending': {
    effects: ['block'],
    reason: 'A hearing about this debt is pending. Until it is decided, no new lien is put on your property for it.',
    citation: null,
    confirmed: 'no',
    note: 'Until the hearing it is open whether the debt is owed.',
  },
  appeal: {
    effects: ['block'],
    reason: 'You have appealed about this debt. Until that is decided, no new lien is put on your property for it.',
    citation: null,
    confirmed: 'no',
    note: 'Under appeal it is open whether the debt is owed.',
  },
  'judicial-stay': {
    effects: ['block'],
    reason: 'A court has stayed action on this debt. No new lien is put on your property for it while the stay lasts.',
    citation: null,
    confirmed: 'no',
    note: 'What a stay reaches is in the order itself; an order to release a lien is carried out by a person.',
  },
  vulnerability: {
    effects: ['block'],
    reason: 'The office takes particular care in dealing with you. Meanwhile no new lien is put on your property.',
    citation: null,
    confirmed: 'no',
    note: 'A person decides whether a lien is made.',
  },
  arrangement: {
    effects: ['block'],
    reason:
      'You keep a payment arrangement with the office. Meanwhile no new lien is put on your property for this debt.',
    citation: null,
    confirmed: 'no',
    note: 'What is paid as agreed is not secured anew. One that stands may be what the arrangement rests on.',
    onlyNamedActs: true,
  },
};

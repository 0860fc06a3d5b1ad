import { describe, expect, it } from '@jest/globals';
import type { AddressSnapshot, DebtSnapshot, PartySnapshot, ProofSnapshot, StopSnapshot } from '@concord/plugin-sdk';
import { addDays } from '../../calendar/domain/iso-date.js';
import { DEFAULT_ALLOCATION } from '../../cases/domain/ledger/allocation-order.js';
import type { Entry, EntryKind } from '../../cases/domain/ledger/entry.js';
import type { Clocks } from '../../rules/domain/clocks.js';
import { ledgerOf, reportableDebt } from '../../rules/domain/testing/reportable-debt.js';
import { composeLetter } from './letter.js';
import { factsOf } from './facts.js';
import { hindranceOf } from './hindrance.js';
import type { NoticeKind } from './notice-kind.js';
import type { NoticePosition } from './position.js';
import type { NoticeSetting } from './setting.js';

const ON = '2026-11-22';
const DEBTOR = 'd0000000-0000-4000-8000-000000000001';
const look = { on: ON, judging: {}, unwritable: () => [], another: false };

let versions = 0;
const entry = (kind: EntryKind, amountMinor: number, effectiveOn: string): Entry => {
  versions += 1;
  return {
    ...{ id: `e${versions}`, kind, amountMinor, effectiveOn, bookedOn: effectiveOn, caseVersion: versions },
    ...{ bucket: null, reverses: null, accrued: false },
  };
};

const setting = (kind: NoticeKind = 'final-demand'): NoticeSetting => ({
  ...{ jurisdictionId: 'us-tx-exampleton', country: 'US', kind, language: 'en' },
  letterhead: { name: 'City', names: {}, address: ['1 Example Street'], telephone: '(512) 555-0142', page: 'letter' },
  template: {
    ...{ title: 'Notice', payWithinDays: 14, respondWithinDays: 30, debtTypes: {} },
    body: [{ text: 'On {date} you owe {balance.total}.' }, { table: 'itemisation' }, { table: 'payments' }],
  },
  allocation: DEFAULT_ALLOCATION,
});

/** The facts of a position that the tests vary: what stands in its snapshot beside the others. */
interface Varied extends Partial<NoticePosition> {
  readonly stops?: readonly StopSnapshot[];
  readonly country?: string;
  readonly facts?: Partial<DebtSnapshot>;
}

const ADDRESS = {
  ...{ line1: '2 Example Street', line2: null, city: 'Exampleton', region: 'TX', postalCode: '75001' },
  country: 'US',
};
const debtor = (address: AddressSnapshot = ADDRESS): PartySnapshot => ({
  ...{ id: DEBTOR, number: '1', role: 'debtor', kind: 'person', surname: 'Sample', firstName: 'Robin' },
  ...{ middleName: null, generation: null, telephone: null, identifiers: {}, address },
});
const coDebtor: PartySnapshot = { ...debtor(), id: 'somebody-else', number: '2', role: 'co-debtor' };

const position = ({ stops = [], country = 'US', facts = {}, ...changes }: Varied = {}): NoticePosition => ({
  ...{ debtId: 'debt', caseId: 'case', number: 7, sourceReference: 'REF-7', type: 'utility', originalCreditor: null },
  ...{ incurredOn: '2025-05-01', itemisedOn: '2025-06-15', currency: 'USD' },
  snapshot: reportableDebt({
    jurisdiction: { id: 'example', country, currency: 'USD' },
    ...{ parties: [debtor(), coDebtor], stops, proofs: [] },
    ...facts,
  }),
  entries: [entry('assessment', 50_000, '2025-05-01')],
  ...{ addressReturned: false, post: { notUsed: false, withdrawn: [] }, validated: true, underWay: [] },
  ...changes,
});

const codeOf = (changes: Varied, kind?: NoticeKind): string | null =>
  hindranceOf(position(changes), setting(kind), look)?.code ?? null;

describe('a hearing that set the debt aside', () => {
  const hearing = (on: string, outcome: 'upheld' | 'set-aside', subject = 'debt') =>
    ({ kind: 'hearing-outcome', on, subject, outcome }) as const;
  const after = (...proofs: ProofSnapshot[]) => hindranceOf(position({ facts: { proofs } }), setting(), look);

  it('leaves nothing to be asked for, from its day until another one upholds the debt', () => {
    const aside = hearing(ON, 'set-aside');
    expect(after(aside)).toMatchObject({ code: 'nothing-owed', rule: 'SET-ASIDE' });
    expect(after(hearing('2026-11-23', 'set-aside'))).toBeNull();
    expect(after(hearing(ON, 'set-aside', 'setoff-hearing'))).toBeNull();
    expect(after(hearing('2026-11-20', 'set-aside'), hearing('2026-11-21', 'upheld'))).toBeNull();
  });
});

describe('a bankruptcy', () => {
  const insolvency = (details: StopSnapshot['details']): StopSnapshot => ({
    ...{ id: 's1', kind: 'insolvency', partyId: DEBTOR, startsOn: '2026-01-05', endsOn: null },
    details: { chapter: '7', ...details },
  });

  it.each(['dismissedOn', 'closedOn', 'reliefOn'])('that ended by %s holds letters back no more', (ending) => {
    expect(codeOf({ stops: [insolvency({})] })).toBe('stopped');
    expect(codeOf({ stops: [insolvency({ [ending]: '2026-05-01' })] })).toBeNull();
  });

  it.each(['dismissedOn', 'closedOn', 'reliefOn'])('with a discharge holds them back, beside %s as well', (ending) => {
    expect(codeOf({ stops: [insolvency({ dischargedOn: '2026-05-01', [ending]: '2026-05-02' })] })).toBe('stopped');
  });
});

describe('a moratorium', () => {
  const ended: StopSnapshot = {
    ...{ id: 's1', kind: 'moratorium', partyId: DEBTOR, startsOn: '2026-09-01', endsOn: '2026-10-30', details: {} },
  };
  const ruleIn = (country: string, stop: StopSnapshot, facts: Partial<DebtSnapshot> = {}) =>
    hindranceOf(position({ stops: [stop], country, facts }), { ...setting(), country }, look)?.rule ?? null;

  it('holds letters back in England and Wales until the office is told of its end, and elsewhere until its last day', () => {
    expect(ruleIn('GB', ended)).toBe('UK-BS-01');
    expect(ruleIn('GB', { ...ended, endsOn: '2026-11-30' })).toBe('UK-BS-01');
    expect(ruleIn('GB', { ...ended, details: { scheme: 'mental-health-crisis' } })).toBe('UK-BS-02');
    expect(ruleIn('GB', { ...ended, startsOn: '2026-11-23', endsOn: '2027-01-21' })).toBeNull();
    expect(ruleIn('GB', { ...ended, partyId: coDebtor.id })).toBeNull();
    const told = { kind: 'document' as const, subject: 'breathing-space-ended', on: '2026-11-01' };
    expect(ruleIn('GB', ended, { proofs: [told] })).toBeNull();
    expect(ruleIn('CA', { ...ended, endsOn: '2026-11-30' })).toBe('STOP:moratorium');
    expect(ruleIn('CA', ended)).toBeNull();
  });
});

describe("an office's own numbers and days", () => {
  it('are what letters are judged by', () => {
    const details = { scheme: 'mental-health-crisis', treatmentEndedOn: '2026-10-15' };
    const crisis: StopSnapshot = {
      ...{ id: 's1', kind: 'moratorium', partyId: DEBTOR, startsOn: '2026-09-01', endsOn: null, details },
    };
    const override = {
      ...{ rule: 'UK-BS-02', jurisdiction: 'example', values: { daysAfterTreatment: 60 } },
      ...{ effectiveFrom: null, effectiveTo: null },
    };
    const counted: string[] = [];
    const clocks: Clocks = {
      nth: (kind, from, n) => {
        counted.push(`${kind} ${from} ${n}`);
        return addDays(from, n);
      },
    };
    const judging = { overrides: [override], clocks };
    const gb = { ...setting(), country: 'GB' };
    const { reason } = hindranceOf(position({ stops: [crisis], country: 'GB' }), gb, { ...look, judging })!;
    expect(reason).toContain('for 60 days after it');
    expect(counted).toContain('calendar 2026-10-15 60');
  });
});

describe('a settled debt', () => {
  it('is asked for no more, though the account shows a rest', () => {
    const ledger = ledgerOf({ assessedMinor: 50_000, paidMinor: 20_000, settled: true });
    expect(hindranceOf(position({ facts: { ledger } }), setting(), look)).toMatchObject({
      ...{ code: 'nothing-owed', rule: 'PAID' },
    });
  });
});

describe('a letter before the validation notice', () => {
  it('names the row of the register and its source', () => {
    expect(hindranceOf(position({ validated: false }), setting(), look)).toMatchObject({
      ...{ code: 'validation-notice-missing', rule: 'US-REGF-02', citation: '12 CFR 1006.34(a)(1)' },
    });
    expect(codeOf({ validated: false }, 'validation-notice')).toBeNull();
  });
});

describe('what the debtor has said about letters', () => {
  it.each<[NoticeKind, string]>([
    ['validation-notice', 'collection,notices'],
    ['first-notice', 'collection,notices'],
    ['reminder', 'collection,notices,reminders'],
    ['final-demand', 'collection,notices,reminders'],
  ])('holds back a %s where consent was withdrawn for %s', (kind, purposes) => {
    const held = (['collection', 'notices', 'reminders'] as const).filter(
      (purpose) => codeOf({ post: { notUsed: false, withdrawn: [purpose] } }, kind) === 'contact-refused',
    );
    expect(held.join()).toBe(purposes);
    expect(codeOf({ post: { notUsed: true, withdrawn: [] } }, kind)).toBe('contact-refused');
    expect(codeOf({}, kind)).toBeNull();
  });
});

describe('what a letter asks for', () => {
  const entries = [entry('assessment', 50_000, '2025-05-01'), entry('payment', 30_000, '2026-11-23')];

  it('is the latest position: a payment that takes effect tomorrow counts, as it does in the itemisation', () => {
    const { balance, payments } = factsOf(position({ entries }), setting().allocation, ON);
    expect(balance.totalMinor).toBe(20_000);
    expect(payments).toEqual([{ on: '2026-11-23', amountMinor: 30_000 }]);
    expect(codeOf({ entries })).toBeNull();
  });
});

describe('what can not be written', () => {
  it('says how many signs of which field, never which signs', () => {
    const found = hindranceOf(position(), setting(), {
      ...look,
      unwritable: (text) => (text === 'Sample' ? ['U+6F22', 'U+5B57'] : []),
    });
    expect(found).toMatchObject({ code: 'text-unwritable' });
    expect(found!.reason).toContain("the party's surname: 2");
    expect(found!.reason).not.toContain('U+');
  });

  it('is left out by itself, where a letter can not be composed', () => {
    expect(hindranceOf(position({ currency: 'no currency' }), setting(), look)).toMatchObject({
      code: 'letter-unwritable',
    });
  });

  it('a country that is no code stands as it was written', () => {
    const abroad = position({ facts: { parties: [debtor({ ...ADDRESS, country: 'USA' })] } });
    const { to } = composeLetter(factsOf(abroad, setting().allocation, ON), setting(), '1');
    expect(to.at(-1)).toBe('USA');
  });
});

import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { addDays } from '../calendar/domain/iso-date.js';
import { intakeRow } from '../cases/domain/intake-row.js';
import type { IntakeRow } from '../cases/domain/intake-row.js';
import { readIntake } from '../cases/intake/read-intake.js';
import { loadJurisdictions } from '../configuration/jurisdiction-file.js';
import { demoCounts, demoRows } from './demo-rows.js';

const AS_OF = '2026-11-21';
const OFFICES = Object.keys(demoCounts);

function rowsOf(office: string, options: Partial<{ asOf: string; count: number; seed: number }> = {}): IntakeRow[] {
  return [...demoRows(office, { asOf: AS_OF, count: demoCounts[office] ?? 0, seed: 1, ...options })];
}

const all = new Map(OFFICES.map((office) => [office, rowsOf(office)]));
const everyRow = [...all.values()].flat();
const partiesOf = (rows: readonly IntakeRow[]) => rows.flatMap(({ debtor, coDebtors }) => [debtor, ...coDebtors]);
const share = (rows: readonly IntakeRow[], matches: (row: IntakeRow) => boolean) =>
  rows.filter(matches).length / rows.length;

test('there are 2,000 debts', () => {
  expect(everyRow).toHaveLength(2_000);
});

describe('the rows', () => {
  test('are the same for the same seed and day, and others for another seed', () => {
    expect(rowsOf('us-il-chicago', { count: 50 })).toEqual(rowsOf('us-il-chicago', { count: 50 }));
    expect(rowsOf('us-il-chicago', { count: 50, seed: 2 })).not.toEqual(rowsOf('us-il-chicago', { count: 50 }));
  });

  test('begin alike however many are asked for', () => {
    expect(rowsOf('ca-nl', { count: 37 })).toEqual(all.get('ca-nl')?.slice(0, 37));
  });

  test('move with the day they are looked at', () => {
    const [now] = rowsOf('gb-hillingdon', { count: 1 });
    const [later] = rowsOf('gb-hillingdon', { count: 1, asOf: addDays(AS_OF, 10) });
    expect(later?.incurredOn).toBe(addDays(now?.incurredOn ?? '', 10));
  });

  test('come one at a time', () => {
    const rows = demoRows('us-ca-berkeley', { asOf: AS_OF, count: Number.POSITIVE_INFINITY, seed: 1 });
    expect([rows.next().value, rows.next().value]).toEqual(rowsOf('us-ca-berkeley', { count: 2 }));
  });

  test('are refused for an office or a day that is none', () => {
    expect(() => rowsOf('us-tx-dallas')).toThrow(RangeError);
    expect(() => rowsOf('ca-nl', { count: 1, asOf: '2026-02-30' })).toThrow(RangeError);
  });

  test.each(OFFICES)('of %s come back unchanged from JSON Lines', async (office) => {
    const rows = all.get(office) ?? [];
    async function* lines(): AsyncGenerator<Uint8Array> {
      for (const row of rows) yield Buffer.from(`${JSON.stringify(row)}\n`);
    }
    const read: unknown[] = [];
    for await (const item of readIntake(lines(), 'jsonl', { currency: 'EUR' })) read.push(item.faults ?? item.row);
    expect(read).toEqual(rows);
  });
});

describe('keys', () => {
  test.each(OFFICES)('name one debt, and one party described alike, in %s', (office) => {
    const rows = rowsOf(office, { count: 5_000 });
    expect(new Set(rows.map(({ sourceReference }) => sourceReference)).size).toBe(rows.length);
    const described = new Map<string, string>();
    for (const party of partiesOf(rows)) {
      const known = described.get(party.sourceReference);
      if (known !== undefined) expect(JSON.stringify(party)).toBe(known);
      described.set(party.sourceReference, JSON.stringify(party));
    }
    expect(described.size).toBeGreaterThan(rows.length / 2);
  });
});

describe('nobody living can be meant', () => {
  /** Identifiers by party, so that the same person's further debts do not count twice. */
  const held = (field: 'ssn' | 'sin', rows = everyRow) =>
    [
      ...new Map(
        partiesOf(rows).map((party) => [
          `${party.sourceReference} ${party.address?.city} ${party.surname}`,
          party[field],
        ]),
      ).values(),
    ].filter((value) => value !== null);

  test('Social Security numbers are neither issued as such nor as taxpayer numbers, and each is one person’s', () => {
    const numbers = held('ssn');
    expect(numbers.length).toBeGreaterThan(500);
    for (const number of numbers) expect(number).toMatch(/^9\d\d(?:0[1-9]|[1-4]\d)(?!0000)\d{4}$/);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  test('Social Insurance numbers begin with 0 and hold their check digit', () => {
    const numbers = held('sin');
    expect(numbers.length).toBeGreaterThan(150);
    for (const number of numbers) expect(number).toMatch(/^0\d{8}$/);
    expect(new Set(numbers).size).toBe(numbers.length);
    // The schema checks the digit; see the round trip above. Here: changing any number breaks it.
    const [row] = rowsOf('ca-nl').filter(({ debtor }) => debtor.sin !== null);
    const broken = `${row?.debtor.sin?.slice(0, 8)}${(Number(row?.debtor.sin?.at(-1)) + 1) % 10}`;
    expect(intakeRow.safeParse({ ...row, debtor: { ...row?.debtor, sin: broken } }).success).toBe(false);
  });

  test('Britons carry no number', () => {
    expect(partiesOf(all.get('gb-hillingdon') ?? []).every(({ ssn, sin }) => ssn === null && sin === null)).toBe(true);
  });

  test('telephones are those kept for fiction', () => {
    for (const { telephone } of partiesOf(everyRow)) {
      if (telephone !== null) expect(telephone).toMatch(/^(?:\d{3}55501\d\d|02079460\d{3})$/);
    }
  });
});

describe('what makes cases hard is there', () => {
  test.each(OFFICES)('in %s', (office) => {
    const rows = all.get(office) ?? [];
    const american = office.startsWith('us-');
    expect(share(rows, ({ delinquentOn }) => delinquentOn === null)).toBeGreaterThan(0.01);
    expect(share(rows, ({ debtor }) => debtor.kind === 'business')).toBeGreaterThan(0.02);
    expect(share(rows, ({ debtor }) => debtor.kind === 'person' && debtor.dateOfBirth === null)).toBeGreaterThan(0.04);
    if (american)
      expect(share(rows, ({ debtor }) => debtor.kind === 'person' && debtor.ssn === null)).toBeGreaterThan(0.04);
    expect(share(rows, ({ entries }) => entries.some(({ kind }) => kind === 'payment'))).toBeGreaterThan(0.1);
    expect(rows.some(({ entries }) => balance(entries) === 0)).toBe(true);
    expect(share(rows, ({ coDebtors }) => coDebtors.length > 0)).toBeGreaterThan(0.05);
    const kinds = new Set(rows.flatMap(({ stops }) => stops.map(({ kind }) => kind)));
    for (const kind of ['dispute', 'insolvency', 'deceased'] as const) expect(kinds).toContain(kind);
    if (office === 'gb-hillingdon') expect(kinds).toContain('moratorium');
  });

  test('small claims were decided, and so were the larger fines and invoices elsewhere', () => {
    const judged = (office: string, type: string) =>
      (all.get(office) ?? []).filter((row) => row.type === type && row.judgment !== null);
    expect(judged('us-ca-berkeley', 'small-claim').length).toBeGreaterThan(8);
    expect(judged('ca-nl', 'provincial-fine').length).toBeGreaterThan(5);
    expect(judged('gb-hillingdon', 'sundry').length).toBeGreaterThan(3);
    for (const { judgment, entries } of everyRow) {
      if (judgment === null) continue;
      const costs = entries.find(({ reference }) => reference === 'C1');
      expect(costs).toMatchObject({ kind: 'fee', amountMinor: judgment.costsMinor, on: judgment.enteredOn });
    }
  });

  test('businesses trade under other names, and somebody acts for residents in care', () => {
    const businesses = everyRow.filter(({ debtor }) => debtor.kind === 'business');
    const otherwise = share(businesses, ({ debtor }) => / (dba|o\/a|t\/a) /.test(debtor.surname));
    expect(otherwise > 0.15 && otherwise < 0.45).toBe(true);
    const care = (all.get('gb-hillingdon') ?? []).filter(({ type }) => type === 'adult-care');
    expect(share(care, ({ debtor }) => / \((deputy|attorney)\)$/.test(debtor.address?.line1 ?? ''))).toBeGreaterThan(
      0.15,
    );
  });

  test('references look as each source numbers its debts', () => {
    const forms: Readonly<Record<string, RegExp>> = {
      'business-tax': /^BL-20\d\d-\d{6}$/,
      'parking-fine': /^9\d{9}$/,
      'provincial-fine': /^T\d{8}$/,
      sundry: /^61\d{6}$/,
    };
    for (const { type, sourceReference } of everyRow) expect(sourceReference).toMatch(forms[type] ?? /^[\w-]{5,20}$/);
  });

  test('co-debtors live with the debtor', () => {
    for (const { debtor, coDebtors } of everyRow) {
      for (const other of coDebtors) expect(other.address).toEqual(debtor.address);
    }
  });

  test('dates lie between six years ago and the day itself, in order', () => {
    for (const { incurredOn, dueOn, delinquentOn, itemisedOn, entries, stops, proofs } of everyRow) {
      if (dueOn !== null) expect(dueOn >= (incurredOn ?? '') && dueOn < (delinquentOn ?? AS_OF)).toBe(true);
      if (delinquentOn !== null) {
        expect(delinquentOn >= addDays(AS_OF, -2_190) && delinquentOn <= addDays(AS_OF, -30)).toBe(true);
        expect((incurredOn ?? '') <= delinquentOn).toBe(true);
      }
      for (const { on } of entries) expect(on <= AS_OF && on >= (incurredOn ?? '')).toBe(true);
      for (const { startsOn } of stops) expect(startsOn < AS_OF).toBe(true);
      for (const { on } of proofs) expect(on < AS_OF && on > (incurredOn ?? '')).toBe(true);
      if (itemisedOn !== null) expect(itemisedOn <= AS_OF && itemisedOn >= (incurredOn ?? '')).toBe(true);
    }
  });

  describe.each(OFFICES.filter((office) => office.startsWith('us-')))('in %s', (office) => {
    const rows = all.get(office) ?? [];
    const kindsOf = ({ proofs }: IntakeRow) => proofs.map(({ kind }) => kind).join();

    test('a few debtors were never written to, or a letter came back; the others had notice or a conversation', () => {
      for (const kinds of ['', 'notice-sent,notice-returned', 'conversation-held']) {
        const found = share(rows, (row) => kindsOf(row) === kinds);
        expect([kinds, found > 0.004 && found < 0.07]).toEqual([kinds, true]);
      }
      expect(share(rows, (row) => kindsOf(row) === 'notice-sent')).toBeGreaterThan(0.85);
    });

    test('notice of a debt that is old enough to be handed on was given sixty days ago or more', () => {
      const old = rows.filter(({ delinquentOn }) => (delinquentOn ?? AS_OF) <= addDays(AS_OF, -120));
      for (const { on } of old.flatMap(({ proofs }) => proofs)) expect(on <= addDays(AS_OF, -60)).toBe(true);
    });

    test('a few debts are not itemised; the others are in part from the last payment', () => {
      expect(share(rows, ({ itemisedOn }) => itemisedOn === null)).toBeGreaterThan(0.005);
      expect(share(rows, ({ itemisedOn }) => itemisedOn === null)).toBeLessThan(0.07);
      const fromPayment = rows.filter(({ itemisedOn, entries }) =>
        entries.some(({ kind, on }) => kind === 'payment' && on === itemisedOn),
      );
      expect(fromPayment.length).toBeGreaterThan(5);
    });
  });

  test('nothing is asked of the offices in other countries', () => {
    const elsewhere = OFFICES.filter((office) => !office.startsWith('us-')).flatMap((office) => all.get(office) ?? []);
    expect(elsewhere.length).toBeGreaterThan(500);
    expect(elsewhere.filter(({ itemisedOn, proofs }) => itemisedOn !== null || proofs.length > 0)).toEqual([]);
  });

  test('a stop that protects a person stands on all that person owes', () => {
    const byDebtor = new Map<string, Set<string>>();
    for (const [office, rows] of all) {
      for (const { debtor, stops } of rows) {
        const key = `${office} ${debtor.sourceReference}`;
        const personal = stops.filter(({ kind }) => ['insolvency', 'deceased', 'moratorium'].includes(kind));
        byDebtor.set(key, (byDebtor.get(key) ?? new Set()).add(JSON.stringify(personal)));
      }
    }
    expect([...byDebtor.values()].filter((variants) => variants.size > 1)).toEqual([]);
  });

  test('every strategy that comes with Concord finds debts of each of its types', async () => {
    const result = await loadJurisdictions(fileURLToPath(new URL('../../../../config/jurisdictions', import.meta.url)));
    if (!result.ok) throw new Error(JSON.stringify(result.faults));
    expect(result.jurisdictions.map(({ id }) => id).sort()).toEqual([...OFFICES].sort());
    for (const { id, currency, strategies } of result.jurisdictions) {
      const rows = all.get(id) ?? [];
      expect(rows.every((row) => row.currency === currency)).toBe(true);
      for (const { debtTypes, minAgeDays, minBalanceMinor } of strategies) {
        for (const type of debtTypes) {
          const due = rows.filter(
            (row) =>
              row.type === type &&
              (row.delinquentOn ?? AS_OF) <= addDays(AS_OF, -minAgeDays) &&
              balance(row.entries) >= minBalanceMinor,
          );
          expect([id, type, due.length > 3]).toEqual([id, type, true]);
        }
      }
    }
  });
});

function balance(entries: IntakeRow['entries']): number {
  return entries.reduce(
    (sum, { kind, amountMinor }) => (kind === 'payment' ? sum - amountMinor : sum + amountMinor),
    0,
  );
}

import type { PartnerRecord } from '../contract/files.js';
import type { AddressSnapshot, DebtSnapshot, PartySnapshot } from '../contract/snapshot.js';

/** What a clerk, a debtor or an attacker may have put into a text field. */
export const HOSTILE_TEXTS: readonly string[] = [
  'Smith\r\nT0000000000',
  'Smith\nJones',
  'Sm\u0000ith',
  'Sm\u0085ith',
  '"Smith"";',
  "';--",
  '=cmd|A0',
  '\ud800',
  '\ufeffSmith',
  '\u202eSmith',
  'Jos\u00e9 \u{1f600}',
  '\u0410\u043b\u0435\u043a\u0441\u0435\u0439',
  'a,b;c\td|e',
  '../../etc/passwd',
  '__proto__',
  '',
  ' ',
  'X'.repeat(20_000),
];

/** What a record from a script may hold where anything else is expected. */
export const HOSTILE_VALUES: readonly unknown[] = [
  ...HOSTILE_TEXTS,
  null,
  true,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -1,
  0.1,
  1e21,
  Number.MAX_SAFE_INTEGER,
  '2026-02-30',
  '0000-00-00',
  [],
  [null],
  {},
];

/** A debt of which every free text says the same. What the hub itself makes (numbers, dates, ids) stays as it is. */
export function withText(debt: DebtSnapshot, text: string): DebtSnapshot {
  return {
    ...debt,
    debt: {
      ...debt.debt,
      sourceReference: text,
      type: text,
      originalCreditor: debt.debt.originalCreditor && { ...debt.debt.originalCreditor, name: text },
    },
    parties: debt.parties.map((party) => partyWith(party, text)),
  };
}

function partyWith(party: PartySnapshot, text: string): PartySnapshot {
  const address: AddressSnapshot | null = party.address && {
    ...party.address,
    line1: text,
    line2: text,
    city: text,
    region: text,
    postalCode: text,
  };
  return { ...party, surname: text, firstName: text, middleName: text, generation: text, address };
}

/** A debt as large as the ledger can say, and one of nothing. */
export function withBalance(debt: DebtSnapshot, balanceMinor: number): DebtSnapshot {
  const nothing = { interestMinor: 0, feesMinor: 0, paidMinor: 0, adjustedMinor: 0, writtenOffMinor: 0 };
  return { ...debt, ledger: { ...debt.ledger, ...nothing, assessedMinor: balanceMinor, balanceMinor } };
}

/** The record with each of its fields replaced by each hostile value in turn, and as what is no record of any type. */
export function* hostileRecords(record: PartnerRecord): Generator<PartnerRecord> {
  for (const key of Object.keys(record)) {
    for (const value of HOSTILE_VALUES) yield { ...record, [key]: value };
  }
  yield {};
  yield { [`no${'-'.repeat(5_000)}field`]: 1 };
}

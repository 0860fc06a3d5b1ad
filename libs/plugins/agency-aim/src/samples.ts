import type { Change, DebtSnapshot, Decision, EntryChange, PartnerRecord } from '@concord/plugin-sdk';
import type { PluginSamples } from '@concord/plugin-sdk/testing';
import {
  ALLOWED,
  business,
  DATE,
  debtOf,
  decided,
  exampleSettings,
  PAID,
  PARTLY_PAID,
  person,
  reason,
  spouse,
  stopped,
} from './samples/debts.js';
import { STATEMENT_SAMPLES } from './samples/statements.js';
import plugin from './index.js';
import { statementKey } from './inbound/statement-key.js';

const example = await exampleSettings();

function wanted(debt: DebtSnapshot, decision: Decision = ALLOWED) {
  const positions = plugin.position?.desire(debt, { settings: example, date: DATE, decision }) ?? [];
  const [position] = positions;
  if (position === undefined || positions.length > 1) throw new Error('One position is wanted');
  return position;
}

function change(sequence: number, debt: DebtSnapshot, decision = ALLOWED): Change {
  const { key, state, reference, amountMinor, content } = wanted(debt, decision);
  return { sequence, key, state, reference, amountMinor, content, previous: null, entry: null };
}

function told(sequence: number, kind: EntryChange['kind'], amountMinor: number, effectMinor = -amountMinor): Change {
  const entry: EntryChange = {
    id: `5f0c7d1e-6a39-4c7e-9a55-${String(sequence).padStart(12, '0')}`,
    kind,
    amountMinor,
    effectMinor,
    effectiveOn: '2026-11-20',
  };
  return { ...change(sequence, debtOf()), entry };
}

const ended = debtOf({
  number: '000000000031',
  account: 'INV-2025-0031',
  changed: { referral: null, endedReferral: { id: 'r', endedOn: '2026-11-20' } },
});
const calledBack = decided(reason('block', 'REFERRAL'), reason('restrain', 'REFERRAL'));

const placements: readonly Change[] = [
  change(1, debtOf({ parties: [person(), spouse] })),
  change(2, debtOf({ number: '000000000022', account: 'INV-2025-0022', parties: [business], ledger: PARTLY_PAID })),
  // An account number that does not fit identifies nothing when it is cut.
  change(3, debtOf({ number: '000000000023', account: 'A'.repeat(31) })),
  change(4, debtOf({ number: '001234567890', account: 'INV-2025-0024' })),
  change(5, debtOf({ number: '000000000025', account: 'INV-2025-0025', changed: { itemisation: null } })),
];

const payments: readonly Change[] = [
  told(1, 'payment', 20_000),
  told(2, 'reversal', 20_000, 20_000),
  told(3, 'fee', 2_500, 2_500),
  told(4, 'interest', 399, 399),
  told(5, 'adjustment', 1_000),
  told(6, 'write-off', 10),
  told(7, 'assessment', 5, 5),
];

const recalls: readonly Change[] = [
  change(1, ended, calledBack),
  change(2, debtOf({ ledger: PAID })),
  change(3, stopped(debtOf(), 'insolvency'), decided(reason('close', 'STOP:insolvency'))),
  { ...change(4, debtOf({ number: '000000000034', account: 'INV-2025-0034' })), state: 'absent', amountMinor: 0 },
];

const digested = (record: PartnerRecord, reference: string) => ({
  naturalKey: statementKey(record, reference),
  reference,
});
const status = (code: string, file: string, more: PartnerRecord = {}) =>
  digested({ recordType: 'ASTS', debtorNumber: '000000101', fileNumber: file, statusCode: code, ...more }, file);

/** What the conformance kit checks the plugin with. */
const samples: PluginSamples = {
  fixtures: new URL('../fixtures/', import.meta.url),
  badSettings: [
    { name: 'nothing', settings: {} },
    { name: 'no debtor record', settings: { ...example, debtor: undefined } },
    { name: 'a column that AIM has not', settings: { ...example, columns: { ...example.columns, fee: 'other10' } } },
    {
      name: 'a reason of four characters',
      settings: { ...example, recallReasons: { ...example.recallReasons, paid: 'PAID' } },
    },
    { name: 'a file name with a blank', settings: { ...example, fileNamePrefix: 'CITY COLL' } },
    {
      name: 'a bucket that AIM has not',
      settings: { ...example, commission: { remits: 'net', commissionBucket: 9, amountIs: 'collected' } },
    },
    { name: 'a misspelled setting', settings: { ...example, objectonDays: 3 } },
    {
      name: 'bankruptcies of no known account',
      settings: { ...example, mapped: { bankruptcies: { ...example.mapped?.bankruptcies, fileNumber: 'court' } } },
    },
    { name: 'a date field that AIM has not', settings: { ...example, accountDates: { userdate4: 'incurredOn' } } },
  ],
  date: DATE,
  identifiers: { 'ssn-1': '212345678', 'ssn-2': '298765432', 'dob-1': '1980-02-29' },
  debts: [
    { name: 'a debt in collection', debt: debtOf() },
    { name: 'a joint debt', debt: debtOf({ parties: [person(), spouse] }) },
    { name: 'a debt of a business', debt: debtOf({ parties: [business] }) },
    { name: 'a paid debt', debt: debtOf({ ledger: PAID }) },
  ],
  outbound: {
    payments: { changes: payments, golden: 'CPAY202611210001.txt', totals: [[5, 22]] },
    placements: {
      changes: placements,
      golden: 'CPLC202611210001.txt',
      setAside: [3, 4],
      totals: [[85, 22]],
    },
    recalls: { changes: recalls, golden: 'CREC202611210001.txt', totals: [[5, 10]] },
  },
  inbound: {
    ...STATEMENT_SAMPLES,
    acknowledgements: [
      {
        file: 'AACK20261122.txt',
        totals: [[5, 22]],
        findings: [
          {
            kind: 'accepted',
            naturalKey: 'AACK:000000021:2026-11-22:124456',
            reference: '000000021',
            answerTo: null,
            amountMinor: 124_456,
          },
          {
            kind: 'accepted',
            naturalKey: 'AACK:000000022:2026-11-22:50000',
            reference: '000000022',
            answerTo: null,
            amountMinor: 50_000,
          },
        ],
      },
    ],
    'agency-payments': [
      {
        file: 'APAY20261122.txt',
        totals: [[5, 22]],
        findings: [
          {
            kind: 'paid',
            naturalKey: 'APAY:PA:000000021:P-1001',
            reference: '000000021',
            amountMinor: 20_000,
            currency: 'USD',
            paidOn: '2026-11-20',
            commissionMinor: 5_000,
          },
          {
            kind: 'paid',
            naturalKey: 'APAY:PA:000000022:P-1002',
            reference: '000000022',
            amountMinor: 1_000,
            currency: 'USD',
            paidOn: '2026-11-21',
            commissionMinor: 250,
          },
          {
            kind: 'payment-reversed',
            naturalKey: 'APAY:PAR:000000022:P-1002',
            reference: '000000022',
            reverses: 'APAY:PA:000000022:P-1002',
            amountMinor: 1_000,
            currency: 'USD',
            reversedOn: '2026-11-21',
            commissionMinor: 250,
          },
          {
            kind: 'payment-reversed',
            naturalKey: 'APAY:PAR:000000023:P-0900',
            reference: '000000023',
            reverses: 'APAY:PA:000000023:P-0900',
            amountMinor: 7_550,
            currency: 'USD',
            reversedOn: '2026-11-19',
            commissionMinor: 0,
          },
        ],
      },
    ],
    statuses: [
      {
        file: 'ASTS20261122.txt',
        totals: [[5, 10]],
        findings: [
          {
            ...status('B13', '000000021', {
              note: 'Petition 26-10442',
              noteDate: '2026-11-18',
              notificationQueue: 'BKR',
            }),
            kind: 'insolvent',
            on: '2026-11-18',
            details: { debtor: '000000101', note: 'Petition 26-10442', queue: 'BKR', chapter: '13', code: 'B13' },
          },
          {
            ...status('DIS', '000000022', { note: 'Says it was paid in 2024', noteDate: '2026-11-19' }),
            kind: 'disputed',
            on: '2026-11-19',
            details: { debtor: '000000101', note: 'Says it was paid in 2024', code: 'DIS' },
          },
          {
            ...status('REJ', '000000023', { note: 'Account of another agency' }),
            kind: 'refused',
            answerTo: null,
            code: 'REJ',
            message: 'Account of another agency',
            field: null,
          },
          {
            ...status('CAL', '000000024', { note: 'No answer', noteDate: '2026-11-20' }),
            kind: 'status-reported',
            details: { debtor: '000000101', note: 'No answer', code: 'CAL', on: '2026-11-20' },
          },
          {
            ...status('RTN', '000000025', { note: 'Uncollectable', noteDate: '2026-11-21' }),
            kind: 'placement-returned',
            details: { debtor: '000000101', note: 'Uncollectable', code: 'RTN', on: '2026-11-21' },
          },
          { ...status('ACC', '000000026'), kind: 'accepted', answerTo: null },
          {
            ...status('MIL', '000000027'),
            kind: 'active-duty',
            on: null,
            details: { debtor: '000000101', code: 'MIL' },
          },
          {
            ...status('DEC', '000000028', { note: 'Son called', noteDate: '2026-11-21' }),
            kind: 'deceased',
            on: '2026-11-21',
            details: { debtor: '000000101', note: 'Son called', code: 'DEC' },
          },
        ],
      },
    ],
    addresses: [
      {
        file: 'AUAD20261122.txt',
        totals: [[5, 10]],
        findings: [
          {
            ...digested(
              {
                recordType: 'AUAD',
                debtorNumber: '000000101',
                fileNumber: '000000021',
                newStreet1: '7 Oak Avenue',
                newStreet2: 'Unit 3',
                newCity: 'Peoria',
                newState: 'IL',
                newZip: '616021234',
                oldStreet1: '1 Elm St',
                oldCity: 'Springfield',
                oldState: 'IL',
                oldZip: '62701',
                date: '2026-11-20',
              },
              '000000021',
            ),
            kind: 'contact-found',
            details: {
              debtor: '000000101',
              street1: '7 Oak Avenue',
              street2: 'Unit 3',
              city: 'Peoria',
              region: 'IL',
              postalCode: '616021234',
              oldStreet1: '1 Elm St',
              oldCity: 'Springfield',
              oldRegion: 'IL',
              oldPostalCode: '62701',
              on: '2026-11-20',
            },
          },
        ],
      },
    ],
    phones: [
      {
        file: 'AUPH20261122.txt',
        totals: [[5, 10]],
        findings: [
          {
            ...digested(
              {
                recordType: 'AUPH',
                debtorNumber: '000000101',
                fileNumber: '000000021',
                phoneType: '3',
                newNumber: '2175550199',
                oldNumber: '2175550123',
                date: '2026-11-20',
              },
              '000000021',
            ),
            kind: 'contact-found',
            details: {
              debtor: '000000101',
              telephone: '2175550199',
              oldTelephone: '2175550123',
              on: '2026-11-20',
              telephoneType: 'cell',
            },
          },
          {
            ...digested(
              {
                recordType: 'AUPH',
                debtorNumber: '000000102',
                fileNumber: '000000022',
                phoneType: '9',
                newNumber: '2175550111',
              },
              '000000022',
            ),
            kind: 'contact-found',
            details: { debtor: '000000102', telephone: '2175550111', telephoneType: '9' },
          },
        ],
      },
    ],
    objections: [
      {
        file: 'AOBJ20261122.txt',
        totals: [[5, 10]],
        findings: [
          {
            ...digested(
              {
                recordType: 'AOBJ',
                fileNumber: '000000021',
                account: 'INV-2025-0021',
                objectionReason: 'PPA',
                date: '2026-11-21',
              },
              '000000021',
            ),
            kind: 'recall-contested',
            details: { code: 'PPA', on: '2026-11-21' },
          },
        ],
      },
    ],
    reconciliations: [
      {
        file: 'AREC20261122.txt',
        totals: [[5, 22]],
        findings: [
          {
            kind: 'balance-reported',
            naturalKey: 'AREC:000000021:2026-11-22:104456',
            reference: '000000021',
            account: 'INV-2025-0021',
            amountMinor: 104_456,
            asOf: '2026-11-22',
          },
          {
            kind: 'balance-reported',
            naturalKey: 'AREC:000000022:2026-11-22:50000',
            reference: '000000022',
            account: 'INV-2025-0022',
            amountMinor: 50_000,
            asOf: '2026-11-22',
          },
        ],
      },
    ],
  },
};

export default samples;

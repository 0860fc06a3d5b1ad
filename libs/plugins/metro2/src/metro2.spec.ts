import { describe, expect, test } from '@jest/globals';
import type { Change, DebtSnapshot, Decision, PartySnapshot, PositionContent } from '@concord/plugin-sdk';
import { describePlugin, type PluginSamples } from '@concord/plugin-sdk/testing';
import plugin from './index.js';

const DATE = '2026-11-21';
const ALLOWED: Decision = { outcome: 'allow', reasons: [] };
const IDENTIFIERS = { 'ssn-1': '212345678', 'ssn-2': '298765432', 'dob-1': '1980-02-29', 'dob-2': '1979-12-31' };

const example = plugin.settings.parse({
  identificationNumber: 'CITYCOLL01',
  reporter: { name: 'City Collections Office', address: '100 Main Street' },
  accountNumberPrefix: 'CITY',
  originalCreditor: { name: 'City of Springfield', classification: '04' },
  fileNamePrefix: 'CITYCOLL',
});

function person(changed: Partial<PartySnapshot> = {}): PartySnapshot {
  return {
    id: 'party-1',
    role: 'debtor',
    kind: 'person',
    surname: "Núñez-O'Hara",
    firstName: 'María',
    middleName: 'Q',
    generation: 'Jr.',
    address: { line1: '1 Elm St', line2: 'Apt 4', city: 'Springfield', region: 'IL', postalCode: '62701-1234', country: 'US' },
    telephone: '12175550123',
    identifiers: { ssn: { identifier: 'ssn-1' }, 'date-of-birth': { identifier: 'dob-1' } },
    ...changed,
  };
}

const spouse = person({
  id: 'party-2',
  role: 'co-debtor',
  firstName: 'Ann',
  generation: null,
  telephone: null,
  identifiers: { ssn: { identifier: 'ssn-2' }, 'date-of-birth': { identifier: 'dob-2' } },
});
const guarantor = person({
  id: 'party-3',
  role: 'guarantor',
  surname: 'Lee',
  firstName: 'Bo',
  address: { line1: '9 Oak Ave', line2: null, city: 'Peoria', region: 'IL', postalCode: '61602', country: 'US' },
  identifiers: {},
});

interface Altered {
  readonly number?: string;
  readonly parties?: readonly PartySnapshot[];
  readonly ledger?: Partial<DebtSnapshot['ledger']>;
  readonly debt?: Partial<DebtSnapshot['debt']>;
}

function debtOf({ number = '000000000021', parties = [person()], ledger = {}, debt = {} }: Altered = {}): DebtSnapshot {
  return {
    caseId: 'case-1',
    caseVersion: 1,
    jurisdiction: { id: 'springfield', country: 'US', currency: 'USD' },
    debt: {
      id: `debt-${number}`,
      number,
      sourceReference: 'invoice 1',
      type: 'water',
      aroseFromContract: true,
      originalCreditor: null,
      incurredOn: '2025-01-15',
      delinquentOn: '2025-03-01',
      ...debt,
    },
    parties,
    ledger: {
      assessedMinor: 123_456,
      interestMinor: 1_000,
      feesMinor: 0,
      paidMinor: 0,
      adjustedMinor: 0,
      writtenOffMinor: 0,
      balanceMinor: 124_456,
      settled: false,
      lastPayment: null,
      ...ledger,
    },
    stops: [],
    referral: { id: 'referral-1', madeOn: '2026-06-01', capMinor: null, expiresOn: null },
  };
}

const PAID = { paidMinor: 124_456, balanceMinor: 0, lastPayment: { on: '2026-11-10', amountMinor: 50_099 } };

function stopped(debt: DebtSnapshot, kind: DebtSnapshot['stops'][number]['kind'], details = {}): DebtSnapshot {
  return { ...debt, stops: [{ id: 's', kind, startsOn: DATE, endsOn: null, details }] };
}

function decided(outcome: Decision['outcome'], rule = 'STOP:dispute'): Decision {
  return { outcome, reasons: [{ rule, outcome, reason: '', citation: null, earliestOn: null }] };
}

function wanted(debt: DebtSnapshot, decision: Decision = ALLOWED) {
  const positions = plugin.position?.desire(debt, { settings: example, date: DATE, decision }) ?? [];
  expect(positions).toHaveLength(1);
  return positions[0]!;
}

function change(sequence: number, debt: DebtSnapshot, decision = ALLOWED, previous: PositionContent | null = null): Change {
  return { sequence, ...wanted(debt, decision), previous };
}

const disputed = stopped(debtOf({ number: '000000000023' }), 'dispute');
const bankrupt = stopped(debtOf({ number: '000000000024' }), 'insolvency', { chapter: '13' });
const released = debtOf({ number: '000000000026' });

const changes: readonly Change[] = [
  change(1, debtOf({ parties: [person(), spouse, guarantor] })),
  change(2, debtOf({ number: '000000000022', ledger: PAID })),
  change(3, disputed, decided('restrain')),
  change(4, bankrupt, decided('restrain', 'STOP:insolvency')),
  change(5, debtOf({ number: '000000000025', debt: { delinquentOn: null } })),
  change(6, { ...released, referral: null }, ALLOWED, wanted(released).content),
  // A dispute is over: the bureaus must be told to take its mark off.
  change(7, debtOf({ number: '000000000027' }), ALLOWED, wanted(disputed, decided('restrain')).content),
];

const samples: PluginSamples = {
  fixtures: new URL('../fixtures/', import.meta.url),
  badSettings: [
    { name: 'nothing', settings: {} },
    { name: 'an identification number of nines', settings: { ...example, identificationNumber: '999999' } },
    { name: 'an identification number with a blank', settings: { ...example, identificationNumber: 'CITY 0001' } },
    { name: 'a file name with a blank', settings: { ...example, fileNamePrefix: 'CITY COLL' } },
    { name: 'a creditor of no known trade', settings: { ...example, originalCreditor: { name: 'X', classification: '99' } } },
    { name: 'a misspelled setting', settings: { ...example, orginalCreditor: { name: 'X', classification: '04' } } },
  ],
  date: DATE,
  identifiers: IDENTIFIERS,
  debts: [
    { name: 'a debt in collection', debt: debtOf() },
    { name: 'a joint debt', debt: debtOf({ parties: [person(), spouse, guarantor] }) },
    { name: 'a paid debt', debt: debtOf({ ledger: PAID }) },
    { name: 'a debt without date of delinquency', debt: debtOf({ debt: { delinquentOn: null } }) },
  ],
  outbound: {
    tradelines: {
      changes,
      golden: 'tradelines.m2',
      setAside: [5],
      totals: [
        [12, 9],
        [30, 9],
        [39, 9],
        [48, 9],
        [57, 351],
      ],
    },
  },
  inbound: {
    rejects: [
      {
        file: 'rejects-some.txt',
        totals: [[2, 9]],
        findings: [
          {
            kind: 'refused',
            naturalKey: 'CITYCOLL202611210001.m2:3:CITY000000000022',
            reference: 'CITY000000000022',
            answerTo: { fileName: 'CITYCOLL202611210001.m2' },
            code: 'E1007',
            message: 'DATE IS LATER THAN DATE OPENED',
            field: 'DATE FIRST DELINQUENCY',
          },
          {
            kind: 'refused',
            naturalKey: 'CITYCOLL202611210001.m2:5:CITY000000000024',
            reference: 'CITY000000000024',
            answerTo: { fileName: 'CITYCOLL202611210001.m2' },
            code: 'E2001',
            message: 'CONSUMER NOT FOUND',
            field: null,
          },
          {
            kind: 'file-answered',
            naturalKey: 'CITYCOLL202611210001.m2:answer:metro2-rejects-example',
            answerTo: { fileName: 'CITYCOLL202611210001.m2' },
            rest: 'accepted',
            reason: null,
            accepted: 4,
            refused: 2,
          },
        ],
      },
      {
        file: 'rejects-whole-file.txt',
        totals: [[2, 9]],
        findings: [
          {
            kind: 'file-answered',
            naturalKey: 'CITYCOLL202611210001.m2:answer:metro2-rejects-example',
            answerTo: { fileName: 'CITYCOLL202611210001.m2' },
            rest: 'refused',
            reason: 'IDENTIFICATION NUMBER NOT ON FILE',
            accepted: 0,
            refused: 6,
          },
        ],
      },
    ],
  },
};

describePlugin(plugin, samples, { describe, test, expect });

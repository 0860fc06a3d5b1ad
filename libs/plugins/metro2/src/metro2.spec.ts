import { describe, expect, test } from '@jest/globals';
import type { Change, DebtSnapshot, Decision, PositionContent } from '@concord/plugin-sdk';
import { describePlugin, type PluginSamples } from '@concord/plugin-sdk/testing';
import { ALLOWED, DATE, debtOf, decided, guarantor, PAID, person, spouse, stopped } from '../fixtures/debts.js';
import plugin from './index.js';

const IDENTIFIERS = { 'ssn-1': '212345678', 'ssn-2': '298765432', 'dob-1': '1980-02-29', 'dob-2': '1979-12-31' };

const example = plugin.settings.parse({
  identificationNumber: 'CITYCOLL01',
  reporter: { name: 'City Collections Office', address: '100 Main Street' },
  accountNumberPrefix: 'CITY',
  originalCreditor: { name: 'City of Springfield', classification: '04' },
  fileNamePrefix: 'CITYCOLL',
});

function wanted(debt: DebtSnapshot, decision: Decision = ALLOWED) {
  const positions = plugin.position?.desire(debt, { settings: example, date: DATE, decision }) ?? [];
  expect(positions).toHaveLength(1);
  return positions[0]!;
}

function change(
  sequence: number,
  debt: DebtSnapshot,
  decision = ALLOWED,
  previous: PositionContent | null = null,
): Change {
  return { sequence, ...wanted(debt, decision), previous, entry: null };
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
    {
      name: 'a creditor of no known trade',
      settings: { ...example, originalCreditor: { name: 'X', classification: '99' } },
    },
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

import type { Change, DebtSnapshot, PositionContent } from '@concord/plugin-sdk';
import type { OutboundSample, PluginSamples } from '@concord/plugin-sdk/testing';
import { CANADIAN_SETTINGS, canadianDebt, DEBTOR, SPOUSE } from './samples/canadian-debts.js';
import { ALLOWED, DATE, debtOf, decided, guarantor, PAID, person, spouse, stopped } from './samples/debts.js';
import { changeOf, entered, IDENTIFIERS, settingsOf } from './samples/tradeline-file.js';

const example = settingsOf();

function change(
  sequence: number,
  debt: DebtSnapshot,
  decision = ALLOWED,
  before: PositionContent | null = null,
): Change {
  return changeOf(example, debt, { sequence, decision, before });
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
  change(6, { ...released, referral: null }, ALLOWED, change(1, released).content),
  // A dispute is over: the bureaus must be told to take its mark off.
  change(7, debtOf({ number: '000000000027' }), ALLOWED, change(1, disputed, decided('restrain')).content),
];

/** Total Base Records, J1, J2, Block Count and everything behind it. */
const CHARACTER_TOTALS = [
  [12, 9],
  [30, 9],
  [39, 9],
  [48, 9],
  [57, 351],
] as const;
const PACKED_TOTALS = [
  [12, 5],
  [22, 210],
] as const;

/** The same changes in another form of the file. */
function form(golden: string, changed: object, other: Partial<OutboundSample> = {}): OutboundSample {
  return { golden, settings: entered(changed), changes, setAside: [5], totals: CHARACTER_TOTALS, ...other };
}

const canada = settingsOf(CANADIAN_SETTINGS);
const disputedInCanada = stopped(canadianDebt({ number: '000000000023' }), 'dispute');
const canadianChanges: readonly Change[] = [
  changeOf(canada, canadianDebt({ parties: [DEBTOR, SPOUSE] })),
  changeOf(canada, canadianDebt({ number: '000000000022', ledger: { ...PAID, settled: true } }), { sequence: 2 }),
  changeOf(canada, disputedInCanada, { sequence: 3, decision: decided('restrain') }),
  changeOf(canada, canadianDebt({ number: '000000000024', parties: [{ ...DEBTOR, identifiers: {} }] }), {
    sequence: 4,
  }),
  changeOf(canada, { ...canadianDebt({ number: '000000000025' }), referral: null }, { sequence: 5 }),
];

const boughtDebts = { water: { from: 'Springfield Water Co', on: '2025-12-01' } };

/** What the conformance kit checks the plugin with. */
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
    { name: 'answers of a Canadian bureau in another country', settings: { ...example, canada: {} } },
    { name: 'the Canadian packed form', settings: { ...example, country: 'CA', form: 'packed' } },
    { name: 'packed records of one length', settings: { ...example, form: 'packed', fixedRecords: { K1: 1 } } },
    { name: 'blocks of no record', settings: { ...example, recordsPerBlock: 0 } },
    {
      name: 'a purchase on no day',
      settings: { ...example, boughtDebts: { water: { from: 'Seller', on: '2025-02-30' } } },
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
    { name: 'a bought debt', debt: debtOf(), settings: entered({ boughtDebts }) },
    {
      name: 'a Canadian debt',
      debt: canadianDebt({ parties: [DEBTOR, SPOUSE] }),
      settings: entered(CANADIAN_SETTINGS),
    },
    {
      name: 'a Canadian debt at a bureau of no known codes',
      debt: canadianDebt(),
      settings: entered({ country: 'CA' }),
    },
  ],
  outbound: {
    tradelines: [
      { changes, golden: 'tradelines.m2', setAside: [5], totals: CHARACTER_TOTALS },
      form('canada.m2', CANADIAN_SETTINGS, { changes: canadianChanges, setAside: [4] }),
      form(
        'bought.m2',
        { boughtDebts },
        {
          changes: [changeOf(settingsOf({ boughtDebts }), debtOf({ parties: [person(), spouse] }))],
          setAside: [],
        },
      ),
      form('fixed.m2', { fixedRecords: { J1: 2, J2: 1, K1: 1 } }),
      form('blocked.m2', { recordsPerBlock: 2 }, { lastRecordLength: 426 }),
      form('packed.m2', { form: 'packed' }, { totals: PACKED_TOTALS, lastRecordLength: 366 }),
      form(
        'packed-blocked.m2',
        { form: 'packed', recordsPerBlock: 3 },
        { totals: PACKED_TOTALS, lastRecordLength: 366 },
      ),
    ],
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

export default samples;

import { createHash } from 'node:crypto';
import type { Finding, PartnerRecord } from '@concord/plugin-sdk';
import type { PluginSamples } from '@concord/plugin-sdk/testing';
import { statementKey } from '../inbound/statement-key.js';

/** Invented files with what an agency found and learned: assets, and the files that the administrator describes. */

const DEBTOR = '000000101';
const digested = (record: PartnerRecord, reference: string) => ({
  naturalKey: statementKey(record, reference),
  reference,
});

const asset = (debtorNumber: string, fileNumber: string, rest: PartnerRecord) =>
  digested({ recordType: 'AAST', debtorNumber, fileNumber, ...rest }, fileNumber);

/** The key of a protective fact, from what it is known by. */
function factKey(kind: string, reference: string, ...about: readonly (readonly [fact: string, value: string])[]) {
  const digest = createHash('sha256').update(JSON.stringify(about)).digest('hex').slice(0, 32);
  return { naturalKey: `${kind}:${reference}:${digest}`, reference };
}

const bankruptcy = (reference: string, debtor: string, caseNumber: string, chapter: string) =>
  factKey('bankruptcies', reference, ['debtor', debtor], ['caseNumber', caseNumber], ['chapter', chapter]);

/** The key of a statement that is known by the whole of its record. */
const whole = (kind: string, fileNumber: string, rest: PartnerRecord, debtorNumber: string | null = DEBTOR) =>
  digested({ recordType: kind, ...(debtorNumber === null ? {} : { debtorNumber }), fileNumber, ...rest }, fileNumber);

const further = (kind: string, fileNumber: string, rest: PartnerRecord, debtorNumber = DEBTOR) => {
  const { naturalKey, reference } = whole(kind, fileNumber, rest, debtorNumber);
  return { kind: 'status-reported' as const, naturalKey: `${naturalKey}:further`, reference };
};

const assets: readonly Finding[] = [
  {
    ...asset(DEBTOR, '000000021', {
      assetId: 'A-17',
      assetTypeId: '1',
      name: '2019 Ford F-150',
      description: 'Grey, kept at 7 Oak Avenue',
      value: 1_250_000,
      lienValue: 400_000,
      valueVerified: '1',
      lienVerified: '0',
    }),
    kind: 'asset-found',
    details: {
      debtor: DEBTOR,
      assetId: 'A-17',
      name: '2019 Ford F-150',
      description: 'Grey, kept at 7 Oak Avenue',
      valueVerified: '1',
      lienVerified: '0',
      assetType: 'vehicle',
      valueMinor: '1250000',
      lienMinor: '400000',
      currency: 'USD',
    },
  },
  {
    ...asset('000000103', '000000022', { assetTypeId: '7', name: 'Café counter' }),
    kind: 'asset-found',
    details: { debtor: '000000103', name: 'Café counter', assetType: '7' },
  },
];

const COURT = 'Central District of Illinois';
const bankruptcies: readonly Finding[] = [
  {
    ...bankruptcy('000000021', DEBTOR, '2610442', '7'),
    kind: 'insolvent',
    on: '2026-11-18',
    details: { debtor: DEBTOR, chapter: '7', caseNumber: '26-10442', court: COURT, filedOn: '2026-11-18' },
  },
  {
    ...bankruptcy('000000022', DEBTOR, '2610443', '13'),
    kind: 'insolvent',
    on: '2026-11-01',
    details: { debtor: DEBTOR, chapter: '13', caseNumber: '26-10443', court: COURT, filedOn: '2026-11-01' },
  },
  {
    ...further('bankruptcies', '000000022', {
      action: 'A',
      chapter: '13',
      caseNumber: '26-10443',
      court: COURT,
      filedDate: '2026-11-01',
      meetingDate: '2026-12-15',
      meetingTime: '09:30',
      meetingPlace: 'Room 2, Peoria',
      trustee: 'Ana Example',
      attorney: 'Bo Sample',
      attorneyPhone: '2175550177',
    }),
    details: {
      about: 'bankruptcy',
      debtor: DEBTOR,
      chapter: '13',
      caseNumber: '26-10443',
      court: COURT,
      filedOn: '2026-11-01',
      meetingOn: '2026-12-15',
      meetingTime: '09:30',
      meetingPlace: 'Room 2, Peoria',
      trustee: 'Ana Example',
      attorney: 'Bo Sample',
      attorneyTelephone: '2175550177',
    },
  },
  // It ended, the agency says: that stops at once all the same, and a person lifts it.
  {
    ...bankruptcy('000000023', '000000102', '2400017', '13'),
    kind: 'insolvent',
    on: '2024-01-10',
    details: { debtor: '000000102', chapter: '13', caseNumber: '24-00017', filedOn: '2024-01-10' },
  },
  {
    ...further(
      'bankruptcies',
      '000000023',
      {
        action: 'A',
        chapter: '13',
        caseNumber: '24-00017',
        filedDate: '2024-01-10',
        dismissedDate: '2025-11-03',
        closedDate: '2025-12-04',
      },
      '000000102',
    ),
    details: {
      about: 'bankruptcy',
      debtor: '000000102',
      chapter: '13',
      caseNumber: '24-00017',
      filedOn: '2024-01-10',
      dismissedOn: '2025-11-03',
      closedOn: '2025-12-04',
    },
  },
  {
    ...further('bankruptcies', '000000024', { action: 'D', chapter: '07', caseNumber: '26-10442' }),
    details: { about: 'bankruptcy', debtor: DEBTOR, chapter: '7', caseNumber: '26-10442', takenBack: 'yes' },
  },
];

const deaths: readonly Finding[] = [
  {
    ...factKey('deaths', '000000021', ['debtor', DEBTOR], ['diedOn', '20261102']),
    kind: 'deceased',
    on: '2026-11-02',
    details: { debtor: DEBTOR, diedOn: '2026-11-02' },
  },
  {
    ...factKey('deaths', '000000022', ['debtor', '000000102'], ['diedOn', '']),
    kind: 'deceased',
    on: null,
    details: { debtor: '000000102' },
  },
  {
    ...further(
      'deaths',
      '000000022',
      {
        action: 'A',
        court: 'Sangamon County Probate',
        caseNumber: '2026-PR-88',
        openedDate: '2026-11-10',
        lastDayForClaims: '2027-05-10',
        representative: 'Eve Example',
        address: '5 Ash St, Springfield IL',
        phone: '2175550188',
      },
      '000000102',
    ),
    details: {
      about: 'death',
      debtor: '000000102',
      estateCourt: 'Sangamon County Probate',
      estateCaseNumber: '2026-PR-88',
      estateOpenedOn: '2026-11-10',
      claimsBarOn: '2027-05-10',
      representative: 'Eve Example',
      representativeAddress: '5 Ash St, Springfield IL',
      representativeTelephone: '2175550188',
    },
  },
];

const disputes: readonly Finding[] = [
  {
    ...whole('disputes', '000000021', { reason: 'NOT', note: 'Not my vehicle', date: '2026-11-19' }),
    kind: 'disputed',
    on: '2026-11-19',
    details: { debtor: DEBTOR, code: 'NOT', note: 'Not my vehicle', on: '2026-11-19' },
  },
];

const complaints: readonly Finding[] = [
  {
    ...whole('complaints', '000000021', {
      reason: 'CAL',
      complainant: 'María Núñez',
      note: 'Called at 22:00',
      date: '2026-11-19',
    }),
    kind: 'status-reported',
    details: {
      about: 'complaint',
      debtor: DEBTOR,
      code: 'CAL',
      complainant: 'María Núñez',
      note: 'Called at 22:00',
      on: '2026-11-19',
    },
  },
];

const returns: readonly Finding[] = [
  {
    ...whole('returns', '000000025', { reason: 'UNC', note: 'No assets, no wages', date: '2026-11-21' }),
    kind: 'placement-returned',
    details: {
      about: 'return',
      debtor: DEBTOR,
      code: 'uncollectable',
      note: 'No assets, no wages',
      on: '2026-11-21',
    },
  },
  {
    ...whole('returns', '000000026', { reason: 'SKP' }, null),
    kind: 'placement-returned',
    details: { about: 'return', code: 'SKP' },
  },
];

/** Every trailer of these files states its count alone. */
const sample = (file: string, findings: readonly Finding[]) => [{ file, findings, totals: [[5, 10] as const] }];

export const STATEMENT_SAMPLES: PluginSamples['inbound'] = {
  assets: sample('AAST20261122.txt', assets),
  bankruptcies: sample('ABKR20261122.txt', bankruptcies),
  deaths: sample('ADEC20261122.txt', deaths),
  disputes: sample('ADIS20261122.txt', disputes),
  complaints: sample('ACMP20261122.txt', complaints),
  returns: sample('ARTN20261122.txt', returns),
};

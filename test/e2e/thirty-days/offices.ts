import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const REPOSITORY = join(import.meta.dirname, '../../..');
const MAPPINGS = join(REPOSITORY, 'libs/plugins');

/** An office of the test: three time zones, one bureau, and two agencies with different time to object to a recall. */
export interface Office {
  readonly id: string;
  readonly prefix: string;
  readonly region: string;
  readonly timeZone: string;
}

export const OFFICES: readonly Office[] = [
  { id: 'us-ca-test', prefix: 'CATE', region: 'CA', timeZone: 'America/Los_Angeles' },
  { id: 'us-il-test', prefix: 'ILTE', region: 'IL', timeZone: 'America/Chicago' },
  { id: 'us-nm-test', prefix: 'NMTE', region: 'NM', timeZone: 'America/Denver' },
];

export const BUREAU = 'northern';
export const AGENCIES = ['harbor', 'summit'] as const;
export type AgencyName = (typeof AGENCIES)[number];

/** Types of debt: those that come from a contract, and one that a bureau may not see. */
export const CONTRACT_TYPES = ['utility', 'permit'] as const;
export const FINE_TYPE = 'ordinance-fine';
/**
 * Bills that a strategy shares out among the agencies as they come of age; the others are referred by officers. One a day
 * comes of age: which of several goes where is chosen by their ids, which are other ones in every run.
 */
export const YOUNG_TYPE = 'refuse';

/** Days since delinquency after which the strategies refer a debt. */
export const REPORTED_AFTER_DAYS = 120;
export const PLACED_AFTER_DAYS = 180;

const OBJECTION_DAYS: { readonly [agency in AgencyName]: number } = { harbor: 3, summit: 0 };

export function connectorId(office: string, partner: string): string {
  return `${office}-${partner}`;
}

/** How the bureau names a debt of an office. */
export function accountNumber(office: Office, debtNumber: number): string {
  return `${office.prefix}${debtNumber}`;
}

/** How an agency names a debt: nine digits. */
export function fileNumber(debtNumber: number): string {
  return String(debtNumber).padStart(9, '0');
}

/** Writes a configuration folder with these offices and nothing else. JSON is YAML, too. */
export function writeConfiguration(folder: string): void {
  mkdirSync(join(folder, 'jurisdictions'), { recursive: true });
  const plugins = ['@concord/plugin-metro2', '@concord/plugin-agency-aim'];
  writeFileSync(join(folder, 'plugins.yaml'), JSON.stringify({ plugins }));
  for (const office of OFFICES) {
    writeFileSync(join(folder, 'jurisdictions', `${office.id}.yaml`), JSON.stringify(jurisdiction(office), null, 2));
  }
}

function jurisdiction(office: Office): object {
  const { id, region, timeZone } = office;
  const debtTypes = [...CONTRACT_TYPES, YOUNG_TYPE, FINE_TYPE];
  return {
    ...{ id, title: `Office ${region}`, country: 'US', currency: 'USD', timeZone },
    ...{ holidays: { country: 'US', region }, closures: [], weekend: [6, 7] },
    strategies: [
      {
        ...{ id: 'report-all', act: 'report', connectors: [connectorId(id, BUREAU)], debtTypes },
        ...{ minAgeDays: REPORTED_AFTER_DAYS, minBalanceMinor: 1 },
      },
      {
        ...{ id: 'place-shared', act: 'place', debtTypes: [YOUNG_TYPE] },
        ...{ minAgeDays: PLACED_AFTER_DAYS, minBalanceMinor: 1 },
        oneOf: [
          { connector: connectorId(id, 'harbor'), share: 60 },
          { connector: connectorId(id, 'summit'), share: 40 },
        ],
      },
    ],
    connectors: [bureau(office), ...AGENCIES.map((agency) => placements(office, agency))],
  };
}

function bureau(office: Office): object {
  return {
    ...{ id: connectorId(office.id, BUREAU), plugin: 'metro2', title: 'Northern Bureau', mode: 'on' },
    settings: {
      identificationNumber: `${office.prefix}COLL01`,
      programIdentifiers: { equifax: `${office.prefix}EFX001` },
      reporter: { name: `Office ${office.region}`, address: '1 Example Street, Exampleton' },
      accountNumberPrefix: office.prefix,
      originalCreditor: { name: 'EXAMPLE CITY', classification: '04' },
      fileNamePrefix: office.prefix,
      rejects: { $file: join(MAPPINGS, 'metro2/mappings/rejects.example.yaml') },
    },
    channel: channel(office, BUREAU),
    schedule: { every: 'month', on: 'last-business-day', at: '18:00' },
    answerWithinBusinessDays: 2,
  };
}

function placements(office: Office, agency: AgencyName): object {
  return {
    ...{ id: connectorId(office.id, agency), plugin: 'agency-aim', title: agency, mode: 'on' },
    settings: {
      agency: { code: agency.toUpperCase(), name: `${agency} recovery` },
      fileNamePrefix: office.prefix,
      columns: {
        ...{ assessment: 'principal', interest: 'interest', fee: 'other3' },
        ...{ payment: 'principal', adjustment: 'principal' },
      },
      batchTypes: { payment: 'PU', reversal: 'PUR', increase: 'DC', decrease: 'CR' },
      recallReasons: {
        ...{ paid: 'PIF', settled: 'SIF', withdrawn: 'WDR', dispute: 'DSP' },
        ...{ insolvency: 'BKY', deceased: 'DEC', hold: 'HLD', other: 'OTH' },
      },
      objectionDays: OBJECTION_DAYS[agency],
      commission: { remits: 'gross' },
      statusCodes: {
        REF: { as: 'refused' },
        DIS: { as: 'disputed' },
        BKY: { as: 'insolvent', details: { chapter: '7' } },
        DEC: { as: 'deceased' },
        RET: { as: 'placement-returned' },
      },
      debtor: { $file: join(MAPPINGS, 'agency-aim/mappings/debtor.example.yaml') },
      trailers: { $file: join(MAPPINGS, 'agency-aim/mappings/trailers.example.yaml') },
    },
    channel: channel(office, agency),
    schedule: { every: 'business-day', at: '18:00' },
    answerWithinBusinessDays: 2,
  };
}

function channel({ id }: Office, partner: string): object {
  return {
    kind: 'sftp',
    host: '127.0.0.1',
    allowedAddresses: ['127.0.0.1'],
    port: { secret: `${partner}-port` },
    hostKeys: [{ secret: `${partner}-host-key` }],
    username: id,
    password: { secret: `${id}-${partner}-password` },
    sendTo: '/inbox',
    collectFrom: '/outbox',
  };
}

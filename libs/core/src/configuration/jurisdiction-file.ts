import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { ACTS, readSettingsFile } from '@concord/plugin-sdk';
import type { Act } from '@concord/plugin-sdk';
import { isTimeZone } from '../calendar/domain/time-zone.js';
import { connectorEntry } from '../connectors/connector-entry.js';
import { Refusal } from '../platform/errors.js';
import { isCurrency } from '../money/domain/currency.js';
import { exclusiveGroup } from '../rules/domain/exclusive-acts.js';
import type { Strategy } from '../strategies/domain/strategy.js';
import { arrangementSettings } from './arrangement-settings.js';
import { generalLedgerSettings } from './general-ledger-settings.js';
import { hostSystems } from './host-system-settings.js';
import { countryCode, refuseUnknownPlace, weekend } from './holiday-settings.js';
import { ledgerTerms } from './ledger-terms.js';

const id = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be small letters, digits and single hyphens, such as us-ca-berkeley');
const debtType = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be a debt type code: small letters, digits and hyphens');
const minor = z.int('must be whole minor units of the currency').nonnegative('must not be negative');

const holidays = z
  .strictObject({
    country: countryCode,
    /** State, province or nation as holiday calendars name it: `CA` in the United States, `ENG` in the United Kingdom. */
    region: z.string().min(1).optional(),
  })
  .superRefine(refuseUnknownPlace);

const agencyShare = z.strictObject({
  connector: id,
  share: z.int('must be a whole number').positive('must be at least 1').max(1_000_000, 'must be at most 1000000'),
  /** Most referrals in force at the connector, whoever made them. 0 gives it nothing new. */
  capacity: z.int('must be a whole number of referrals').nonnegative('must not be negative').optional(),
});

const strategy = z
  .strictObject({
    id,
    act: z.enum(ACTS),
    /** Each of them gets every debt. */
    connectors: z.array(id).min(1, 'must name a connector').refine(unrepeated, 'names a connector twice').optional(),
    /** Each debt goes to one of them. */
    oneOf: z
      .array(agencyShare)
      .min(1, 'must name a connector')
      .refine((list) => unrepeated(list.map((item) => item.connector)), 'names a connector twice')
      .optional(),
    debtTypes: z.array(debtType).min(1, 'must name a debt type').refine(unrepeated, 'names a debt type twice'),
    /** Days since the date of first delinquency. Without that date, since it was incurred or registered. */
    minAgeDays: z.int('must be whole days').nonnegative('must not be negative'),
    minBalanceMinor: minor,
    maxBalanceMinor: minor.optional(),
  })
  .refine(
    ({ minBalanceMinor, maxBalanceMinor }) => maxBalanceMinor === undefined || maxBalanceMinor >= minBalanceMinor,
    {
      path: ['maxBalanceMinor'],
      message: 'is below minBalanceMinor',
    },
  )
  .refine(({ connectors, oneOf }) => (connectors === undefined) !== (oneOf === undefined), {
    message: 'must name either connectors (each of them gets every debt) or oneOf (each debt goes to one of them)',
  })
  .refine(({ act, connectors = [] }) => connectors.length <= 1 || exclusiveGroup(act) === null, {
    path: ['connectors'],
    error: ({ input }) =>
      `only one connector at a time may ${(input as { readonly act: Act }).act} a debt: name them under oneOf, each with its share`,
  })
  // The refinements above leave exactly one of the two.
  .transform(({ connectors, oneOf, ...rest }): Strategy =>
    oneOf ? { ...rest, oneOf } : { ...rest, connectors: connectors ?? [] },
  );

/** What one office is: where and when it works, and which debts it refers by itself. One YAML file in `config/jurisdictions`. */
export const jurisdictionFile = z.strictObject({
  id,
  title: z.string().trim().min(1, 'must not be blank'),
  country: countryCode,
  currency: z.string().refine(isCurrency, 'must be an ISO 4217 currency code in capitals, such as USD'),
  timeZone: z.string().refine(isTimeZone, 'must be an IANA time zone, such as America/Chicago'),
  holidays,
  /** Days on which this office is closed beside its holidays. */
  closures: z
    .array(
      z.strictObject({
        on: z.iso.date('must be a date that exists, written YYYY-MM-DD'),
        reason: z.string().trim().min(1),
      }),
    )
    .default([]),
  weekend,
  /** Grace, due dates and what is held back while payment arrangements are kept. */
  arrangements: arrangementSettings.optional(),
  /** The partners of this office: a proposal, which the database's own settings override once they exist. */
  connectors: z
    .array(connectorEntry)
    .refine((list) => unrepeated(list.map((item) => item.id)), 'have the same id twice')
    .default([]),
  /** Which debts are referred to which connectors without an officer asking. */
  strategies: z
    .array(strategy)
    .refine((list) => unrepeated(list.map((item) => item.id)), 'have the same id twice')
    .default([]),
  /** In which order credits are allocated, and what interest debts bear. */
  ledger: ledgerTerms.prefault({}),
  /** The billing systems that hand their debts over, and their files. */
  hostSystems: hostSystems.optional(),
  /** Which account takes what, for the postings out to the general ledger. */
  generalLedger: generalLedgerSettings.optional(),
});

export type Jurisdiction = z.output<typeof jurisdictionFile>;

/** One thing wrong with a jurisdiction's file. */
export interface JurisdictionFault {
  readonly file: string;
  /** Where in the file, such as `strategies.0.act`; empty when the file as a whole is meant. */
  readonly path: string;
  readonly reason: string;
}

export type JurisdictionsResult =
  | { readonly ok: true; readonly jurisdictions: readonly Jurisdiction[] }
  | { readonly ok: false; readonly faults: readonly JurisdictionFault[] };

/**
 * Reads every `*.yaml` of a folder as a jurisdiction, ordered by id. One fault anywhere refuses them all: an office that
 * is silently missing would look like one with nothing to release.
 */
export async function loadJurisdictions(folder: string): Promise<JurisdictionsResult> {
  let names: string[];
  try {
    names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  } catch (error) {
    return { ok: false, faults: [{ file: folder, path: '', reason: (error as Error).message }] };
  }
  const read = await Promise.all(names.map((name) => readJurisdiction(join(folder, name))));
  const faults = read.flatMap((result) => (result.ok ? [] : result.faults));
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, jurisdictions: read.flatMap((result) => (result.ok ? result.jurisdictions : [])) };
}

/**
 * The jurisdictions of a configuration folder.
 *
 * @throws Refusal `configuration` naming the first file, path and reason
 */
export async function requireJurisdictions(configFolder: string): Promise<readonly Jurisdiction[]> {
  const result = await loadJurisdictions(join(configFolder, 'jurisdictions'));
  if (result.ok) return result.jurisdictions;
  const [first] = result.faults;
  throw new Refusal('configuration', `${first?.file}: ${first?.path} ${first?.reason}`);
}

async function readJurisdiction(file: string): Promise<JurisdictionsResult> {
  const refused = (path: string, reason: string): JurisdictionsResult => ({
    ok: false,
    faults: [{ file, path, reason }],
  });
  let content: unknown;
  try {
    content = await readSettingsFile(file);
  } catch (error) {
    return refused('', (error as Error).message);
  }
  const parsed = jurisdictionFile.safeParse(content);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => ({
      file,
      path: path.map(String).join('.'),
      reason: message,
    }));
    return { ok: false, faults };
  }
  // The name of the file is how people find an office; it is also what keeps two files from claiming one id.
  const expected = basename(file, '.yaml');
  if (parsed.data.id !== expected) return refused('id', `must be ${expected}, as the file is named`);
  return { ok: true, jurisdictions: [parsed.data] };
}

function unrepeated(values: readonly (string | number)[]): boolean {
  return new Set(values).size === values.length;
}

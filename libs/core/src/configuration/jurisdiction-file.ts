import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { readSettingsFile } from '@concord/plugin-sdk';
import { isTimeZone } from '../calendar/domain/time-zone.js';
import { DEBT_FAMILIES } from '../cases/domain/debt-types.js';
import { connectorEntry } from '../connectors/connector-entry.js';
import { Refusal } from '../platform/errors.js';
import { isCurrency } from '../money/domain/currency.js';
import { arrangementSettings } from './arrangement-settings.js';
import { debtType, id, unrepeated } from './codes.js';
import { generalLedgerSettings } from './general-ledger-settings.js';
import { hostSystems } from './host-system-settings.js';
import { countryCode, refuseUnknownPlace, weekend } from './holiday-settings.js';
import { ledgerTerms } from './ledger-terms.js';
import { ruleSettings } from './rule-settings.js';
import { strategiesSettings } from './strategy-settings.js';
import { writeOffSettings } from './write-off-settings.js';

/** A refusal is read in a terminal: what is wrong beyond these shows when they are mended. */
const MOST_FAULTS = 5;

const holidays = z
  .strictObject({
    country: countryCode,
    /** State, province or nation as holiday calendars name it: `CA` in the United States, `ENG` in the United Kingdom. */
    region: z.string().min(1).optional(),
  })
  .superRefine(refuseUnknownPlace);

/** A type of debt that this office has beside those that come with Concord, or names otherwise. */
const ownDebtType = z.strictObject({
  code: debtType,
  title: z.string().trim().min(1, 'must not be blank').max(60, 'must not be longer than 60 characters'),
  family: z.enum(DEBT_FAMILIES, `must be one of ${DEBT_FAMILIES.join(', ')}`),
});

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
  /** Types of debts that this office has beside those that come with Concord, or names otherwise. */
  debtTypes: z
    .array(ownDebtType)
    .refine((list) => unrepeated(list.map(({ code }) => code)), 'have the same code twice')
    .optional(),
  /** Grace, due dates and what is held back while payment arrangements are kept. */
  arrangements: arrangementSettings.optional(),
  /** The partners of this office: a proposal, which the database's own settings override once they exist. */
  connectors: z
    .array(connectorEntry)
    .refine((list) => unrepeated(list.map((item) => item.id)), 'have the same id twice')
    .default([]),
  /** Which debts are referred to which connectors without an officer asking. */
  strategies: strategiesSettings.default([]),
  /** In which order credits are allocated, and what interest debts bear. */
  ledger: ledgerTerms.prefault({}),
  /** For which reasons debts are put up to be written off. */
  writeOff: writeOffSettings.optional(),
  /** The billing systems that hand their debts over, and their files. */
  hostSystems: hostSystems.optional(),
  /** Which account takes what, for the postings out to the general ledger. */
  generalLedger: generalLedgerSettings.optional(),
  /** Numbers of rules that this office has otherwise than the register, with dates. */
  rules: ruleSettings.optional(),
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
 * @throws Refusal `configuration` naming the first file at fault and what is wrong in it: path and reason
 */
export async function requireJurisdictions(configFolder: string): Promise<readonly Jurisdiction[]> {
  const result = await loadJurisdictions(join(configFolder, 'jurisdictions'));
  if (result.ok) return result.jurisdictions;
  const [first] = result.faults;
  const ofFile = result.faults.filter(({ file }) => file === first?.file);
  const faults = ofFile.slice(0, MOST_FAULTS).map(({ path, reason }) => `${path} ${reason}`.trim());
  const more = ofFile.length > MOST_FAULTS ? `; and ${ofFile.length - MOST_FAULTS} more` : '';
  throw new Refusal('configuration', `${first?.file}: ${faults.join('; ')}${more}`);
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

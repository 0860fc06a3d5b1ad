import type { Connector } from '@concord/core/connectors/connector';
import { judgingIn } from '@concord/core/configuration/judging';
import { jurisdictionFile } from '@concord/core/configuration/jurisdiction-file';
import { storeJurisdictions } from '@concord/core/configuration/store-jurisdictions';
import { systemClock } from '@concord/core/platform/clock';
import type { BenchDatabase } from './server.ts';

export const OFFICE = 'us-tx-example';
export const TODAY = '2026-03-16';

const JURISDICTION = jurisdictionFile.parse({
  id: OFFICE,
  title: 'City of Exampleton',
  country: 'US',
  currency: 'USD',
  timeZone: 'America/Chicago',
  holidays: { country: 'US', region: 'TX' },
  weekend: [6, 7],
});

/** The office of the benchmarks: made up, without strategies. */
export const JURISDICTIONS = [JURISDICTION];

/** The kinds of files that a collection agency takes: entries, placements, recalls. */
const AGENCY_FILES: Connector['outbound'] = [
  { kind: 'payments', carries: { states: [], entries: true }, confirm: 'delivery' },
  { kind: 'placements', carries: { states: ['active'], entries: false }, confirm: 'answer' },
  { kind: 'recalls', carries: { states: ['restrained', 'closed', 'absent'], entries: false }, confirm: 'delivery' },
];

/** One file that carries every change. */
const ONE_FILE: Connector['outbound'] = [
  {
    kind: 'changes',
    carries: { states: ['active', 'restrained', 'closed', 'absent'], entries: false },
    confirm: 'answer',
  },
];

/** Stores the office, before anything else. */
export async function storeOffice({ gateway }: BenchDatabase): Promise<void> {
  await storeJurisdictions(gateway, JURISDICTIONS);
}

/** Stores a connector that is on, and gives it as its work reads it. No plugin runs in these benchmarks. */
export async function storeConnector(
  { owner }: BenchDatabase,
  id: string,
  update: 'delta' | 'replace',
): Promise<Connector> {
  const act = update === 'delta' ? 'place' : 'report';
  await owner.query(
    `insert into exchange.connector (id, jurisdiction_id, plugin_id, family, act, update_kind, title, mode, settings_version,
       created_at)
     values ($1, $2, 'bench', 'bench', $3, $4, $1, 'on', 1, now())`,
    [id, OFFICE, act, update],
  );
  const connector: Omit<Connector, 'body' | 'calendar' | 'officeCalendar'> = {
    id,
    jurisdictionId: OFFICE,
    pluginId: 'bench',
    pluginSource: 'bench',
    family: 'bench',
    title: id,
    mode: 'on',
    configuredMode: 'on',
    adverseStop: null,
    settingsVersion: 1,
    act,
    update,
    states: ['active', 'restrained', 'closed'],
    outbound: update === 'delta' ? AGENCY_FILES : ONE_FILE,
    inbound: [],
    awaitsAdoption: false,
    judging: judgingIn(JURISDICTION, systemClock),
    judgedBy: null,
    timeZone: 'America/Chicago',
  };
  // What only plugins, schedules and channels read is left out.
  return connector as Connector;
}

const PLACEMENT = {
  charges: { assessedMinor: 100_000, interestMinor: 0, feesMinor: 0 },
  lastPaidOn: null,
  debtors: [
    {
      number: '1',
      role: 'debtor',
      kind: 'person',
      surname: 'OLIVEIRA',
      firstName: 'ELIZABETH',
      middleName: null,
      generation: null,
      address: { street1: '2214 NORTH ELM AVENUE', street2: null, city: 'EXAMPLETON', state: 'TX', zip: '75001' },
      telephone: null,
      ssn: null,
      dateOfBirth: null,
    },
  ],
  itemisation: null,
  recall: null,
};

/** Content of a position as a placement has it, in SQL; `n` numbers the debt. */
export const PLACEMENT_CONTENT = `jsonb_set('${JSON.stringify(PLACEMENT)}'::jsonb, '{account}', to_jsonb('CITY' || n))`;

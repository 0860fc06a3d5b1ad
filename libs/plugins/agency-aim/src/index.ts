import { definePlugin, type InboundFile } from '@concord/plugin-sdk';
import { cautionsOf } from './cautions.js';
import { desire } from './desire.js';
import { formatOf } from './formats.js';
import { decodeAcknowledgements } from './inbound/acknowledgements.js';
import { decodeAgencyPayments } from './inbound/agency-payments.js';
import { decodeAssets } from './inbound/assets.js';
import { decodeAddresses, decodePhones } from './inbound/contacts.js';
import { decodeObjections } from './inbound/objections.js';
import { decodeReconciliations } from './inbound/reconciliations.js';
import { decodeStatuses } from './inbound/statuses.js';
import type { TrailedKind } from './layout/files.js';
import type { MappedKind } from './mapped/kinds.js';
import { decodeStatements } from './mapped/read-statements.js';
import { fileNameOf } from './outbound/file-names.js';
import { encodePayments } from './outbound/payments.js';
import { encodePlacements } from './outbound/placements.js';
import { encodeRecalls } from './outbound/recalls.js';
import { settingsSchema, type AimSettings } from './settings.js';

const always = (): boolean => true;

/** Without a trailer, a file that says nothing is one of no bytes, which is what a broken transfer leaves. */
function saysItsEnd(kind: TrailedKind): (settings: AimSettings) => boolean {
  return ({ trailers }) => trailers?.[kind] !== undefined;
}

/** A kind of file that is read where the administrator described it. */
function mapped(kind: MappedKind, title: string): InboundFile<AimSettings> {
  return {
    kind,
    title: `${title} (layout as mapped)`,
    available: (settings) => settings.mapped?.[kind] !== undefined,
    match: (settings) => settings.mapped?.[kind]?.match ?? '',
    format: (settings) => formatOf(kind, settings),
    decode: (bytes, context) => decodeStatements(kind, bytes, context),
  };
}

/** Placements at collection agencies, in the fixed-width files of Latitude AIM. */
export default definePlugin<AimSettings>({
  id: 'agency-aim',
  family: 'collection-agency',
  title: 'Collection agencies (Latitude AIM)',
  requires: '^1.1',
  settings: settingsSchema,
  example: new URL('../example/settings.yaml', import.meta.url),
  position: {
    per: 'debt',
    act: 'place',
    update: 'delta',
    confirm: () => 'answer',
    states: ['active', 'restrained', 'closed'],
    desire,
  },
  // Payments first: an agency can book one only on an account that it still has.
  outbound: [
    {
      kind: 'payments',
      title: 'Direct payments and adjustments (AIM)',
      carries: { states: [], entries: true },
      empty: saysItsEnd('payments'),
      confirm: 'delivery',
      name: (context) => fileNameOf('payments', context),
      format: (settings) => formatOf('payments', settings),
      encode: encodePayments,
    },
    {
      kind: 'placements',
      title: 'Placements (AIM)',
      carries: { states: ['active'], entries: false },
      empty: always,
      confirm: 'answer',
      name: (context) => fileNameOf('placements', context),
      format: (settings) => formatOf('placements', settings),
      encode: encodePlacements,
    },
    {
      kind: 'recalls',
      title: 'Recalls (AIM)',
      carries: { states: ['restrained', 'closed', 'absent'], entries: false },
      empty: saysItsEnd('recalls'),
      confirm: 'delivery',
      name: (context) => fileNameOf('recalls', context),
      format: (settings) => formatOf('recalls', settings),
      encode: encodeRecalls,
    },
  ],
  inbound: [
    {
      kind: 'acknowledgements',
      title: 'Acknowledged placements (AIM)',
      available: always,
      match: ({ match }) => match.acknowledgements,
      format: (settings) => formatOf('acknowledgements', settings),
      decode: decodeAcknowledgements,
    },
    {
      kind: 'agency-payments',
      title: 'Payments at the agency (AIM)',
      available: always,
      match: ({ match }) => match.agencyPayments,
      format: (settings) => formatOf('agencyPayments', settings),
      decode: (bytes, context) => decodeAgencyPayments(bytes, context),
    },
    {
      kind: 'statuses',
      title: 'Statuses and notes (AIM)',
      available: always,
      match: ({ match }) => match.statuses,
      format: (settings) => formatOf('statuses', settings),
      decode: decodeStatuses,
    },
    {
      kind: 'addresses',
      title: 'New addresses (AIM)',
      available: always,
      match: ({ match }) => match.addresses,
      format: (settings) => formatOf('addresses', settings),
      decode: decodeAddresses,
    },
    {
      kind: 'phones',
      title: 'New telephone numbers (AIM)',
      available: always,
      match: ({ match }) => match.phones,
      format: (settings) => formatOf('phones', settings),
      decode: decodePhones,
    },
    {
      kind: 'objections',
      title: 'Objections to recalls (AIM)',
      available: always,
      match: ({ match }) => match.objections,
      format: (settings) => formatOf('objections', settings),
      decode: decodeObjections,
    },
    {
      kind: 'reconciliations',
      title: 'Balances at the agency (AIM)',
      listsAll: true,
      available: always,
      match: ({ match }) => match.reconciliations,
      format: (settings) => formatOf('reconciliations', settings),
      decode: (bytes, context) => decodeReconciliations(bytes, context),
    },
    {
      kind: 'assets',
      title: 'Assets found (AIM)',
      available: always,
      match: ({ match }) => match.assets,
      format: (settings) => formatOf('assets', settings),
      decode: decodeAssets,
    },
    mapped('bankruptcies', 'Bankruptcies'),
    mapped('deaths', 'Deaths'),
    mapped('disputes', 'Disputes'),
    mapped('complaints', 'Complaints'),
    mapped('returns', 'Accounts given back'),
  ],
  cautions: cautionsOf,
});

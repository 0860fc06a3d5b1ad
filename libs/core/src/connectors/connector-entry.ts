import { z } from 'zod';
import { isTimeOfDay, isTimeZone } from '../calendar/domain/time-zone.js';
import { cutoffEntry } from './entry/cutoff-settings.js';
import { partnerCalendarEntry } from './entry/partner-calendar.js';

const secret = z.strictObject({
  secret: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'must be small letters, digits and hyphens'),
});

/** A value that stands in the file, or the name of a secret that is looked up when it is needed. */
const value = z.union([z.string().min(1), z.int().transform(String), secret]);
export type ValueOrSecret = z.output<typeof value>;

const sftp = z
  .strictObject({
    kind: z.literal('sftp'),
    host: value,
    port: value.default('22'),
    username: value,
    /** Never in the file itself: settings are kept in the database, version by version. */
    password: secret.optional(),
    privateKey: secret.optional(),
    /** Pinned `SHA256:` fingerprints; several while the partner changes its key. */
    hostKeys: z.array(value).min(1, 'must pin at least one host key'),
    /** Where our files go, and where the partner leaves its own. */
    sendTo: z.string().min(1),
    collectFrom: z.string().min(1),
  })
  .refine(({ password, privateKey }) => (password === undefined) !== (privateKey === undefined), {
    message: 'must have either a password or a privateKey',
  });

const at = z.string().refine(isTimeOfDay, 'must be a time of day such as 18:00');

const schedule = z.union([
  z.strictObject({ every: z.literal('month'), on: z.literal('last-business-day'), at }),
  z.strictObject({ every: z.literal('month'), on: z.int().min(1).max(31), roll: z.enum(['previous', 'next']), at }),
  z.strictObject({ every: z.literal('business-day'), at }),
]);

export const CONNECTOR_MODES = ['off', 'shadow', 'on', 'paused', 'retiring'] as const;
export type ConnectorMode = (typeof CONNECTOR_MODES)[number];

/** A plugin enabled in one jurisdiction, as its file proposes it. */
export const connectorEntry = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be small letters, digits and single hyphens'),
  plugin: z.string().min(1),
  title: z.string().trim().min(1),
  mode: z.enum(CONNECTOR_MODES).default('off'),
  /** Checked by the plugin. */
  settings: z.record(z.string(), z.unknown()),
  channel: sftp,
  schedule,
  /** The partner's own clock, where it is not the jurisdiction's. */
  timeZone: z.string().refine(isTimeZone, 'must be an IANA time zone, such as America/Chicago').optional(),
  ...partnerCalendarEntry,
  ...cutoffEntry,
  /**
   * The partner held debts of this office before Concord: nothing is sent until its reconciliation says which. Read when the
   * connector is created.
   */
  adopts: z.boolean().default(false),
  /** How long the partner may take to answer a file. */
  answerWithinBusinessDays: z.int().positive().default(1),
});

export type ConnectorEntry = z.output<typeof connectorEntry>;

/** What a version of a connector's settings keeps: the entry without its identity and mode, which are not versioned. */
export type ConnectorBody = Omit<ConnectorEntry, 'id' | 'plugin' | 'title' | 'mode' | 'adopts'>;

import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { Refusal } from './errors.js';

/** On which ways people are told of alerts, beside the API. */
export interface AlertWays {
  readonly webhook: WebhookSettings | null;
  readonly email: EmailSettings | null;
}

export interface WebhookSettings {
  readonly url: string;
  /** What messages are signed with; null where they are not. */
  readonly secret: string | null;
}

export interface EmailSettings {
  readonly to: readonly string[];
  readonly from: string;
  /** `smtp://` or `smtps://`, with login and password where the server wants them. */
  readonly smtpUrl: string;
}

const address = z.string().regex(/^[^\s@,<>]+@[^\s@,<>]+$/, 'must be an e-mail address');

/** The variables about the telling of alerts. */
export const alertVariables = {
  CONCORD_ALERT_WEBHOOK: z
    .string()
    .refine(isSafeTarget, 'must be an https URL; http only on this machine (127.0.0.1, [::1], localhost)')
    .optional(),
  CONCORD_ALERT_WEBHOOK_SECRET: z.string().min(16, 'must be at least 16 characters').optional(),
  CONCORD_ALERT_WEBHOOK_SECRET_FILE: z.string().min(1).optional(),
  CONCORD_ALERT_EMAIL_TO: z
    .string()
    .transform((text) => text.split(',').map((each) => each.trim()))
    .pipe(z.array(address))
    .optional(),
  CONCORD_ALERT_EMAIL_FROM: address.optional(),
  CONCORD_SMTP_URL: z
    .string()
    .refine((url) => ['smtp:', 'smtps:'].includes(protocolOf(url)), 'must begin with smtp:// or smtps://')
    .optional(),
};

type Variables = z.output<z.ZodObject<typeof alertVariables>>;

/** @throws Refusal for variables that lack one another or contradict each other */
export function alertWays(variables: Variables): AlertWays {
  return { webhook: webhook(variables), email: email(variables) };
}

function webhook(variables: Variables): WebhookSettings | null {
  const { CONCORD_ALERT_WEBHOOK: url, CONCORD_ALERT_WEBHOOK_SECRET: given } = variables;
  const { CONCORD_ALERT_WEBHOOK_SECRET_FILE: file } = variables;
  if (given && file) {
    throw refused('CONCORD_ALERT_WEBHOOK_SECRET and CONCORD_ALERT_WEBHOOK_SECRET_FILE are set: one, not both');
  }
  if (!url) {
    if (given || file) throw refused('CONCORD_ALERT_WEBHOOK_SECRET is set, but CONCORD_ALERT_WEBHOOK is not');
    return null;
  }
  return { url, secret: given ?? (file === undefined ? null : readSecret(file)) };
}

function email(variables: Variables): EmailSettings | null {
  const { CONCORD_ALERT_EMAIL_TO: to, CONCORD_ALERT_EMAIL_FROM: from, CONCORD_SMTP_URL: smtpUrl } = variables;
  if (!to && !from && !smtpUrl) return null;
  if (!to || !from || !smtpUrl) {
    throw refused('CONCORD_ALERT_EMAIL_TO, CONCORD_ALERT_EMAIL_FROM and CONCORD_SMTP_URL go together');
  }
  return { to, from, smtpUrl };
}

/** Whether a URL's host is this machine, as far as its name says. */
export function isThisMachine(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function isSafeTarget(url: string): boolean {
  const protocol = protocolOf(url);
  return protocol === 'https:' || (protocol === 'http:' && isThisMachine(url));
}

function protocolOf(url: string): string {
  return URL.canParse(url) ? new URL(url).protocol : '';
}

function readSecret(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    throw refused(`CONCORD_ALERT_WEBHOOK_SECRET_FILE can't be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

function refused(message: string): Refusal {
  return new Refusal('environment', message);
}

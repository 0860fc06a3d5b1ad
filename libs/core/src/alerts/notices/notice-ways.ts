import type { AlertWays } from '../../platform/alert-environment.js';
import { EmailWay } from './email.js';
import type { NoticeWay } from './notice.js';
import { WebhookWay } from './webhook.js';

/** The ways that are configured. */
export function noticeWays({ webhook, email }: AlertWays): NoticeWay[] {
  return [...(webhook ? [new WebhookWay(webhook)] : []), ...(email ? [new EmailWay(email)] : [])];
}

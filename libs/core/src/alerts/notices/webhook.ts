import { createHmac } from 'node:crypto';
import type { WebhookSettings } from '../../platform/alert-environment.js';
import type { Notice, NoticeWay } from './notice.js';

const ANSWER_WITHIN_MS = 10_000;

/**
 * Posts each message as JSON. Where there is a secret, `x-concord-signature` is `sha256=` and the HMAC-SHA256, in hex, of the
 * timestamp of `x-concord-timestamp` (seconds since 1970), a dot, and the body: a message that is played back later is
 * seen by its age.
 */
export class WebhookWay implements NoticeWay {
  readonly name = 'webhook';

  constructor(private readonly settings: WebhookSettings) {}

  async send(notice: Notice, at: Date): Promise<void> {
    const body = JSON.stringify(notice);
    const timestamp = Math.floor(at.getTime() / 1000).toString();
    const response = await fetch(this.settings.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-concord-notice': notice.id,
        'x-concord-timestamp': timestamp,
        ...this.signature(timestamp, body),
      },
      body,
      // What was configured is told, and nobody that it points to.
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`the webhook answered with status ${response.status}`);
  }

  private signature(timestamp: string, body: string): Readonly<Record<string, string>> {
    const { secret } = this.settings;
    if (secret === null) return {};
    const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
    return { 'x-concord-signature': `sha256=${signature}` };
  }
}

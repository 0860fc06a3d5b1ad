import { createTransport } from 'nodemailer';
import { isThisMachine } from '../../platform/alert-environment.js';
import type { EmailSettings } from '../../platform/alert-environment.js';
import type { Notice, NoticedAlert, NoticeWay } from './notice.js';

const CONNECT_WITHIN_MS = 10_000;
const SILENT_FOR_MS = 20_000;
const SUBJECT_LENGTH = 150;

/** Sends each message as an e-mail in plain text, whose Message-ID is the message's own. */
export class EmailWay implements NoticeWay {
  readonly name = 'email';

  constructor(private readonly settings: EmailSettings) {}

  async send(notice: Notice, at: Date): Promise<void> {
    const { to, from, smtpUrl } = this.settings;
    const server = new URL(smtpUrl);
    const secure = server.protocol === 'smtps:';
    const login = server.username !== '';
    const transport = createTransport({
      host: server.hostname.replace(/^\[|\]$/g, ''),
      port: Number(server.port) || (secure ? 465 : 587),
      secure,
      // A password goes over the network encrypted only.
      requireTLS: login && !secure && !isThisMachine(httpLike(server)),
      ...(login
        ? { auth: { user: decodeURIComponent(server.username), pass: decodeURIComponent(server.password) } }
        : {}),
      connectionTimeout: CONNECT_WITHIN_MS,
      greetingTimeout: CONNECT_WITHIN_MS,
      socketTimeout: SILENT_FOR_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    try {
      await transport.sendMail({
        from,
        to: [...to],
        date: at,
        messageId: `<${notice.id}@${from.split('@')[1]}>`,
        subject: subjectOf(notice),
        text: textOf(notice),
      });
    } finally {
      transport.close();
    }
  }
}

function subjectOf({ event, cause, partner, count }: Notice): string {
  const over = event === 'cleared' ? 'over: ' : '';
  const several = count > 1 ? ` (${count})` : '';
  return `Concord: ${over}${cause}${several}, ${partner}`.replace(/\s+/g, ' ').slice(0, SUBJECT_LENGTH);
}

function textOf({ event, cause, jurisdiction, connector, partner, count, alerts, id }: Notice): string {
  const place = [partner, connector, jurisdiction].filter((each) => each !== null).join(', ');
  return [
    `${event === 'raised' ? 'Raised' : 'Over'}: ${cause}, ${place}`,
    '',
    ...alerts.map(lineOf),
    ...(count > alerts.length ? [`and ${count - alerts.length} more`] : []),
    '',
    `All that stands: concord alerts list. Message ${id}.`,
    '',
  ].join('\n');
}

function lineOf({ message, since, cleared }: NoticedAlert): string {
  return `- ${message} Since ${since}${cleared === null ? '' : `, over ${cleared}`}.`;
}

/** SMTP is not a scheme whose host names a URL normalises: as http it does. */
function httpLike({ host }: URL): string {
  return `http://${host}`;
}

import type { AlertCause } from '../alerts.js';

export type NoticeWayName = 'webhook' | 'email';

/** One message about alerts of one partner and cause that were raised, or cleared, together. Nothing in it is personal. */
export interface Notice {
  /** The same whenever this message is sent again: who gets it twice can drop one. */
  readonly id: string;
  readonly event: 'raised' | 'cleared';
  readonly cause: AlertCause;
  readonly jurisdiction: string | null;
  readonly connector: string | null;
  /** As people call it. */
  readonly partner: string;
  /** How many alerts it is about; {@link alerts} has the first of them. */
  readonly count: number;
  readonly alerts: readonly NoticedAlert[];
}

export interface NoticedAlert {
  readonly id: string;
  readonly about: string;
  readonly message: string;
  /** ISO 8601. */
  readonly since: string;
  readonly cleared: string | null;
}

/** A way on which people are told. */
export interface NoticeWay {
  readonly name: NoticeWayName;
  /**
   * Settles when the other side has taken the message over. It may be asked to send the same message again.
   *
   * @throws Error whose message says why it was not taken, without any secret
   */
  send(notice: Notice, at: Date): Promise<void>;
}

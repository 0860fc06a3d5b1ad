/** The letters that ask a debtor to pay, in the order in which an office sends them. */
export const NOTICE_KINDS = [
  /** The first letter about a debt, with all that a collector must say in the United States. */
  'validation-notice',
  /** The first letter about a debt elsewhere. */
  'first-notice',
  'reminder',
  'final-demand',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** The languages that letters are written in. */
export const LANGUAGES = ['en', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** One letter: made, then released for posting or withdrawn, then posted, then perhaps back. */
export type NoticeState = 'made' | 'released' | 'withdrawn' | 'posted' | 'returned';

/** Letters that are looked at, released and posted together. */
export type BatchState = 'made' | 'released' | 'posted' | 'cancelled';

import type { AllocationOrder } from '../../cases/domain/ledger/allocation-order.js';
import type { Language, NoticeKind } from './notice-kind.js';
import type { Letterhead, NoticeTemplate } from './template.js';

/** What one kind of letter of one office is written by. */
export interface NoticeSetting {
  readonly jurisdictionId: string;
  /** ISO 3166-1 alpha-2 of the office. */
  readonly country: string;
  readonly kind: NoticeKind;
  readonly language: Language;
  readonly letterhead: Letterhead;
  readonly template: NoticeTemplate;
  /** How the office allocates what was paid. */
  readonly allocation: readonly AllocationOrder[];
}

import type { Queryable } from '../database/sql.js';
import type { StoredNotice } from './batch-store.js';
import { hindranceOf } from './domain/hindrance.js';
import type { Look } from './domain/hindrance.js';
import { leaveOut } from './domain/left-out.js';
import type { LeftOut } from './domain/left-out.js';
import type { NoticePosition } from './domain/position.js';
import type { NoticeSetting } from './domain/setting.js';
import { readPositions } from './read-positions.js';

/** A notice that something stands in the way of. */
export interface HinderedNotice extends LeftOut {
  readonly noticeId: string;
}

/** Notices beside the latest positions of their debts, and those that may not go any more. */
export interface LookedAgain {
  readonly hindered: readonly HinderedNotice[];
  readonly free: readonly { readonly notice: StoredNotice; readonly position: NoticePosition }[];
}

/** Reads the positions of notices once more. The caller holds the locks of their cases where something is decided on it. */
export async function lookAgain(
  on: Queryable,
  notices: readonly StoredNotice[],
  setting: NoticeSetting,
  look: Omit<Look, 'another'>,
): Promise<LookedAgain> {
  const positions = await readPositions(
    on,
    notices.map(({ debtId }) => debtId),
    look.on,
  );
  const byDebt = new Map(positions.map((position) => [position.debtId, position]));
  const hindered: HinderedNotice[] = [];
  const free: { readonly notice: StoredNotice; readonly position: NoticePosition }[] = [];
  for (const notice of notices) {
    const position = byDebt.get(notice.debtId)!;
    const hindrance = hindranceOf(position, setting, { ...look, another: false });
    if (hindrance === null) free.push({ notice, position });
    else hindered.push({ noticeId: notice.id, ...leaveOut(position, hindrance) });
  }
  return { hindered, free };
}

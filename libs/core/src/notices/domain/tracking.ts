/** A line of a carrier's list: which letter has which number. */
export interface TrackedNotice {
  /** As it stands on the letter. */
  readonly notice: number;
  readonly trackingNumber: string;
}

export type TrackingResult =
  | { readonly ok: true; readonly tracked: ReadonlyMap<number, string> }
  | { readonly ok: false; readonly reason: string };

const TRACKING_NUMBER = /^[A-Za-z0-9][A-Za-z0-9 ./-]{0,59}$/;

/**
 * Checks a carrier's list against the letters that it is about: each at most once, no other, and no number twice.
 *
 * @param notices numbers of the letters
 */
export function checkTracking(
  list: readonly { readonly notice: string; readonly trackingNumber: string; readonly line: number }[],
  notices: ReadonlySet<number>,
): TrackingResult {
  const tracked = new Map<number, string>();
  const given = new Set<string>();
  for (const { notice, trackingNumber, line } of list) {
    const number = Number(notice);
    const refused = (reason: string): TrackingResult => ({ ok: false, reason: `line ${line}: ${reason}` });
    if (!/^\d{1,15}$/.test(notice) || !notices.has(number)) return refused('names no notice that is to be posted');
    if (!TRACKING_NUMBER.test(trackingNumber)) return refused('has no tracking number that can be kept');
    if (tracked.has(number)) return refused(`names notice ${number} twice`);
    if (given.has(trackingNumber)) return refused('has a tracking number that another notice has');
    tracked.set(number, trackingNumber);
    given.add(trackingNumber);
  }
  return { ok: true, tracked };
}

import type { PositionState } from '@concord/plugin-sdk';
import { rows } from '../../database/sql.js';
import type { Queryable } from '../../database/sql.js';
import { GROWS, LESSENS, OPENS } from '../out/growth.sql.js';
import { PRESUMED } from '../out/presumed.sql.js';

/** How many records are listed one by one. */
const LISTED = 1000;

const BY_ADVERSITY: readonly PositionState[] = ['absent', 'closed', 'restrained', 'active'];

/** One record of a file, and why it is there. */
export interface PreviewedRecord {
  readonly sequence: number;
  readonly reference: string;
  readonly state: string;
  readonly amountMinor: number;
  /** What the partner may hold at the worst; null for a file that was released, whose own content it may hold by now. */
  readonly previousState: PositionState | null;
  readonly previousAmountMinor: number | null;
  /**
   * `opened`, `raised`, `marked`, `reduced`, `ended`, `changed`, `told again` or `entry: <kind>`, with the rule that asks for
   * it where one does; `sent` for a file that was released.
   */
  readonly why: string;
}

interface ChosenRow {
  readonly sequence: number;
  readonly reference: string;
  readonly state: PositionState;
  readonly amount_minor: number;
  readonly adversity: number;
  readonly previous_minor: number;
  readonly entry_kind: string | null;
  readonly opens: boolean;
  readonly grows: boolean;
  readonly lessens: boolean;
  readonly same: boolean;
  readonly rule: string | null;
}

/** The first chosen records of a file, against what the partner may hold now. */
export async function explainChosen(on: Queryable, exchangeId: string): Promise<PreviewedRecord[]> {
  const found = await rows<ChosenRow>(
    on,
    `select r.sequence, r.reference, r.state, r.amount_minor, held.adversity, held.amount_minor as previous_minor,
            r.entry->>'kind' as entry_kind, ${OPENS} as opens, ${GROWS} as grows, ${LESSENS} as lessens,
            coalesce(held.last_hash, p.known_hash) is not distinct from r.content_hash as same, d.rule
     from exchange.record r join exchange.position p on p.id = r.position_id
     cross join lateral (${PRESUMED}) held
     left join exchange.release_duty d on d.position_id = p.id and d.done_on is null
     where r.exchange_id = $1 and r.status = 'chosen' order by r.sequence limit ${LISTED}`,
    [exchangeId],
  );
  return found.map((row) => ({
    sequence: row.sequence,
    reference: row.reference,
    state: row.state,
    amountMinor: row.amount_minor,
    previousState: BY_ADVERSITY[row.adversity]!,
    previousAmountMinor: row.previous_minor,
    why: why(row),
  }));
}

function why(row: ChosenRow): string {
  if (row.entry_kind !== null) return `entry: ${row.entry_kind}`;
  if (row.opens) return 'opened';
  if (row.grows) return 'raised';
  if (!row.lessens) return row.same ? 'told again' : 'changed';
  const what = lessening(row);
  return row.rule === null ? what : `${what} (${row.rule})`;
}

function lessening({ state, adversity }: ChosenRow): string {
  if (state === 'closed' || state === 'absent') return 'ended';
  return state === 'restrained' && BY_ADVERSITY[adversity] === 'active' ? 'marked' : 'reduced';
}

/** The first records of a file that was released or shown. */
export async function listSaid(on: Queryable, exchangeId: string): Promise<PreviewedRecord[]> {
  const found = await rows<Pick<ChosenRow, 'sequence' | 'reference' | 'state' | 'amount_minor'>>(
    on,
    `select sequence, reference, state, amount_minor from exchange.record
     where exchange_id = $1 and status not in ('dropped', 'set-aside') order by sequence limit ${LISTED}`,
    [exchangeId],
  );
  return found.map(({ sequence, reference, state, amount_minor: amountMinor }) => ({
    sequence,
    reference,
    state,
    amountMinor,
    previousState: null,
    previousAmountMinor: null,
    why: 'sent',
  }));
}

import type { DataSource } from 'typeorm';
import type { FileFault } from '@concord/plugin-sdk';
import { rows } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';

const MOST = 500;
const CONTRADICTS = 'contradicts';

/** A record of a partner's file that could not be applied. What stood in the file may be personal: show it, never log it. */
export interface QuarantineView {
  readonly exchange: string;
  readonly sequence: number;
  readonly connector: string;
  readonly file: string;
  /** Kind of the file. */
  readonly kind: string;
  /** Business date of the file. */
  readonly date: string;
  readonly receivedAt: Date;
  readonly status: 'quarantined' | 'mended' | 'dismissed';
  /** Number of the record in the file, header included; null where only its place among the statements is known. */
  readonly record: number | null;
  readonly field: string | null;
  readonly position: string | null;
  readonly value: string | null;
  readonly rule: string;
  readonly message: string;
  /** What the partner said, where it could be read and contradicts what was said before. */
  readonly finding: unknown;
  /** Who mended or dismissed it, why, when, and the place of the record that replaced it. */
  readonly decision: unknown;
}

export interface QuarantineFilter {
  readonly connector?: string | undefined;
  readonly date?: string | undefined;
  readonly exchange?: string | undefined;
  /** Default `quarantined`: those that wait. */
  readonly status?: QuarantineView['status'] | undefined;
}

interface QuarantineRow extends Omit<
  QuarantineView,
  'record' | 'field' | 'position' | 'value' | 'rule' | 'message' | 'finding'
> {
  readonly said: string;
  readonly finding: unknown;
  readonly reason: string | null;
}

const RECORD = `
  select exchange_id as exchange, sequence, connector_id as connector, file_name as file, file_kind as kind,
         business_date as date, received_at as "receivedAt", status, kind as said, finding, reason, decision
  from exchange_v1.quarantined_record`;

/** Records in quarantine, those of the newest files first, at most 500. */
export async function listQuarantine(gateway: DataSource, filter: QuarantineFilter): Promise<QuarantineView[]> {
  const found = await rows<QuarantineRow>(
    gateway,
    `${RECORD} where ($1::text is null or connector_id = $1) and ($2::date is null or business_date = $2)
       and ($3::text is null or exchange_id::text = $3) and status = $4
     order by received_at desc, exchange_id, sequence limit ${MOST}`,
    [filter.connector ?? null, filter.date ?? null, filter.exchange ?? null, filter.status ?? 'quarantined'],
  );
  return found.map(view);
}

/**
 * One record that is or was in quarantine.
 *
 * @throws Refusal `record-unknown`
 */
export async function readQuarantined(
  gateway: DataSource,
  exchange: string,
  sequence: number,
): Promise<QuarantineView> {
  const [found] = await rows<QuarantineRow>(gateway, `${RECORD} where exchange_id::text = $1 and sequence = $2`, [
    exchange,
    sequence,
  ]);
  if (!found) throw new Refusal('record-unknown', `no record ${sequence} of exchange ${exchange} was in quarantine`);
  return view(found);
}

function view({ said, finding, reason, ...record }: QuarantineRow): QuarantineView {
  if (said !== 'fault') {
    const nowhere = { record: null, field: null, position: null, value: null };
    return { ...record, ...nowhere, rule: CONTRADICTS, message: reason ?? '', finding };
  }
  const { record: number, field, position, value, rule, message } = finding as FileFault;
  return { ...record, record: number, field, position, value, rule, message, finding: null };
}

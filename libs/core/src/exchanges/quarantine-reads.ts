import type { DataSource } from 'typeorm';
import type { FileFault } from '@concord/plugin-sdk';
import { rows } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';

/** A record of a partner's file that could not be applied, and what a person did about it. */
export interface QuarantinedView {
  /** The file, and the record's place among what was read of it. */
  readonly exchange: string;
  readonly sequence: number;
  readonly connector: string;
  readonly file: string;
  readonly fileKind: string;
  readonly date: string;
  /** `fault` where the record could not be read, else the kind of finding that contradicts an earlier one. */
  readonly kind: string;
  readonly naturalKey: string | null;
  readonly reason: string | null;
  readonly status: 'quarantined' | 'mended' | 'dismissed';
  /** Record, field, position, value and rule, where the record could not be read. */
  readonly fault: FileFault | null;
  /** Who mended or dismissed it, when and why. */
  readonly decision: Readonly<Record<string, unknown>> | null;
}

export interface QuarantineFilter {
  readonly connector?: string | undefined;
  /** Business date of the file. */
  readonly date?: string | undefined;
  /** Default `quarantined`: what waits for a person. */
  readonly status?: QuarantinedView['status'] | undefined;
}

const MOST_LISTED = 1000;

const QUARANTINED = `
  select exchange_id as exchange, sequence, connector_id as connector, file_name as file, file_kind as "fileKind",
         business_date as date, kind, natural_key as "naturalKey", reason, status,
         case when kind = 'fault' then finding end as fault, decision
  from exchange_v1.quarantined_record`;

/** Records in quarantine, the oldest file first: at most 1,000. */
export function listQuarantine(gateway: DataSource, filter: QuarantineFilter): Promise<QuarantinedView[]> {
  return rows<QuarantinedView>(
    gateway,
    `${QUARANTINED} where status = $3 and ($1::text is null or connector_id = $1)
       and ($2::date is null or business_date = $2)
     order by received_at, exchange_id, sequence limit ${MOST_LISTED}`,
    [filter.connector ?? null, filter.date ?? null, filter.status ?? 'quarantined'],
  );
}

/**
 * One record that is or was in quarantine, with the finding as the partner's file has it.
 *
 * @throws Refusal `record-unknown`
 */
export async function readQuarantined(
  gateway: DataSource,
  exchange: string,
  sequence: number,
): Promise<QuarantinedView & { readonly finding: unknown }> {
  const [record] = await rows<QuarantinedView & { finding: unknown }>(
    gateway,
    `select q.*, i.finding from (${QUARANTINED}) q
     join exchange_v1.quarantined_record i on i.exchange_id = q.exchange and i.sequence = q.sequence
     where q.exchange::text = $1 and q.sequence = $2`,
    [exchange, sequence],
  );
  if (!record)
    throw new Refusal('record-unknown', `the file ${exchange} has nothing in quarantine at place ${sequence}`);
  return record;
}

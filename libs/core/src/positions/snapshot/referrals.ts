import type { DebtSnapshot, IsoDate } from '@concord/plugin-sdk';
import { rows } from '../../database/sql.js';
import type { Queryable } from '../../database/sql.js';

type Referrals = Pick<DebtSnapshot, 'referral' | 'endedReferral'>;

/** A debt that was never referred to the connector. */
export const NEVER_REFERRED: Referrals = { referral: null, endedReferral: null };

interface ReferralRow {
  readonly debt_id: string;
  readonly id: string;
  readonly made_on: IsoDate;
  readonly cap_minor: number | null;
  readonly expires_on: IsoDate | null;
  readonly withdrawn_on: IsoDate | null;
  readonly ended_on: IsoDate | null;
}

/**
 * The referral to one connector that nobody withdrew, or else the one that ended last. A referral that ran out and was not
 * withdrawn stands as `referral` all the same, since the rules say of it since when it is over; it is the ended one as
 * well from the day after its last day.
 *
 * @param date the day of judgement; without it, only what was withdrawn has ended
 * @returns by debt; none where the debt was never referred to the connector
 */
export async function readReferrals(
  on: Queryable,
  connectorId: string,
  debtIds: readonly string[],
  date: IsoDate | null,
): Promise<ReadonlyMap<string, Referrals>> {
  const found = await rows<ReferralRow>(
    on,
    `select distinct on (debt_id) debt_id, id, made_on, cap_minor, expires_on, withdrawn_on,
            least(withdrawn_on, expires_on) as ended_on
     from cases_v1.referral where debt_id = any($1) and connector_id = $2
     order by debt_id, withdrawn_on is not null, least(withdrawn_on, expires_on) desc, made_on desc, id`,
    [debtIds, connectorId],
  );
  return new Map(found.map((row) => [row.debt_id, referrals(row, date)]));
}

function referrals(row: ReferralRow, date: IsoDate | null): Referrals {
  const { id, ended_on: endedOn } = row;
  const ended = endedOn !== null && (row.withdrawn_on !== null || (date !== null && endedOn < date));
  return {
    referral:
      row.withdrawn_on === null
        ? { id, madeOn: row.made_on, capMinor: row.cap_minor, expiresOn: row.expires_on }
        : null,
    endedReferral: ended ? { id, endedOn } : null,
  };
}

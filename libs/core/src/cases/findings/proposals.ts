import type { DataSource } from 'typeorm';
import { rows } from '../../database/sql.js';
import type { Queryable } from '../../database/sql.js';
import { Refusal } from '../../platform/errors.js';

/** Something that a partner said and that a person at the office decides about. */
export interface ProposalView {
  readonly id: string;
  readonly jurisdictionId: string;
  readonly connectorId: string;
  /** The finding's kind, `contradiction`, or `balance-differs`. */
  readonly kind: string;
  readonly reference: string;
  readonly debtId: string | null;
  readonly details: unknown;
  readonly raisedOn: string;
  readonly state: 'open' | 'closed';
  readonly closedBy: string | null;
  readonly closedReason: string | null;
}

/** Proposals, the oldest first. */
export function listProposals(
  gateway: DataSource,
  filter: {
    readonly jurisdiction?: string | undefined;
    readonly kind?: string | undefined;
    readonly state?: string | undefined;
  },
): Promise<ProposalView[]> {
  return rows<ProposalView>(
    gateway,
    `select id, jurisdiction_id as "jurisdictionId", connector_id as "connectorId", kind, reference, debt_id as "debtId",
            details, raised_on as "raisedOn", state, closed_by as "closedBy", closed_reason as "closedReason"
     from cases.proposal
     where ($1::text is null or jurisdiction_id = $1) and ($2::text is null or kind = $2) and state = $3
     order by raised_on, exchange_id, sequence limit 1000`,
    [filter.jurisdiction ?? null, filter.kind ?? null, filter.state ?? 'open'],
  );
}

/**
 * Closes a proposal, with what the person did about it. Again changes nothing.
 *
 * @throws Refusal `proposal-unknown`
 */
export async function closeProposal(
  gateway: Queryable,
  id: string,
  closing: { readonly actor: string; readonly at: Date; readonly reason: string },
): Promise<{ readonly closed: boolean }> {
  const [closed] = await rows<{ id: string }>(
    gateway,
    `update cases.proposal set state = 'closed', closed_by = $2, closed_at = $3, closed_reason = $4
     where id = $1 and state = 'open' returning id`,
    [id, closing.actor, closing.at, closing.reason],
  );
  if (closed) return { closed: true };
  const [known] = await rows<{ id: string }>(gateway, 'select id from cases.proposal where id = $1', [id]);
  if (!known) throw new Refusal('proposal-unknown', `no proposal has the id ${id}`);
  return { closed: false };
}

import type { EntityManager } from 'typeorm';
import type { IsoDate } from '@concord/plugin-sdk';
import type { ChangeContext } from '../cases/change-recorder.js';
import { closeProposal } from '../cases/findings/proposals.js';
import { rows } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';
import { addAddress } from './addresses.js';
import { addContactPoint } from './contact-points.js';
import { foundContact } from './domain/found-contact.js';
import { namedParty } from './named-party.sql.js';

/** A person's decision to take over where somebody was found. */
export interface AcceptanceOrder {
  readonly proposalId: string;
  /** Whom it is about; null for the party of the debt whom the partner names, or else the debtor. */
  readonly partyId: string | null;
  /** The office's today: a partner that says no date says it of today. */
  readonly today: IsoDate;
}

export interface AcceptedContact {
  readonly partyId: string;
  readonly addressId: string | null;
  readonly contactPointId: string | null;
}

interface Proposed {
  readonly kind: string;
  readonly state: string;
  readonly connector_id: string;
  readonly debt_id: string | null;
  readonly country: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/**
 * Makes what a partner found an address or a telephone of the party, and closes the proposal, in the caller's transaction.
 *
 * @throws Refusal `proposal-unknown`, `proposal-closed`, `proposal-not-acceptable` where it is not of somebody's address or
 *   telephone, or `party-unknown` where nobody can be told to be meant
 */
export async function acceptContact(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  order: AcceptanceOrder,
): Promise<AcceptedContact> {
  const [proposal] = await rows<Proposed>(
    manager,
    `select p.kind, p.state, p.connector_id, p.debt_id, p.details, j.country
     from cases.proposal p join cases.jurisdiction j on j.id = p.jurisdiction_id where p.id = $1 for update of p`,
    [order.proposalId],
  );
  if (!proposal) throw new Refusal('proposal-unknown', `no proposal has the id ${order.proposalId}`);
  if (proposal.state !== 'open') throw new Refusal('proposal-closed', 'somebody has decided about it already');
  const found = proposal.kind === 'contact-found' ? foundContact(proposal.details, proposal.country) : null;
  if (!found)
    throw new Refusal('proposal-not-acceptable', 'it says neither an address nor a telephone that can be kept');
  const partyId = await meant(manager, order, proposal, found.partyNumber);
  const since = found.on !== null && found.on < order.today ? found.on : order.today;
  const common = {
    partyId,
    source: 'agency' as const,
    sourceDetail: proposal.connector_id,
    since,
    idempotencyKey: `proposal ${order.proposalId}`,
  };
  const address = found.address
    ? await addAddress(manager, context, { ...common, kind: 'residence', address: found.address, verifiedOn: null })
    : null;
  const contact = found.telephone
    ? await addContactPoint(manager, context, {
        ...common,
        kind: 'telephone',
        value: found.telephone,
        hours: null,
        doNotUseReason: null,
      })
    : null;
  await closeProposal(manager, order.proposalId, { actor: context.actor, at: context.at, reason: 'accepted' });
  return {
    partyId: (address ?? contact)!.partyId,
    addressId: address?.id ?? null,
    contactPointId: contact?.id ?? null,
  };
}

/** Of the debt's parties the one that a person or the partner names; partners name a party by its number. */
async function meant(
  manager: EntityManager,
  order: AcceptanceOrder,
  proposal: Proposed,
  partyNumber: string | null,
): Promise<string> {
  const [named] =
    order.partyId === null && partyNumber !== null
      ? await rows<{ id: string }>(manager, `select party_id as id from (${namedParty('$1::uuid', '$2')}) named`, [
          proposal.debt_id,
          partyNumber,
        ])
      : await rows<{ id: string }>(
          manager,
          `select coalesce(p.merged_into, p.id) as id
           from cases.debt_party dp join cases.party p on p.id = dp.party_id
           where dp.debt_id = $1 and case when $2::uuid is null then dp.role = 'debtor'
                                          else $2 in (p.id, p.merged_into) end`,
          [proposal.debt_id, order.partyId],
        );
  if (!named) throw new Refusal('party-unknown', 'no party of the debt is meant: say which');
  return named.id;
}

import type { EntityManager } from 'typeorm';
import { rows } from '../../database/sql.js';
import { namedParty } from '../../parties/named-party.sql.js';
import { holdParties } from '../../parties/party-group.js';
import { recordChanges } from '../change-recorder.js';
import { lockCases } from '../lock-cases.js';
import type { FindingsPart } from './findings-part.js';

/** What a protective finding places, and on what: a dispute is about one debt, the others about the debtor. */
const STOPS = `(values
  ('disputed', 'dispute', 'debt'),
  ('insolvent', 'insolvency', 'case'),
  ('deceased', 'deceased', 'case'),
  ('active-duty', 'active-duty', 'case'),
  ('moratorium-started', 'moratorium', 'case')) as k (finding, stop, scope)`;

/** Whom a statement about a person names, by number; null where it is about the debtor. */
const NUMBER = `nullif(ltrim(f.finding->'details'->>'debtor', '0'), '')`;

/**
 * Places the stops that follow from what a partner says, at once and without a person, in the caller's transaction. A
 * statement about a person who is not the debtor (its details name another party of the debt) protects that person. Where it
 * names nobody who owes the debt, the debt is protected, and {@link proposeUnnamed} puts before a person who was meant.
 */
export async function protect(manager: EntityManager, part: FindingsPart): Promise<void> {
  const placed = await rows<{ id: string }>(
    manager,
    `with found as (
       select f.natural_key, f.case_id, f.subject_id as debt_id, f.business_date, f.finding, k.stop, named.party_id,
              case when k.scope = 'debt' then 'debt'
                   when f.number is null or named.is_debtor then 'case'
                   when named.party_id is not null then 'party' else 'debt' end as scope
       from (select f.*, ${NUMBER} as number from exchange_v1.finding f
             where f.exchange_id = $1 and f.sequence between $2 and $3 and f.status = 'applied'
               and f.case_id is not null) f
       join ${STOPS} on k.finding = f.kind
       left join lateral (${namedParty('f.subject_id', 'f.number')}) named on k.scope = 'case')
     insert into cases.stop (id, case_id, scope, subject_id, kind, starts_on, details, source, idempotency_key, actor,
       recorded_at)
     select gen_random_uuid(), case_id, scope, case scope when 'debt' then debt_id when 'case' then case_id else party_id end,
            stop, least((finding->>'on')::date, business_date), finding->'details', $4, $4 || ':' || natural_key, $4, $5
     from found order by natural_key
     on conflict (case_id, idempotency_key) do nothing returning id`,
    [part.exchangeId, part.first, part.last, part.source, part.context.at],
  );
  // A party's stop reaches every case in which that party owes, and a case's every case of the same debtor.
  const reached = await rows<{ id: string; case_id: string }>(
    manager,
    `select distinct s.id, coalesce(d.case_id, c.same_id, s.case_id) as case_id
     from cases.stop s
     left join cases.party_same p on s.scope = 'party' and p.party_id = s.subject_id
     left join cases.debt_party dp on dp.party_id = p.same_id
     left join cases.debt d on d.id = dp.debt_id
     left join cases.case_same c on s.scope = 'case' and c.case_id = s.subject_id
     where s.id = any($1) order by 2, 1`,
    [placed.map(({ id }) => id)],
  );
  await recordChanges(
    manager,
    part.context,
    reached.map(({ id, case_id }) => ({
      caseId: case_id,
      type: 'concord.stop.placed.v1' as const,
      subjectId: id,
      data: { stopId: id },
    })),
  );
}

/**
 * Puts before a person what a partner says of somebody who can't be told among those who owe the debt. Until that is settled
 * the debt is protected, and nothing else of whomever it means.
 */
export async function proposeUnnamed(manager: EntityManager, part: FindingsPart): Promise<void> {
  await rows(
    manager,
    `insert into cases.proposal (id, jurisdiction_id, connector_id, natural_key, kind, reference, debt_id, details,
       exchange_id, sequence, raised_on)
     select gen_random_uuid(), $5, $4, f.natural_key, f.kind, coalesce(f.finding->>'reference', ''), f.subject_id,
            f.finding->'details', f.exchange_id, f.sequence, f.business_date
     from exchange_v1.finding f join ${STOPS} on k.finding = f.kind and k.scope = 'case'
     where f.exchange_id = $1 and f.sequence between $2 and $3 and f.status = 'applied' and f.case_id is not null
       and ${NUMBER} is not null and not exists (${namedParty('f.subject_id', NUMBER)})
     order by f.sequence
     on conflict do nothing`,
    [part.exchangeId, part.first, part.last, part.connectorId, part.jurisdictionId],
  );
}

/**
 * Keeps whom and what the part is about from changing until the transaction ends: first the parties whom its stops will
 * reach, with all that are the same, then the cases that it changes, each in the order in which everything locks them. A
 * merge or a new debt in between would add cases that nobody told.
 */
export async function holdPart(manager: EntityManager, part: FindingsPart): Promise<void> {
  const parameters = [part.exchangeId, part.first, part.last];
  const told = await rows<{ party_id: string }>(
    manager,
    `select distinct dp.party_id
     from exchange_v1.finding f
     join ${STOPS} on k.finding = f.kind
     join cases.debt_party dp on dp.debt_id = f.subject_id
     where f.exchange_id = $1 and f.sequence between $2 and $3 and f.status = 'applied' and k.scope = 'case'`,
    parameters,
  );
  const memberIds = await holdParties(
    manager,
    told.map(({ party_id }) => party_id),
  );
  const cases = await rows<{ case_id: string }>(
    manager,
    `select f.case_id from exchange_v1.finding f
     where f.exchange_id = $1 and f.sequence between $2 and $3 and f.status = 'applied' and f.case_id is not null
       and (f.kind in ('paid', 'payment-reversed', 'placement-returned') or f.kind in (select finding from ${STOPS})
            or (f.outcome->>'adopted')::boolean)
     union
     select d.case_id from cases.debt_party dp join cases.debt d on d.id = dp.debt_id where dp.party_id = any($4)`,
    [...parameters, memberIds],
  );
  await lockCases(
    manager,
    cases.map(({ case_id }) => case_id),
  );
}

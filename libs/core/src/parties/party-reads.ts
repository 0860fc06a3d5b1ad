import { rows } from '../database/sql.js';
import type { Queryable } from '../database/sql.js';
import { readSummaries } from './matching/party-summary.js';
import type { PartySummary } from './matching/party-summary.js';
import { readGroup } from './party-group.js';

/** A party with all that stands with it and with its duplicates; each fact says with which. Identifiers by kind, never shown. */
export interface PartyView extends PartySummary {
  /** Duplicates that count as this party, each with the merge that says so. */
  readonly duplicates: readonly unknown[];
  /** Names besides the source's. */
  readonly names: readonly unknown[];
  /** Every address with its history; those that the source says have no id. */
  readonly addresses: readonly unknown[];
  readonly contactPoints: readonly unknown[];
  readonly identifiers: readonly string[];
  /** In which it has a part, by number. */
  readonly debtsOwed: readonly unknown[];
  /** Stops of the party; those of its debts and cases are with the debts. */
  readonly stops: readonly unknown[];
}

/**
 * A party as everybody is told of it; of a duplicate, the party that stands for it.
 *
 * @throws Refusal `party-unknown`
 */
export async function readParty(on: Queryable, partyId: string): Promise<PartyView> {
  const { survivorId, memberIds } = await readGroup(on, partyId);
  const summary = (await readSummaries(on, [survivorId])).get(survivorId)!;
  const ofMembers = <T>(statement: string): Promise<T[]> => rows<T>(on, statement, [memberIds]);
  const identifiers = await ofMembers<{ kind: string }>(
    'select distinct kind from cases.party_identifier where party_id = any($1) order by 1',
  );
  return {
    ...summary,
    duplicates: await ofMembers(DUPLICATES),
    names: await ofMembers(NAMES),
    addresses: await ofMembers(ADDRESSES),
    contactPoints: await ofMembers(CONTACT_POINTS),
    identifiers: identifiers.map(({ kind }) => kind),
    debtsOwed: await ofMembers(DEBTS),
    stops: await ofMembers(STOPS),
  };
}

const DUPLICATES = `
  select p.id, p.number, p.source_reference as "sourceReference", p.kind, p.surname, p.first_name as "firstName",
         p.middle_name as "middleName", p.generation, m.id as "mergeId", m.survivor_id as "mergedWith", m.reason, m.actor,
         m.merged_at as "mergedAt"
  from cases.party p join cases.party_merge m on m.duplicate_id = p.id and m.undone_at is null
  where p.id = any($1) and p.merged_into is not null order by p.number`;

const NAMES = `
  select id, party_id as "partyId", kind, surname, first_name as "firstName", middle_name as "middleName", generation,
         since, until, source, actor, recorded_at as "recordedAt"
  from cases.party_name where party_id = any($1) order by recorded_at, id`;

const ADDRESSES = `
  select null as id, id as "partyId", 'mailing' as kind, address, 'host-system' as source, null as "sourceDetail",
         address_since as since, null as until, null as "verifiedOn", null as "returnedOn", null as actor, null as "recordedAt"
  from cases.party p where id = any($1) and address is not null
    and not exists (select 1 from cases.party_address a
                    where a.party_id = p.id and a.address = p.address and a.source = 'host-system' and a.until is null)
  union all
  select id::text, party_id, kind, address, source, source_detail, since, until::text, verified_on::text,
         returned_on::text, actor, recorded_at::text
  from cases.party_address where party_id = any($1)
  order by until nulls first, since desc nulls last, "recordedAt", id`;

const CONTACT_POINTS = `
  select c.id, c.party_id as "partyId", c.kind, c.value, c.source, c.source_detail as "sourceDetail", c.since, c.until,
         left(c.allowed_from::text, 5) as "allowedFrom", left(c.allowed_until::text, 5) as "allowedUntil",
         c.do_not_use_reason as "doNotUseReason", c.actor, c.recorded_at as "recordedAt",
         coalesce((
           select jsonb_agg(jsonb_build_object('purpose', s.purpose, 'state', s.state, 'on', s.happened_on, 'how', s.how,
                            'actor', s.actor) order by s.happened_on, s.number)
           from cases.party_consent s where s.contact_point_id = c.id), '[]'::jsonb) as consents
  from cases.party_contact_point c where c.party_id = any($1) order by c.recorded_at, c.id`;

const DEBTS = `
  select d.id, d.number, d.case_id as "caseId", dp.party_id as "partyId", dp.role, d.type, d.currency,
         coalesce((select sum(effect_minor) from cases.ledger_entry e where e.debt_id = d.id), 0) as "balanceMinor"
  from cases.debt_party dp join cases.debt d on d.id = dp.debt_id
  where dp.party_id = any($1) order by d.number, dp.party_id`;

const STOPS = `
  select id, subject_id as "partyId", kind, starts_on as "startsOn", ends_on as "endsOn", lifted_on as "liftedOn"
  from cases.stop where scope = 'party' and subject_id = any($1) order by recorded_at, id`;

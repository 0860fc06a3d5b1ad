/** Changes of a stop's details, and the day on which the address that is told of a party became another one. */
export const RECORDING_CASES = `
-- nothing is changed or taken out here: the details that a stop had are found again
create table cases.stop_detail_change (
  id uuid primary key,
  number bigint not null generated always as identity,
  stop_id uuid not null references cases.stop,
  before jsonb not null,
  after jsonb not null,
  -- the details that somebody stated under the key; null takes one away
  asked jsonb not null,
  reason text not null,
  source text not null,
  -- the office's reference of what shows it
  proof text,
  idempotency_key text not null,
  actor text not null,
  recorded_at timestamptz not null,
  unique (stop_id, idempotency_key),
  check (before is distinct from after)
);

-- the address told last of each party whose told address ever became another one; where there is no row, it is the source's
create table cases.told_address (
  party_id uuid primary key references cases.party,
  -- of a duplicate, that of the party that stands for it; null where none is told
  address jsonb,
  -- the office's day on which it took the place of another one; null where that has not happened
  since date
);

-- parties that were told otherwise before this was kept: nobody knows since when
insert into cases.told_address (party_id, address)
  select p.id, t.address from cases.party p join cases.party_told t on t.id = coalesce(p.merged_into, p.id)
  where (p.has_more or p.merged_into is not null) and t.address is distinct from p.address;

grant select, insert on cases.stop_detail_change to concord_gateway;
grant select, insert, update on cases.told_address to concord_gateway;
`;

/** Whose address on a debt became another one, and when; a duplicate's counts for the party that stands for it. */
export const RECORDING_CASES_VIEWS = `
create view cases_v1.address_change as
  select dp.debt_id, coalesce(p.merged_into, p.id) as party_id, a.since as changed_on
  from cases.told_address a
  join cases.party p on p.id = a.party_id
  join cases.debt_party dp on dp.party_id = a.party_id
  where a.since is not null;

grant select on cases_v1.address_change to concord_connectors, concord_gateway;
`;

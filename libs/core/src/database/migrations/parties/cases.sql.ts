/** What stands beside a party: names, addresses, contact points with consent, and merges of duplicates. */
export const PARTIES_CASES = `
alter table cases.party
  -- the party that this one is a duplicate of, always one that is no duplicate itself; follows from the merges in force
  add column merged_into uuid references cases.party,
  -- whether names, addresses, contact points or duplicates stand beside this row: only then does anything look for them
  add column has_more boolean not null default false,
  -- when the source began to say the address that it says now; null for what it said first
  add column address_since date,
  add check (merged_into <> id);
create index on cases.party (merged_into) where merged_into is not null;

-- what a party is or was called besides the name that its source says now
create table cases.party_name (
  id uuid primary key,
  party_id uuid not null references cases.party,
  kind text not null check (kind in ('legal', 'former', 'birth', 'trading-as', 'nickname', 'also-known-as')),
  -- a person's family name, or a business's whole name
  surname text not null,
  first_name text,
  middle_name text,
  generation text,
  since date,
  until date check (until >= since),
  source text not null,
  idempotency_key text not null,
  actor text not null,
  recorded_at timestamptz not null,
  unique (party_id, idempotency_key)
);

-- addresses from elsewhere than the source, and those that the source no longer says
create table cases.party_address (
  id uuid primary key,
  party_id uuid not null references cases.party,
  kind text not null check (kind in ('residence', 'mailing', 'work', 'registered', 'premises', 'other')),
  address jsonb not null,
  source text not null check (source in ('host-system', 'debtor', 'officer', 'agency', 'returned-mail', 'registry')),
  -- the connector, register or letter
  source_detail text,
  since date,
  until date check (until >= since),
  verified_on date,
  -- the last day on which mail came back: as somebody noted it here, or as letters of the office did
  noted_returned_on date,
  letter_returned_on date,
  returned_on date generated always as (greatest(noted_returned_on, letter_returned_on)) stored,
  idempotency_key text not null,
  actor text not null,
  recorded_at timestamptz not null,
  unique (party_id, idempotency_key)
);

-- letters of the office that came back, with every entry that had their address; what was recorded in error is withdrawn
create table cases.returned_mail (
  address_id uuid not null references cases.party_address,
  -- what says that it came back
  letter_id uuid not null,
  returned_on date not null,
  actor text not null,
  recorded_at timestamptz not null,
  withdrawn_by text,
  withdrawn_at timestamptz,
  primary key (letter_id, address_id),
  check ((withdrawn_at is null) = (withdrawn_by is null))
);
create index on cases.returned_mail (address_id);

create table cases.party_contact_point (
  id uuid primary key,
  party_id uuid not null references cases.party,
  kind text not null check (kind in ('telephone', 'email', 'post')),
  -- digits, or an address of electronic mail; letters go to whatever address is current
  value text,
  source text not null check (source in ('host-system', 'debtor', 'officer', 'agency', 'returned-mail', 'registry')),
  source_detail text,
  since date not null,
  until date check (until >= since),
  -- on the office's clock
  allowed_from time,
  allowed_until time,
  do_not_use_reason text,
  -- what was asked for, by which the same request is known again after the use was changed
  asked jsonb not null,
  idempotency_key text not null,
  actor text not null,
  recorded_at timestamptz not null,
  unique (party_id, idempotency_key),
  check ((kind = 'post') = (value is null)),
  check ((allowed_from is null) = (allowed_until is null) and allowed_from < allowed_until)
);

-- what was said about being contacted there; the last word for a purpose holds
create table cases.party_consent (
  id uuid primary key,
  number bigint not null generated always as identity,
  contact_point_id uuid not null references cases.party_contact_point,
  purpose text not null check (purpose in ('collection', 'notices', 'reminders')),
  state text not null check (state in ('given', 'withdrawn')),
  happened_on date not null,
  how text not null check (how in ('letter', 'call', 'online', 'in-person', 'form')),
  idempotency_key text not null,
  actor text not null,
  recorded_at timestamptz not null,
  unique (contact_point_id, idempotency_key)
);

-- a person's decision that two parties are one: nothing is moved, so that undoing it restores what was
create table cases.party_merge (
  id uuid primary key,
  jurisdiction_id text not null references cases.jurisdiction,
  duplicate_id uuid not null references cases.party,
  survivor_id uuid not null references cases.party,
  reason text not null,
  -- why they are one although identifiers of one kind differ
  despite_differences text,
  -- what was known for and against it on the day
  evidence jsonb not null,
  actor text not null,
  merged_at timestamptz not null,
  undone_by text,
  undone_at timestamptz,
  undone_reason text,
  check (duplicate_id <> survivor_id),
  check ((undone_at is null) = (undone_by is null) and (undone_at is null) = (undone_reason is null))
);
create unique index party_merge_in_force on cases.party_merge (duplicate_id) where undone_at is null;
-- merges that were undone as well: partners go on naming whom they were told then
create index on cases.party_merge (duplicate_id);
create index on cases.party_merge (survivor_id);
create index on cases.party_merge (jurisdiction_id, merged_at);

-- a person's decision that two parties are not one, so that nobody is asked again
create table cases.party_distinct (
  party_id uuid not null references cases.party,
  other_id uuid not null references cases.party,
  reason text not null,
  actor text not null,
  decided_at timestamptz not null,
  primary key (party_id, other_id),
  check (party_id < other_id)
);

grant select, insert on cases.party_name, cases.party_address, cases.returned_mail, cases.party_contact_point,
  cases.party_consent, cases.party_merge, cases.party_distinct to concord_gateway;
grant update (until, verified_on, noted_returned_on, letter_returned_on) on cases.party_address to concord_gateway;
grant update (withdrawn_by, withdrawn_at) on cases.returned_mail to concord_gateway;
grant update (until, allowed_from, allowed_until, do_not_use_reason) on cases.party_contact_point to concord_gateway;
grant update (undone_by, undone_at, undone_reason) on cases.party_merge to concord_gateway;
`;

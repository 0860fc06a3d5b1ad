/** The case core: who owes what to which office, what stands in the way, and to whom it was referred. */
export const CASES_SCHEMA = `
create table cases.jurisdiction (
  id text primary key,
  title text not null,
  country text not null,
  currency text not null,
  time_zone text not null,
  configuration jsonb not null,
  -- the last business date run; the office's today is never before it
  last_day date
);

create table cases.party (
  id uuid primary key,
  jurisdiction_id text not null references cases.jurisdiction,
  source_reference text not null,
  kind text not null check (kind in ('person', 'business')),
  surname text not null,
  first_name text,
  middle_name text,
  generation text,
  telephone text,
  address jsonb,
  unique (jurisdiction_id, source_reference)
);

-- ciphertext is bound to this table, column and row id; blind_index finds equal values without opening them
create table cases.party_identifier (
  id uuid primary key,
  party_id uuid not null references cases.party,
  kind text not null check (kind in ('ssn', 'sin', 'date-of-birth')),
  ciphertext bytea not null,
  blind_index bytea not null,
  unique (party_id, kind)
);
create index on cases.party_identifier (blind_index);

-- one debtor in one jurisdiction; every change takes the next version under this row's lock
create table cases.case_file (
  id uuid primary key,
  jurisdiction_id text not null references cases.jurisdiction,
  debtor_id uuid not null unique references cases.party,
  version bigint not null default 0,
  opened_at timestamptz not null
);

create table cases.import_file (
  id uuid primary key,
  jurisdiction_id text not null references cases.jurisdiction,
  content_hash text not null,
  file_name text not null,
  format text not null,
  actor text not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  rows_read integer not null default 0,
  debts_registered integer not null default 0,
  rows_unchanged integer not null default 0,
  rows_faulty integer not null default 0,
  unique (jurisdiction_id, content_hash)
);

create table cases.import_fault (
  import_id uuid not null references cases.import_file,
  line integer not null,
  reason text not null,
  faults jsonb not null,
  primary key (import_id, line)
);

create table cases.debt (
  id uuid primary key,
  -- shown to partners; never reused
  number bigint generated always as identity unique,
  case_id uuid not null references cases.case_file,
  jurisdiction_id text not null references cases.jurisdiction,
  source_reference text not null,
  type text not null,
  arose_from_contract boolean,
  original_creditor_name text,
  original_creditor_classification text,
  incurred_on date,
  delinquent_on date,
  currency text not null,
  intake_fingerprint text not null,
  -- control total of what was taken in with the debt: the ledger must still say the same
  intake_effect_minor bigint not null,
  registered_at timestamptz not null,
  -- when the strategies look at it next; null when none of them ever will
  strategy_review_on date,
  unique (jurisdiction_id, source_reference)
);
create index on cases.debt (case_id);
create index on cases.debt (jurisdiction_id, strategy_review_on) where strategy_review_on is not null;

create table cases.debt_party (
  debt_id uuid not null references cases.debt,
  party_id uuid not null references cases.party,
  role text not null check (role in ('debtor', 'co-debtor', 'guarantor')),
  primary key (debt_id, party_id)
);
create index on cases.debt_party (party_id);

create table cases.ledger_entry (
  id uuid primary key,
  debt_id uuid not null references cases.debt,
  case_id uuid not null references cases.case_file,
  -- version of the case that this entry made
  case_version bigint not null,
  kind text not null
    check (kind in ('assessment', 'interest', 'fee', 'payment', 'reversal', 'adjustment', 'write-off')),
  amount_minor bigint not null check (amount_minor > 0),
  -- what the entry does to the balance
  effect_minor bigint not null generated always as (
    case when kind in ('assessment', 'interest', 'fee', 'reversal') then amount_minor else -amount_minor end) stored,
  currency text not null,
  effective_on date not null,
  source text not null,
  reference text,
  reason text,
  idempotency_key text not null,
  -- a reversal undoes exactly one payment, and a payment is undone at most once
  reverses uuid unique references cases.ledger_entry,
  actor text not null,
  recorded_at timestamptz not null,
  unique (debt_id, idempotency_key),
  check ((kind = 'reversal') = (reverses is not null))
);
create index on cases.ledger_entry (debt_id);

create table cases.stop (
  id uuid primary key,
  case_id uuid not null references cases.case_file,
  scope text not null check (scope in ('case', 'debt', 'party')),
  -- the case, the debt or the party that it protects
  subject_id uuid not null,
  kind text not null,
  starts_on date not null,
  ends_on date,
  lifted_on date,
  details jsonb not null default '{}',
  source text not null,
  idempotency_key text not null,
  actor text not null,
  recorded_at timestamptz not null,
  unique (case_id, idempotency_key)
);
create index on cases.stop (subject_id);

create table cases.referral (
  id uuid primary key,
  case_id uuid not null references cases.case_file,
  debt_id uuid not null references cases.debt,
  act text not null,
  connector_id text not null,
  made_by text not null check (made_by in ('officer', 'strategy')),
  strategy_id text,
  -- at most one referral in force in a group: one agency at a time
  exclusive_group text,
  cap_minor bigint check (cap_minor > 0),
  made_on date not null,
  expires_on date,
  withdrawn_on date,
  withdrawn_reason text,
  actor text not null,
  recorded_at timestamptz not null
);
create unique index referral_in_force on cases.referral (debt_id, act, connector_id) where withdrawn_on is null;
create unique index referral_exclusive on cases.referral (debt_id, exclusive_group)
  where withdrawn_on is null and exclusive_group is not null;

-- who changed what: one row a version of a case
create table cases.change (
  case_id uuid not null references cases.case_file,
  version bigint not null,
  kind text not null,
  subject_id uuid not null,
  actor text not null,
  correlation_id text not null,
  occurred_at timestamptz not null,
  primary key (case_id, version)
);

-- a lane holds all events of its cases; whoever holds the lane's row publishes it, so one case is never published by two
create table cases.outbox_lane (lane smallint primary key);
insert into cases.outbox_lane select generate_series(0, 15);

create table cases.outbox (
  id bigint generated always as identity primary key,
  lane smallint not null generated always as (abs(hashtext(case_id::text) % 16)::smallint) stored,
  case_id uuid not null,
  event jsonb not null
);
create index on cases.outbox (lane, id);

grant select, insert, update on all tables in schema cases to concord_gateway;
grant delete on cases.outbox to concord_gateway;
revoke update on cases.ledger_entry, cases.change from concord_gateway;
`;

/** Files of host billing systems, what they said, and what was posted out to the general ledger. */
export const HOST_INTAKE = `
create table cases.host_file (
  id uuid primary key,
  jurisdiction_id text not null references cases.jurisdiction,
  system_id text not null,
  -- its name in the office's settings
  definition text not null,
  kind text not null check (kind in ('debts', 'payments')),
  picture text not null check (picture in ('changes', 'full')),
  file_name text not null,
  content_hash text not null,
  -- what puts files in order, whenever they are taken in; null where a refused file did not say
  business_date date,
  sequence integer,
  state text not null check (state in ('reading', 'refused', 'held', 'dismissed', 'applying', 'applied')),
  rows_read integer not null default 0,
  -- rows of which nobody can tell which debt they are: a picture with such rows can't tell what is missing
  rows_unreadable integer not null default 0,
  would_close integer not null default 0,
  open_debts integer not null default 0,
  -- why it is held, or was refused
  reason text,
  -- some of the debts that it would close
  examples text[] not null default '{}',
  decided_by text,
  decided_at timestamptz,
  decided_reason text,
  actor text not null,
  received_at timestamptz not null,
  -- when something was last done with it: what stands still was cut off
  progressed_at timestamptz not null default now(),
  -- how often it was gone on with after that
  resumed integer not null default 0,
  applied_at timestamptz
);
-- a file that was refused for its faults may come again as it was; a person's refusal stands
create unique index on cases.host_file (jurisdiction_id, system_id, definition, content_hash) where state <> 'refused';
create unique index host_file_order on cases.host_file (jurisdiction_id, system_id, definition, business_date, sequence)
  where state in ('held', 'applying', 'applied');
-- from when a debt is gone: the first full picture after the last file that had it
create index on cases.host_file (jurisdiction_id, system_id, business_date, sequence)
  where kind = 'debts' and picture = 'full' and state in ('applying', 'applied');

-- rows that wait for being applied, sealed: they hold identifiers. Each is deleted in the transaction of its effect
create table cases.host_row (
  file_id uuid not null references cases.host_file,
  line integer not null,
  key text not null,
  -- whether it says that its debt is gone
  gone boolean not null,
  content bytea not null,
  primary key (file_id, line)
);
-- by which a full picture is compared with what is open
create index on cases.host_row (file_id, key);

create table cases.host_fault (
  file_id uuid not null references cases.host_file,
  line integer not null,
  place integer not null,
  field text,
  -- what stood there; of what is personal only its length
  value text,
  rule text not null,
  reason text not null,
  primary key (file_id, line, place)
);

-- the latest that a host said of each debt, party and payment, by its own key
create table cases.host_record (
  id uuid primary key,
  jurisdiction_id text not null references cases.jurisdiction,
  system_id text not null,
  kind text not null check (kind in ('debt', 'party', 'payment')),
  key text not null,
  -- each field with when it was said, sealed
  state bytea not null,
  -- of a debt: the latest file that says whether it is there
  present boolean,
  present_on date,
  present_sequence integer,
  -- the debt, or the entry of the payment that stands posted
  subject_id uuid,
  -- of a payment: the host's key of its debt
  debt_key text,
  -- of a debt: what the ledger has of the host's charges, in minor units, and what it does not have because it was frozen
  charged jsonb,
  -- of a debt: from when it is gone, and the entry that took it to zero
  closed_on date,
  closing_entry uuid,
  -- of a debt that is closed: the version of its case when its closing was last looked at
  closed_version bigint not null default 0,
  -- how often something was posted for it
  revision integer not null default 0,
  unique (jurisdiction_id, system_id, kind, key)
);
-- a debt is of one host system: two would undo each other's charges, and either could close it
create unique index host_record_debt on cases.host_record (subject_id) where kind = 'debt';
create index on cases.host_record (jurisdiction_id, id) where kind = 'debt' and closed_on is not null;
create index on cases.host_record (jurisdiction_id, debt_key) where kind = 'payment' and subject_id is null;

-- what a host changed of a debt that is on file, beside its ledger
create table cases.host_correction (
  id uuid primary key,
  debt_id uuid not null references cases.debt,
  field text not null,
  before text,
  after text,
  source text not null,
  file_id uuid not null references cases.host_file,
  line integer not null,
  idempotency_key text not null,
  actor text not null,
  recorded_at timestamptz not null,
  unique (debt_id, idempotency_key)
);

-- postings out to the general ledger: a file a day
create table cases.gl_file (
  id uuid primary key,
  jurisdiction_id text not null references cases.jurisdiction,
  posted_on date not null,
  actor text not null,
  created_at timestamptz not null,
  unique (jurisdiction_id, posted_on)
);

-- the parts of an entry by bucket, as they were told: each entry is in one file, once
create table cases.gl_line (
  entry_id uuid not null references cases.ledger_entry,
  bucket text not null check (bucket in ('cost', 'fee', 'interest', 'principal', 'credit')),
  file_id uuid not null references cases.gl_file,
  kind text not null,
  debt_type text not null,
  account text not null,
  effect_minor bigint not null,
  primary key (entry_id, bucket)
);
create index on cases.gl_line (file_id);
grant select, insert on cases.gl_file, cases.gl_line to concord_gateway;

-- what those who watch see of it: nothing that a file says
create view cases_v1.host_file as
  select id, jurisdiction_id, system_id, definition, file_name, state, received_at, progressed_at from cases.host_file;
grant select on cases_v1.host_file to concord_connectors;

grant select, insert on cases.host_file, cases.host_row, cases.host_fault, cases.host_record, cases.host_correction
  to concord_gateway;
grant update on cases.host_file, cases.host_record to concord_gateway;
grant delete on cases.host_row to concord_gateway;
`;

/** What partners hold, what was exchanged with them, and what is to be looked at. */
export const EXCHANGE_SCHEMA = `
create function exchange.adversity(state text) returns smallint language sql immutable parallel safe
  return case state when 'active' then 3 when 'restrained' then 2 when 'closed' then 1 else 0 end;

create table exchange.connector (
  id text primary key,
  jurisdiction_id text not null,
  plugin_id text not null,
  family text not null,
  act text,
  update_kind text,
  title text not null,
  mode text not null check (mode in ('off', 'shadow', 'on', 'paused', 'retiring')),
  settings_version integer not null,
  created_at timestamptz not null
);

-- versions only grow; an exchange names the one it was made under
create table exchange.connector_settings (
  connector_id text not null references exchange.connector,
  version integer not null,
  fingerprint text not null,
  body jsonb not null,
  actor text not null,
  created_at timestamptz not null,
  primary key (connector_id, version)
);

-- the inbox: the highest version of each case that a consumer has taken in
create table exchange.case_seen (
  consumer text not null,
  case_id uuid not null,
  version bigint not null,
  primary key (consumer, case_id)
);

-- what must be judged (again), and from which date on
create table exchange.look (
  connector_id text not null references exchange.connector,
  subject_id uuid not null,
  due_on date not null,
  primary key (connector_id, subject_id)
);
create index on exchange.look (connector_id, due_on);

create table exchange.position (
  id uuid primary key,
  connector_id text not null references exchange.connector,
  subject_kind text not null check (subject_kind in ('debt')),
  subject_id uuid not null,
  key text not null,
  case_id uuid not null,
  reference text not null,
  desired_state text not null,
  desired_amount_minor bigint not null,
  desired_content jsonb not null,
  desired_hash text not null,
  -- the case's version and the date that desired was judged at
  judged_version bigint not null,
  judged_on date not null,
  outcome text not null,
  known_state text not null default 'absent',
  known_amount_minor bigint not null default 0,
  known_content jsonb,
  known_hash text,
  known_version bigint,
  -- number of the file that known comes from: what an older file is answered for changes nothing any more
  known_sequence integer,
  known_on date,
  -- content that the partner refused: not sent again until something changes
  parked_hash text,
  parked_reason text,
  unique (connector_id, subject_kind, subject_id, key)
);
create index on exchange.position (subject_id);
create index on exchange.position (connector_id, reference);

-- why something did not pass, since when, and until when
create table exchange.block (
  id bigint generated always as identity primary key,
  connector_id text not null references exchange.connector,
  subject_id uuid not null,
  rule text not null,
  outcome text not null,
  reason text not null,
  citation text,
  earliest_on date,
  since date not null,
  until date
);
create unique index block_standing on exchange.block (connector_id, subject_id, rule) where until is null;
create index on exchange.block (subject_id);

-- what must be released or made less adverse at a partner, by when, and when it was
create table exchange.release_duty (
  id bigint generated always as identity primary key,
  position_id uuid not null references exchange.position,
  connector_id text not null references exchange.connector,
  rule text not null,
  owed_on date not null,
  due_on date not null,
  done_on date
);
create unique index release_owed on exchange.release_duty (position_id) where done_on is null;
create index on exchange.release_duty (connector_id, owed_on);

create table exchange.file_sequence (
  connector_id text not null references exchange.connector,
  kind text not null,
  last integer not null,
  primary key (connector_id, kind)
);

create table exchange.exchange (
  id uuid primary key,
  connector_id text not null references exchange.connector,
  direction text not null check (direction in ('out', 'in')),
  kind text not null,
  -- out: the cutoff that this file is for, which runs once
  cutoff_key text,
  business_date date not null,
  settings_version integer not null,
  mode text not null,
  state text not null,
  correlation_id text not null,
  file_name text,
  file_sequence integer,
  content_hash text,
  bytes bigint,
  records integer not null default 0,
  -- out: the last step of the delivery that is certain, and how it ended
  delivery_step text check (delivery_step in ('uploaded', 'verified', 'renamed')),
  delivery_outcome text check (delivery_outcome in ('delivered', 'presumed-collected')),
  failure jsonb,
  -- out: the partner's answer is expected by then; null where it never answers
  answer_due_on date,
  -- in: the exchange that this file answers
  answers_id uuid references exchange.exchange,
  started_at timestamptz not null,
  released_at timestamptz,
  archived_at timestamptz,
  delivered_at timestamptz,
  answered_at timestamptz,
  finished_at timestamptz
);
create unique index exchange_cutoff on exchange.exchange (connector_id, kind, cutoff_key) where direction = 'out';
create unique index exchange_content on exchange.exchange (connector_id, kind, content_hash) where direction = 'in';
create index on exchange.exchange (connector_id, business_date);

create table exchange.record (
  exchange_id uuid not null references exchange.exchange,
  sequence integer not null,
  position_id uuid not null references exchange.position,
  case_id uuid not null,
  case_version bigint not null,
  key text not null,
  reference text not null,
  state text not null,
  amount_minor bigint not null,
  content jsonb not null,
  content_hash text not null,
  -- what the partner was last told, answered or not, when this was chosen
  previous jsonb,
  status text not null
    check (status in ('chosen', 'dropped', 'set-aside', 'released', 'delivered', 'accepted', 'refused', 'superseded')),
  code text,
  reason text,
  primary key (exchange_id, sequence)
);
create index on exchange.record (position_id);
create index record_in_flight on exchange.record (position_id) where status in ('released', 'delivered');
create index on exchange.record (exchange_id, reference);

create table exchange.inbound_record (
  exchange_id uuid not null references exchange.exchange,
  sequence integer not null,
  natural_key text,
  kind text not null,
  finding jsonb not null,
  status text not null check (status in ('applied', 'duplicate', 'unmatched', 'quarantined')),
  reason text,
  primary key (exchange_id, sequence)
);

-- each statement of a partner has its effect once, however often it is sent
create table exchange.applied_key (
  connector_id text not null references exchange.connector,
  natural_key text not null,
  exchange_id uuid not null references exchange.exchange,
  primary key (connector_id, natural_key)
);

-- what the gateway wants of the connectors
create table exchange.command (
  id uuid primary key,
  kind text not null check (kind in ('run-day')),
  body jsonb not null,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
  progress jsonb not null default '{}',
  failure text,
  actor text not null,
  correlation_id text not null,
  requested_at timestamptz not null,
  finished_at timestamptz
);

grant select, insert, update, delete on all tables in schema exchange to concord_connectors;
grant insert, select on exchange.command to concord_gateway;
`;

/** What people decide about exchanges, what is alerted, and what partners owe. */
export const EXCHANGE_LIFE = `
-- a day is one kind of command: days are carried out one after the other, everything else beside them
alter table exchange.command drop constraint command_kind_check;
alter table exchange.command
  add column result jsonb,
  -- code of the refusal that ended it, where it was an expected outcome
  add column failure_code text;
drop index exchange.command_running;
create unique index command_running on exchange.command ((true)) where state = 'running' and kind = 'run-day';
create index command_waiting on exchange.command (requested_at) where state in ('waiting', 'running');

alter table exchange.exchange
  -- out: why the file waits for a person, since when, and who decided what
  add column held jsonb,
  add column held_at timestamptz,
  add column decision jsonb,
  -- out: the delivered file that this one sends again
  add column resends_id uuid references exchange.exchange,
  -- in: the file under whose name this one came with other bytes
  add column corrects_id uuid references exchange.exchange;

alter table exchange.inbound_record drop constraint inbound_record_status_check;
alter table exchange.inbound_record
  add constraint inbound_record_status_check
    check (status in ('applied', 'duplicate', 'unmatched', 'quarantined', 'mended', 'dismissed')),
  -- who mended or dismissed it, when, why, and the place of the record that replaced it
  add column decision jsonb;
create index inbound_record_quarantined on exchange.inbound_record (exchange_id) where status = 'quarantined';

-- one row for as long as something is wrong at one place for one cause
create table exchange.alert (
  id uuid primary key,
  jurisdiction_id text,
  connector_id text,
  cause text not null,
  -- what of the connector it is about: a kind of file, an exchange; empty where it is about all of it
  about text not null default '',
  message text not null,
  details jsonb not null default '{}',
  raised_at timestamptz not null,
  seen_at timestamptz not null,
  times integer not null default 1,
  cleared_at timestamptz
);
create unique index alert_standing on exchange.alert (coalesce(jurisdiction_id, ''), coalesce(connector_id, ''), cause, about)
  where cleared_at is null;
create index on exchange.alert (raised_at);

-- no adverse output of a jurisdiction goes out while this stands; releases do
create table exchange.adverse_stop (
  jurisdiction_id text primary key,
  actor text not null,
  reason text not null,
  since timestamptz not null
);

grant select, insert, update, delete on exchange.alert, exchange.adverse_stop to concord_connectors;
`;

/** How the gateway reads them. */
export const EXCHANGE_LIFE_VIEWS = `
create or replace view exchange_v1.command as
  select id, kind, state, progress, failure, requested_at, finished_at, result, failure_code, body, actor, correlation_id
  from exchange.command;

create or replace view exchange_v1.exchange as
  select id, connector_id, direction, kind, cutoff_key, business_date, mode, state, correlation_id, file_name,
         file_sequence, content_hash, bytes, records, failure, answer_due_on, answers_id, started_at, released_at,
         archived_at, delivered_at, delivery_step, delivery_outcome, answered_at, finished_at,
         held, held_at, decision, resends_id, corrects_id
  from exchange.exchange;

create or replace view exchange_v1.inbound_record as
  select exchange_id, sequence, natural_key, kind, status, reason, decision, position_id
  from exchange.inbound_record;

create view exchange_v1.alert as
  select id, jurisdiction_id, connector_id, cause, about, message, details, raised_at, seen_at, times, cleared_at
  from exchange.alert;

create view exchange_v1.adverse_stop as
  select jurisdiction_id, actor, reason, since from exchange.adverse_stop;

grant select on exchange_v1.alert, exchange_v1.adverse_stop to concord_gateway;
`;

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

-- modes of connectors: who changed them, and why; never updated
create table exchange.connector_change (
  id bigint generated always as identity primary key,
  connector_id text not null references exchange.connector,
  was text not null,
  mode text not null,
  actor text not null,
  reason text not null,
  correlation_id text not null,
  changed_at timestamptz not null
);
create index on exchange.connector_change (connector_id, id);
grant select, insert on exchange.connector_change to concord_connectors;
-- end of modes of connectors
-- alerts: what was told of them, and indexes by which they are looked for
alter table exchange.alert
  add column raised_told_at timestamptz,
  add column cleared_told_at timestamptz;
create index alert_untold on exchange.alert (raised_at) where raised_told_at is null and cleared_at is null;
create index alert_over_untold on exchange.alert (cleared_at)
  where cleared_at is not null and raised_told_at is not null and cleared_told_at is null;

-- one message, on one way, about alerts of one partner and cause that were raised, or cleared, together
create table exchange.alert_notice (
  id uuid primary key,
  -- messages go out in their order
  number bigint generated always as identity,
  way text not null check (way in ('webhook', 'email')),
  event text not null check (event in ('raised', 'cleared')),
  alert_ids uuid[] not null,
  message jsonb not null,
  created_at timestamptz not null,
  -- when it is tried next, how often it was tried, and why it last failed
  due_at timestamptz not null,
  attempts integer not null default 0,
  failure text,
  sent_at timestamptz
);
create index alert_notice_due on exchange.alert_notice (due_at) where sent_at is null;

create index release_overdue on exchange.release_duty (connector_id, due_on) where done_on is null;
create index exchange_unanswered on exchange.exchange (connector_id, delivered_at)
  where direction = 'out' and state = 'delivered' and answer_due_on is not null;
create index exchange_undelivered on exchange.exchange (connector_id, started_at)
  where direction = 'out' and state in ('choosing', 'held', 'released', 'archived');
create index exchange_states on exchange.exchange (connector_id, direction, state);
-- what a partner answered of a position
create index inbound_answer on exchange.inbound_record (position_id) where kind in ('accepted', 'refused');

grant select, insert, update, delete on exchange.alert_notice to concord_connectors;
-- end of alerts

-- incoming files: each time that one came, however often its bytes did; open while it may still lie at the partner
create table exchange.arrival (
  id uuid primary key,
  exchange_id uuid not null references exchange.exchange,
  connector_id text not null references exchange.connector,
  kind text not null,
  file_name text not null,
  business_date date not null,
  correlation_id text not null,
  arrived_at timestamptz not null,
  -- the partner's own time of the file, by which it is told from a later one of its name
  modified_at timestamptz not null,
  -- whether its bytes had come before: then they had no effect, and the file came all the same
  repeated boolean not null,
  gone_at timestamptz
);
create unique index arrival_lying on exchange.arrival (exchange_id, file_name) where gone_at is null;
create index arrival_open on exchange.arrival (connector_id) where gone_at is null;
create index on exchange.arrival (connector_id, kind, business_date);

-- files that may still be written at the partner: since when they have had this size and time
create table exchange.remote_file (
  connector_id text not null references exchange.connector,
  file_name text not null,
  bytes bigint not null,
  modified_at timestamptz not null,
  since timestamptz not null,
  primary key (connector_id, file_name)
);

-- the day on which a statement had its effect, where that was not the day of its file
alter table exchange.inbound_record add column taken_on date;
create index exchange_inbound_name on exchange.exchange (connector_id, kind, file_name) where direction = 'in';

grant select, insert, update, delete on exchange.arrival, exchange.remote_file to concord_connectors;
-- end of incoming files
-- parts of partners' files whose findings the case core may not have taken yet
create table exchange.findings_on_way (
  exchange_id uuid not null,
  first_sequence integer not null,
  last_sequence integer not null,
  announced_at timestamptz not null,
  primary key (exchange_id, first_sequence)
);
grant select, insert, update, delete on exchange.findings_on_way to concord_connectors;
create view cases_v1.findings_taken as
  select exchange_id, first_sequence, last_sequence from cases.findings_taken;
grant select on cases_v1.findings_taken to concord_connectors;
-- end of findings on their way

-- files that wait for a person
alter table exchange.exchange
  -- out: how many records put something adverse at the partner that it did not hold: what is usual is told from it
  add column adverse integer,
  -- out: the file that waits for a person, of which this one says what must not wait
  add column part_of_id uuid references exchange.exchange;
create index exchange_waiting on exchange.exchange (connector_id) where direction = 'out' and state in ('choosing', 'held');
create index exchange_part on exchange.exchange (part_of_id) where part_of_id is not null;
-- end of files that wait for a person
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

-- modes of connectors, and what each has left to do
create view exchange_v1.connector_change as
  select id, connector_id, was, mode, actor, reason, correlation_id, changed_at from exchange.connector_change;

create view exchange_v1.connector_work as
  select c.id as connector_id,
         (select count(*) from (
            select p.id from exchange.position p where p.connector_id = c.id and p.known_state <> 'absent'
            union
            select r.position_id from exchange.exchange e join exchange.record r on r.exchange_id = e.id
            where e.connector_id = c.id and e.direction = 'out' and e.state in ('released', 'archived', 'delivered')
              and r.status in ('released', 'delivered')) as standing) as held,
         (select count(*) from exchange.release_duty d where d.connector_id = c.id and d.done_on is null) as releases_owed,
         f.unfinished, f.waiting, f.unanswered, f.last_delivered_at,
         (select count(*) from exchange.exchange e join exchange.inbound_record i on i.exchange_id = e.id
          where e.connector_id = c.id and e.direction = 'in' and i.status = 'quarantined') as quarantined
  from exchange.connector c
  cross join lateral (
    select count(*) filter (where e.state in ('choosing', 'released', 'archived', 'received', 'applying')) as unfinished,
           count(*) filter (where e.state in ('held', 'undecided')) as waiting,
           count(*) filter (where e.state = 'delivered' and e.answer_due_on is not null) as unanswered,
           max(e.delivered_at) as last_delivered_at
    from exchange.exchange e where e.connector_id = c.id) f;

grant select on exchange_v1.connector_change, exchange_v1.connector_work to concord_gateway;
-- end of modes of connectors
-- records that were told, in the order in which files told a position
create view exchange_v1.told_record as
  select r.exchange_id, r.sequence, r.position_id, r.case_id, r.case_version, r.state, r.amount_minor, r.status, r.entry_id,
         e.connector_id, e.kind, e.release_number
  from exchange.record r join exchange.exchange e on e.id = r.exchange_id
  where e.release_number is not null and r.status not in ('chosen', 'dropped', 'set-aside');

grant select on exchange_v1.told_record to concord_gateway;
-- end of lineage

-- incoming files
create or replace view exchange_v1.finding as
  select i.exchange_id, i.sequence, e.connector_id, coalesce(i.taken_on, e.business_date) as business_date, i.kind,
         i.natural_key, i.finding, i.outcome, i.position_id, p.subject_id, p.case_id, i.status
  from exchange.inbound_record i
  join exchange.exchange e on e.id = i.exchange_id
  left join exchange.position p on p.id = i.position_id
  where i.natural_key is not null and (i.status = 'quarantined'
    or (i.status = 'applied' and i.kind not in ('accepted', 'refused', 'file-answered')));

create view exchange_v1.arrival as
  select exchange_id, connector_id, kind, file_name, business_date, correlation_id, arrived_at, repeated
  from exchange.arrival;

create view exchange_v1.quarantined_record as
  select i.exchange_id, i.sequence, e.connector_id, e.kind as file_kind, e.file_name, e.business_date,
         e.started_at as received_at, i.kind, i.natural_key, i.finding, i.reason, i.status, i.decision
  from exchange.inbound_record i
  join exchange.exchange e on e.id = i.exchange_id
  where i.status in ('quarantined', 'mended', 'dismissed');

grant select on exchange_v1.arrival, exchange_v1.quarantined_record to concord_gateway;
-- end of incoming files
`;

/** What placements need beside tradelines: ledger entries told one by one, one agency at a time, findings on their way. */
export const AGENCIES_EXCHANGE = `
-- one order over all kinds of files of a connector: numbers of one kind can't be compared with those of another
create sequence exchange.release_number;
alter table exchange.exchange add column release_number bigint;
update exchange.exchange e set release_number = n.number
from (select id, nextval('exchange.release_number') as number
      from (select id from exchange.exchange where released_at is not null order by released_at, file_sequence) o) n
where n.id = e.id;
alter table exchange.position alter column known_sequence type bigint;
update exchange.position p set known_sequence = e.release_number
from exchange.exchange e
where e.connector_id = p.connector_id and e.direction = 'out' and e.file_sequence = p.known_sequence;

alter table exchange.position
  -- the case's version that the placement covers: later ledger entries are told one by one
  add column placed_version bigint,
  -- what moved at the partner since the placement was sent, until its answer makes it known
  add column moved_minor bigint not null default 0,
  -- the file that told it last, by its release number, and that file's business date; entries and snapshots aside
  add column told_number bigint,
  add column told_on date,
  -- held by the partner since before Concord
  add column adopted_on date,
  -- whether the partner may have to be told something: the daily difference reads these rows only
  add column differs boolean not null generated always as (
    case when desired_state in ('closed', 'absent') then known_state <> 'absent'
         else known_state <> desired_state or known_hash is distinct from desired_hash
              or known_amount_minor <> desired_amount_minor end) stored;
create index position_differs on exchange.position (connector_id) where differs;
-- what a partner says of a reference is about one position
drop index exchange.position_connector_id_reference_idx;
create unique index position_reference on exchange.position (connector_id, reference);

-- one agency at a time: whoever was sent a placement has it until its end is known
create table exchange.exclusive_hold (
  exclusive_group text not null,
  subject_id uuid not null,
  position_id uuid not null unique references exchange.position,
  primary key (exclusive_group, subject_id)
);

alter table exchange.record add column entry_id uuid, add column entry jsonb;
-- a ledger entry is told once under one position
create unique index record_entry on exchange.record (position_id, entry_id)
  where entry_id is not null and status not in ('dropped', 'set-aside');
drop index exchange.record_exchange_id_reference_idx;
-- a position's records are looked for while they are chosen or in flight; its whole history is read by file
drop index exchange.record_position_id_idx;
create index record_unsent on exchange.record (position_id, exchange_id) where status in ('chosen', 'dropped');
-- records are only ever chosen from positions, and no position is deleted: to look each one up again, and to lock it, would
-- be most of the choosing
alter table exchange.record drop constraint record_position_id_fkey;

alter table exchange.connector
  -- whether what the partner holds must be taken over from its reconciliation before anything is sent, and when it was
  add column adopts boolean not null default false,
  add column adopted_on date;

alter table exchange.inbound_record
  add column position_id uuid,
  -- what came of it beside its effect: how the partner's picture differs from ours
  add column outcome jsonb;

-- fingerprint of the statement: the same key with other words is a contradiction, not a repetition
alter table exchange.applied_key add column digest uuid;

-- findings on their way to the case core, as references to parts of files
create table exchange.outbox_lane (lane smallint primary key);
insert into exchange.outbox_lane select generate_series(0, 15);
create table exchange.outbox (
  id bigint generated always as identity primary key,
  lane smallint not null generated always as (abs(hashtext(connector_id) % 16)::smallint) stored,
  connector_id text not null,
  event jsonb not null
);
create index on exchange.outbox (lane, id);

grant select, insert, update, delete on exchange.exclusive_hold, exchange.outbox_lane, exchange.outbox to concord_connectors;
grant usage on sequence exchange.release_number to concord_connectors;
`;

/** How the case core reads findings, and what became of positions. */
export const AGENCIES_EXCHANGE_VIEWS = `
create view exchange_v1.finding as
  select i.exchange_id, i.sequence, e.connector_id, e.business_date, i.kind, i.natural_key, i.finding, i.outcome,
         i.position_id, p.subject_id, p.case_id, i.status
  from exchange.inbound_record i
  join exchange.exchange e on e.id = i.exchange_id
  left join exchange.position p on p.id = i.position_id
  where i.natural_key is not null and (i.status = 'quarantined'
    or (i.status = 'applied' and i.kind not in ('accepted', 'refused', 'file-answered')));

create or replace view exchange_v1.record as
  select exchange_id, sequence, position_id, case_id, case_version, reference, state, amount_minor, status, code, reason,
         entry_id
  from exchange.record;

create view exchange_v1.placement as
  select p.id, p.connector_id, p.subject_id, p.known_state, p.known_amount_minor, p.placed_version, p.adopted_on,
         p.known_state = 'absent' and p.desired_state in ('closed', 'absent') as ended
  from exchange.position p join exchange.connector c on c.id = p.connector_id where c.update_kind = 'delta';

grant select on exchange_v1.finding, exchange_v1.placement to concord_gateway;
`;

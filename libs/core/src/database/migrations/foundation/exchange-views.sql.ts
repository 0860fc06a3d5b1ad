/** How the gateway reads the connectors' side. */
export const EXCHANGE_VIEWS = `
create view exchange_v1.connector as
  select c.id, c.jurisdiction_id, c.plugin_id, c.family, c.act, c.update_kind, c.title, c.mode, c.settings_version
  from exchange.connector c;

create view exchange_v1.position as
  select p.id, p.connector_id, p.subject_kind, p.subject_id, p.key, p.case_id, p.reference,
         p.desired_state, p.desired_amount_minor, p.outcome, p.judged_on, p.judged_version,
         p.known_state, p.known_amount_minor, p.known_on, p.known_version, p.parked_reason,
         coalesce(f.in_flight, 0) as in_flight,
         case when exchange.adversity(p.known_state) >= coalesce(f.adversity, 0) then p.known_state
              else f.state end as presumed_state,
         d.owed_on as release_owed_on, d.due_on as release_due_on, d.rule as release_rule
  from exchange.position p
  left join exchange.release_duty d on d.position_id = p.id and d.done_on is null
  left join lateral (
    select count(*) as in_flight, max(exchange.adversity(r.state)) as adversity,
           (array_agg(r.state order by exchange.adversity(r.state) desc))[1] as state
    from exchange.record r where r.position_id = p.id and r.status in ('released', 'delivered')
  ) f on true;

create view exchange_v1.block as
  select connector_id, subject_id, rule, outcome, reason, citation, earliest_on, since, until from exchange.block;

create view exchange_v1.release_duty as
  select position_id, connector_id, rule, owed_on, due_on, done_on from exchange.release_duty;

create view exchange_v1.exchange as
  select id, connector_id, direction, kind, cutoff_key, business_date, mode, state, correlation_id, file_name,
         file_sequence, content_hash, bytes, records, failure, answer_due_on, answers_id, started_at, released_at,
         archived_at, delivered_at, delivery_step, delivery_outcome, answered_at, finished_at
  from exchange.exchange;

create view exchange_v1.record as
  select exchange_id, sequence, position_id, case_id, case_version, reference, state, amount_minor, status, code, reason
  from exchange.record;

create view exchange_v1.inbound_record as
  select exchange_id, sequence, natural_key, kind, status, reason from exchange.inbound_record;

create view exchange_v1.command as
  select id, kind, state, progress, failure, requested_at, finished_at from exchange.command;

grant select on all tables in schema exchange_v1 to concord_gateway;
`;

/**
 * Takes the oldest command that may begin, of the kinds `$2` in the name of the process `$1`. Commands about one connector
 * are carried out in the order in which they were asked for, whichever processes take them: one that is begun, or that waits
 * and is older, keeps those after it waiting. So do those about one jurisdiction's switch. All others go side by side.
 *
 * What is begun is seen by every process once it is committed; one that another process is about to take still counts as
 * waiting, and is older.
 */
export const TAKE_NEXT = `
  with open as materialized (
    select c.id, c.state, c.requested_at,
           coalesce(c.body->>'connectorId', e.connector_id, 'jurisdiction ' || (c.body->>'jurisdictionId'), c.id::text) as line
    from exchange.command c
    left join exchange.exchange e on e.id =
      case when pg_input_is_valid(c.body->>'exchangeId', 'uuid') then (c.body->>'exchangeId')::uuid end
    where c.state in ('waiting', 'running') and c.kind = any($2))
  update exchange.command set state = 'running', process_id = $1 where id = (
    select c.id from exchange.command c join open o on o.id = c.id
    where c.state = 'waiting' and not exists (
      select 1 from open before
      where before.line = o.line and (before.requested_at, before.id) < (o.requested_at, o.id))
    order by c.requested_at, c.id limit 1 for update of c skip locked)
  returning id, kind, body, actor, correlation_id`;

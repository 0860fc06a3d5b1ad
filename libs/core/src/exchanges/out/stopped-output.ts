import type { EntityManager } from 'typeorm';
import { clearAlerts, raiseAlert } from '../../alerts/alerts.js';
import { standingStop } from '../../connectors/adverse-stop.js';
import { modeUnderStop } from '../../connectors/connector.js';
import type { Connector } from '../../connectors/connector.js';
import { rows } from '../../database/sql.js';
import type { Queryable } from '../../database/sql.js';
import type { ExchangeRow } from '../exchange-ledger.js';

/** Ends a delivery before its file stands at the partner under its name. Nothing has failed. */
export class KeptBack extends Error {}

/** A connector as it is now that the adverse output of its jurisdiction was stopped, or let go, after it was read. */
export async function asStoppedNow(exchange: Queryable, connector: Connector): Promise<Connector> {
  const adverseStop = await standingStop(exchange, connector.jurisdictionId);
  if ((adverseStop === null) === (connector.adverseStop === null)) return connector;
  const { configuredMode } = connector;
  return { ...connector, adverseStop, mode: adverseStop === null ? configuredMode : modeUnderStop(configuredMode) };
}

/** Whether the adverse output of a connector's jurisdiction was stopped, or let go, after it was read. */
export async function stopHasChanged(manager: EntityManager, connector: Connector): Promise<boolean> {
  const standing = await standingStop(manager, connector.jurisdictionId);
  return (standing === null) !== (connector.adverseStop === null);
}

/**
 * Whether a file that was released must wait because the adverse output of its jurisdiction is stopped: it makes something
 * more adverse than the partner holds without it. One that only reduces, or says again what stands, goes out. An alert says
 * that it waits.
 */
export async function waitsForStop(
  exchange: Queryable,
  connector: Connector,
  row: ExchangeRow,
  at: Date,
): Promise<boolean> {
  const stop = await standingStop(exchange, connector.jurisdictionId);
  if (stop === null || !(await saysMoreAdverse(exchange, row.id))) return false;
  await raiseAlert(
    exchange,
    {
      jurisdictionId: connector.jurisdictionId,
      connectorId: connector.id,
      cause: 'exchange-held',
      about: row.id,
      message:
        `The file ${row.file_name} was released before ${stop.actor} stopped the adverse output of ` +
        `${connector.jurisdictionId}. It waits here until that is resumed.`,
      details: { file: row.file_name, stoppedSince: stop.since },
    },
    at,
  );
  return true;
}

/** A file that waited here is at its partner. */
export async function goesOn(manager: EntityManager, connector: Connector, row: ExchangeRow, at: Date): Promise<void> {
  await clearAlerts(manager, { connectorId: connector.id, cause: 'exchange-held', about: row.id }, at);
}

/** What a partner holds without a file is what is known, and what files that went out before said. */
async function saysMoreAdverse(exchange: Queryable, exchangeId: string): Promise<boolean> {
  const [found] = await rows<{ adverse: boolean }>(
    exchange,
    `select exists (
       select 1 from exchange.record r join exchange.position p on p.id = r.position_id
       where r.exchange_id = $1 and r.status = 'released'
         and case when r.entry_id is not null then (r.entry->>'effectMinor')::bigint > 0
             else exchange.adversity(r.state) >= 2
               and (exchange.adversity(p.known_state), p.known_amount_minor)
                   < (exchange.adversity(r.state), r.amount_minor)
               and not exists (
                 select 1 from exchange.record before join exchange.exchange e on e.id = before.exchange_id
                 where before.position_id = r.position_id and before.status = 'delivered' and before.entry_id is null
                   and e.state = 'delivered'
                   and (exchange.adversity(before.state), before.amount_minor)
                       >= (exchange.adversity(r.state), r.amount_minor)) end) as adverse`,
    [exchangeId],
  );
  return found!.adverse;
}

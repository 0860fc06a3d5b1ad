import type { EntityManager } from 'typeorm';
import { clearAlerts, raiseAlert } from '../../alerts/alerts.js';
import { standingStop } from '../../connectors/adverse-stop.js';
import type { AdverseStop } from '../../connectors/adverse-stop.js';
import { modeUnderStop } from '../../connectors/connector.js';
import type { Connector } from '../../connectors/connector.js';
import type { ConnectorMode } from '../../connectors/connector-entry.js';
import { rows } from '../../database/sql.js';
import type { Queryable } from '../../database/sql.js';
import type { ExchangeRow } from '../exchange-ledger.js';

/** Ends a delivery before its file stands at the partner under its name. Nothing has failed. */
export class KeptBack extends Error {}

/**
 * A connector as it is now that its mode was changed, or the adverse output of its jurisdiction stopped or let go, after it was
 * read. One that is off by now has nothing more to say than what lessens.
 */
export async function asAllowedNow(exchange: Queryable, connector: Connector): Promise<Connector> {
  const configuredMode = await modeNow(exchange, connector);
  const adverseStop = await standingStop(exchange, connector.jurisdictionId);
  if (isAsRead(connector, configuredMode, adverseStop)) return connector;
  const set = configuredMode === 'off' ? 'retiring' : configuredMode;
  return { ...connector, configuredMode, adverseStop, mode: adverseStop === null ? set : modeUnderStop(set) };
}

/**
 * Whether a connector's mode was changed, or the adverse output of its jurisdiction stopped or let go, after it was read. Until
 * the transaction ends, the mode can't change any more.
 */
export async function allowanceHasChanged(manager: EntityManager, connector: Connector): Promise<boolean> {
  const mode = await modeNow(manager, connector, 'for share');
  return !isAsRead(connector, mode, await standingStop(manager, connector.jurisdictionId));
}

function isAsRead(connector: Connector, mode: ConnectorMode, stop: AdverseStop | null): boolean {
  return mode === connector.configuredMode && (stop === null) === (connector.adverseStop === null);
}

async function modeNow(on: Queryable, { id }: Connector, lock: '' | 'for share' = ''): Promise<ConnectorMode> {
  const [row] = await rows<{ mode: ConnectorMode }>(on, `select mode from exchange.connector where id = $1 ${lock}`, [
    id,
  ]);
  return row!.mode;
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
  // A copy of a file that was sent says what that file says.
  if (stop === null || !(await saysMoreAdverse(exchange, row.resends_id ?? row.id))) return false;
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
       where r.exchange_id = $1 and r.status in ('released', 'delivered', 'accepted')
         and case when r.entry_id is not null then (r.entry->>'effectMinor')::bigint > 0
             else exchange.adversity(r.state) >= 2
               and (exchange.adversity(p.known_state), p.known_amount_minor)
                   < (exchange.adversity(r.state), r.amount_minor)
               and not exists (
                 select 1 from exchange.record before join exchange.exchange e on e.id = before.exchange_id
                 where before.position_id = r.position_id and before.exchange_id <> r.exchange_id and before.status = 'delivered' and before.entry_id is null
                   and e.state = 'delivered'
                   and (exchange.adversity(before.state), before.amount_minor)
                       >= (exchange.adversity(r.state), r.amount_minor)) end) as adverse`,
    [exchangeId],
  );
  return found!.adverse;
}

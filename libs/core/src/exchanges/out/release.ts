import type { DataSource, EntityManager } from 'typeorm';
import type { Connector, OutboundFile } from '../../connectors/connector.js';
import { sendsEmpty } from '../../connectors/entry/cutoff-settings.js';
import { rows } from '../../database/sql.js';
import { lookAtSubjects } from '../../positions/looks.js';
import { DEFAULT_LIMITS } from '../../connectors/entry/limits.js';
import { exceededLimits } from '../domain/volume-limits.js';
import { advance, lockExchange } from '../exchange-ledger.js';
import type { ExchangeRow } from '../exchange-ledger.js';
import { chooseRecords } from './choose.js';
import { takeHolds } from './exclusive-holds.js';
import { leaveOut, UNHEARD } from './left-out.js';
import { allowanceHasChanged } from './stopped-output.js';
import { alertHeld, dropGrowing, hold } from './hold.js';
import { measure, readUsual } from './volume.js';
import type { FileVolume } from './volume.js';

/** What came of one attempt to release a file. */
export type ReleaseResult =
  /** Its content is fixed: from here on its positions are in flight. */
  | { readonly outcome: 'released'; readonly records: number }
  /** Nothing was left to say. */
  | { readonly outcome: 'empty' }
  /** It is over a limit, and waits for a person. */
  | { readonly outcome: 'held' }
  /** Somebody held or cancelled it meanwhile, or it was released already. */
  | { readonly outcome: 'moved'; readonly state: string }
  /** Cases changed since their records were chosen. They are out of the file, and are to be judged again. */
  | { readonly outcome: 'stale'; readonly subjects: number }
  /** The connector's mode, or what its jurisdiction lets out, was changed meanwhile: the file is to be chosen anew. */
  | { readonly outcome: 'allowance-changed' };

export interface ChosenRow {
  readonly sequence: number;
  readonly subject_id: string;
  readonly stale: boolean;
  /** Whether a partner said something of the case that has not reached it: a reason of its own to be stale. */
  readonly unheard: boolean;
}

/**
 * Re-checks every chosen record and fixes the file, in one transaction that locks the positions first and reads the
 * versions of their cases only then. A stop that was committed before is honoured; one that comes later finds the
 * position in flight and is released next. A re-check only ever takes records out. A ledger entry is a fact: it is told
 * whatever changed since, as long as the partner may hold the debt.
 *
 * @param date the day that it is judged as of: what falls due on it must have been judged
 * @param lastRound whether to go without the stale records instead of having them judged again
 */
export async function release(
  exchange: DataSource,
  connector: Connector,
  file: OutboundFile,
  exchangeId: string,
  date: string,
  at: Date,
  lastRound: boolean,
): Promise<ReleaseResult> {
  return exchange.transaction(async (manager) => {
    const row = await lockExchange(manager, exchangeId);
    // Whoever holds or cancels a file locks it too: either that is seen here, or it finds the file released.
    if (row.state !== 'choosing') return { outcome: 'moved', state: row.state };
    const chosen = await recheck(manager, exchangeId, date, at);
    if (await allowanceHasChanged(manager, connector)) return { outcome: 'allowance-changed' };
    const stale = chosen.filter((record) => record.stale);
    await drop(
      manager,
      exchangeId,
      stale.map(({ sequence }) => sequence),
      'the case changed before the file was released',
    );
    if (stale.length > 0) {
      const subjects = stale.map(({ subject_id }) => subject_id);
      await lookAtSubjects(manager, connector.id, subjects);
      if (!lastRound) return { outcome: 'stale', subjects: subjects.length };
      const unheard = stale.filter((record) => record.unheard).map(({ sequence }) => sequence);
      await leaveOut(manager, connector, row, unheard, at);
    }
    const overtaken = await alreadyTold(manager, connector, exchangeId);
    await drop(manager, exchangeId, overtaken, 'another file told it meanwhile');
    const elsewhere = await takeHolds(manager, connector, exchangeId);
    await drop(manager, exchangeId, elsewhere, 'another partner still has this debt');
    const grown = row.part_of_id === null ? 0 : await dropGrowing(manager, exchangeId);
    const records = chosen.length - stale.length - overtaken.length - elsewhere.length - grown;
    const volume = records === 0 ? null : await measure(manager, exchangeId);
    if (volume && (await overLimits(manager, connector, row, volume, at))) return { outcome: 'held' };
    // A file with what must not wait for another one is no cutoff of its own.
    if (records === 0 && (row.part_of_id !== null || !sendsEmpty(connector.body, file.kind))) {
      await advance(manager, row, 'empty', at, { records: 0 });
      return { outcome: 'empty' };
    }
    if (connector.update === 'delta') await beginPlacements(manager, exchangeId);
    const sequence = await nextSequence(manager, connector, file);
    const release = await nextRelease(manager);
    if (connector.update !== 'snapshot') await noteTelling(manager, row, release);
    await rows(manager, `update exchange.record set status = 'released' where exchange_id = $1 and status = 'chosen'`, [
      exchangeId,
    ]);
    await advance(manager, row, 'released', at, {
      file_sequence: sequence,
      release_number: release,
      records,
      adverse: volume?.adverse ?? 0,
    });
    return { outcome: 'released', records };
  });
}

/**
 * Holds a file that is over a limit. What a person let go on is not judged again, and a file that says nothing more than the
 * partner holds is never held, whatever its size.
 */
async function overLimits(
  manager: EntityManager,
  connector: Connector,
  row: ExchangeRow,
  volume: FileVolume,
  at: Date,
): Promise<boolean> {
  if (volume.growing === 0 || row.part_of_id !== null || row.decision !== null) return false;
  const limits = connector.body.limits ?? DEFAULT_LIMITS;
  const usual = await readUsual(manager, connector.id, row.kind, limits.history);
  const exceeded = exceededLimits(volume, usual, limits);
  if (exceeded.length === 0) return false;
  const because = { limits: exceeded };
  const held = await hold(manager, connector, row, because, at);
  if (held) await alertHeld(manager, connector, row, because, held, at);
  return held !== undefined;
}

/** Takes positions that fell out as stale into the file again, as they are judged now. */
export async function chooseAgain(
  exchange: DataSource,
  connector: Connector,
  file: OutboundFile,
  exchangeId: string,
): Promise<number> {
  return exchange.transaction(async (manager) => {
    const { state } = await lockExchange(manager, exchangeId);
    return state === 'choosing' ? chooseRecords(manager, connector, file, exchangeId, true) : 0;
  });
}

/** @returns the chosen records, with which of them are stale; their positions are locked */
export async function recheck(
  manager: EntityManager,
  exchangeId: string,
  date: string,
  at: Date,
): Promise<ChosenRow[]> {
  await rows(
    manager,
    `select 1 from exchange.position p
     where p.id in (select position_id from exchange.record where exchange_id = $1 and status = 'chosen')
     order by p.id for update`,
    [exchangeId],
  );
  // A statement of its own: it must see what was committed while this transaction waited for the locks.
  return rows<ChosenRow>(
    manager,
    `with unheard as materialized (select distinct case_id from (${UNHEARD}) said)
     select r.sequence, p.subject_id, p.case_id in (select case_id from unheard) as unheard,
            r.entry_id is null
            and (c.version <> p.judged_version or r.content_hash <> p.desired_hash
                 or r.amount_minor <> p.desired_amount_minor or l.subject_id is not null
                 or p.case_id in (select case_id from unheard)) as stale
     from exchange.record r
     join exchange.position p on p.id = r.position_id
     join cases_v1.case_file c on c.id = p.case_id
     left join exchange.look l
       on l.connector_id = p.connector_id and l.subject_id = p.subject_id and l.due_on <= $2
     where r.exchange_id = $1 and r.status = 'chosen'`,
    [exchangeId, date, at],
  );
}

/**
 * Records of a file that waited too long: a placement that another file opened meanwhile, and an entry that a newer
 * placement covers or whose debt the partner has no more. A snapshot says everything again anyway.
 */
export async function alreadyTold(manager: EntityManager, connector: Connector, exchangeId: string): Promise<number[]> {
  if (connector.update !== 'delta') return [];
  const told = await rows<{ sequence: number }>(
    manager,
    `select r.sequence
     from exchange.record r join exchange.position p on p.id = r.position_id
     cross join lateral (
       select p.known_state <> 'absent' or exists (
         select 1 from exchange.record f
         where f.position_id = p.id and f.status in ('released', 'delivered') and f.entry_id is null
           and exchange.adversity(f.state) >= 2) as stands) held
     where r.exchange_id = $1 and r.status = 'chosen'
       and case when r.entry_id is null then r.state = 'active' and held.stands
                else not held.stands or r.case_version <= p.placed_version end`,
    [exchangeId],
  );
  return told.map(({ sequence }) => sequence);
}

/** Takes records out of a file, with the reason. */
export async function drop(
  manager: EntityManager,
  exchangeId: string,
  sequences: readonly number[],
  reason: string,
): Promise<void> {
  if (sequences.length === 0) return;
  await rows(
    manager,
    `update exchange.record set status = 'dropped', reason = $3 where exchange_id = $1 and sequence = any($2)`,
    [exchangeId, sequences, reason],
  );
}

/** A placement says the whole balance: from here on only what comes later is told, entry by entry. */
async function beginPlacements(manager: EntityManager, exchangeId: string): Promise<void> {
  await rows(
    manager,
    `update exchange.position p set placed_version = r.case_version, moved_minor = 0, adopted_on = null
     from exchange.record r
     where r.exchange_id = $1 and r.status = 'chosen' and r.entry_id is null and r.position_id = p.id
       and exchange.adversity(r.state) >= 2 and p.known_state = 'absent'`,
    [exchangeId],
  );
}

/** Answers are about what was told last: the same words about an earlier file are another answer. */
async function noteTelling(manager: EntityManager, row: ExchangeRow, release: number): Promise<void> {
  await rows(
    manager,
    `update exchange.position p set told_number = $2, told_on = $3
     from exchange.record r
     where r.exchange_id = $1 and r.status = 'chosen' and r.entry_id is null and r.position_id = p.id`,
    [row.id, release, row.business_date],
  );
}

async function nextSequence(manager: EntityManager, connector: Connector, file: OutboundFile): Promise<number> {
  const [next] = await rows<{ last: number }>(
    manager,
    `insert into exchange.file_sequence as s (connector_id, kind, last) values ($1, $2, 1)
     on conflict (connector_id, kind) do update set last = s.last + 1 returning last`,
    [connector.id, file.kind],
  );
  return next!.last;
}

async function nextRelease(manager: EntityManager): Promise<number> {
  const [next] = await rows<{ number: number }>(manager, `select nextval('exchange.release_number') as number`);
  return next!.number;
}

import type { DataSource, EntityManager } from 'typeorm';
import { planAnew } from '../database/plan-anew.js';
import { rows } from '../database/sql.js';
import { lockParties } from '../parties/party-group.js';
import { inTransaction } from '../platform/in-transaction.js';
import { applyDebts } from './apply-debts.js';
import { applyPayments, postWaiting } from './apply-payments.js';
import { changedSinceClosing, convergeClosings, vanished } from './close-vanished.js';
import { storeFaults } from './fault-store.js';
import { lockHostFile, noteProgress } from './host-file-store.js';
import type { HostWork } from './host-place.js';
import { takeRows } from './stage-file.js';

/** Rows of one transaction: their cases stay locked until it ends. */
const BATCH = 500;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';
/** A batch holds many cases: it is more often than others the one that is ended to let another go on. */
const ATTEMPTS = 5;

/**
 * Applies a file that was read, in batches that each are one transaction; each row goes with its effect, so that what was cut
 * off goes on where it was. Then what waited for a debt of the file is posted, what a full picture lacks is closed, and closings
 * of which others than the host changed what was owed are made anew.
 */
export async function applyFile(gateway: DataSource, work: HostWork): Promise<void> {
  while (await inTransaction(gateway, (manager) => applyBatch(manager, work), ATTEMPTS));
  while (await inTransaction(gateway, (manager) => waitingBatch(manager, work), ATTEMPTS));
  // Only a picture says something of debts that it does not name.
  let after: string | null = work.picture === 'full' ? '' : null;
  while (after !== null) {
    const from: string = after;
    after = await inTransaction(gateway, (manager) => closingBatch(manager, work, from), ATTEMPTS);
  }
  let changed: string | null = FIRST_ID;
  while (changed !== null) {
    const from: string = changed;
    changed = await inTransaction(gateway, (manager) => changedBatch(manager, work, from), ATTEMPTS);
  }
  await rows(
    gateway,
    `update cases.host_file set state = 'applied', applied_at = $2 where id = $1 and state = 'applying'`,
    [work.fileId, work.context.at],
  );
}

/** One intake a jurisdiction at a time, as for imports. @returns whether the file is still to be applied */
async function begin(manager: EntityManager, work: HostWork): Promise<boolean> {
  await lockParties(manager, work.jurisdiction.id);
  if ((await lockHostFile(manager, work.fileId)) !== 'applying') return false;
  await noteProgress(manager, work.fileId, work.clock.now());
  return true;
}

async function applyBatch(manager: EntityManager, work: HostWork): Promise<boolean> {
  if (!(await begin(manager, work))) return false;
  await planAnew(manager);
  const statements = await takeRows(manager, work.cipher, work.fileId, BATCH);
  if (statements.length === 0) return false;
  if (work.kind === 'payments') {
    await convergeClosings(manager, work, await applyPayments(manager, work, statements));
  } else {
    const { debtIds, faults } = await applyDebts(manager, work, statements);
    await convergeClosings(manager, work, debtIds);
    await storeFaults(manager, work.fileId, faults);
  }
  return true;
}

async function waitingBatch(manager: EntityManager, work: HostWork): Promise<boolean> {
  if (!(await begin(manager, work))) return false;
  const { debtIds, more } = await postWaiting(manager, work, BATCH);
  await convergeClosings(manager, work, debtIds);
  return more;
}

async function closingBatch(manager: EntityManager, work: HostWork, after: string): Promise<string | null> {
  if (!(await begin(manager, work))) return null;
  const found = await vanished(manager, work, after, BATCH);
  await convergeClosings(
    manager,
    work,
    found.map(({ debtId }) => debtId),
  );
  return found.at(-1)?.key ?? null;
}

async function changedBatch(manager: EntityManager, work: HostWork, after: string): Promise<string | null> {
  if (!(await begin(manager, work))) return null;
  const found = await changedSinceClosing(manager, work, after, BATCH);
  await convergeClosings(
    manager,
    work,
    found.map(({ debtId }) => debtId),
  );
  return found.at(-1)?.id ?? null;
}

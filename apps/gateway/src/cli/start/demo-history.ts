import { randomUUID } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Jurisdiction } from '@concord/core/configuration/jurisdiction-file';
import { carryOutHistory } from '@concord/core/demo/history/carry-out-history';
import { historyItem } from '@concord/core/demo/history/history-item';
import { systemClock } from '@concord/core/platform/clock';
import { GATEWAY_DATABASE, JURISDICTIONS } from '@concord/core/platform/tokens';
import type { DataSource } from 'typeorm';
import { z } from 'zod';

/** What happened to the made-up debts of one office. */
export interface HistoryToTakeIn {
  readonly jurisdictionId: string;
  readonly path: string;
  /** Whether the debts were all taken in by an earlier start, and with them perhaps their history. */
  readonly again: boolean;
  readonly actor: string;
}

/** Carries a history out, once in a database. One that was cut off goes on with the next start. */
export async function takeInHistory(
  app: NestFastifyApplication,
  { jurisdictionId, path, again, actor }: HistoryToTakeIn,
): Promise<void> {
  const done = `${path}.done`;
  if (!(await exists(path)) || (again && (await exists(done)))) return;
  const jurisdiction = app.get<readonly Jurisdiction[]>(JURISDICTIONS).find(({ id }) => id === jurisdictionId);
  if (!jurisdiction) return;
  const items = z.array(historyItem).parse(JSON.parse(await readFile(path, 'utf8')));
  const office = { jurisdiction, clock: systemClock, actor, correlationId: randomUUID() };
  await carryOutHistory(app.get<DataSource>(GATEWAY_DATABASE), office, items);
  await writeFile(done, '', { mode: 0o600 });
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

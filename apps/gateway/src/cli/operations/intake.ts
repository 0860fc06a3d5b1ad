import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import type { HostFault } from '@concord/core/intake/domain/read-record';
import type { HostFileFilter, HostFileView } from '@concord/core/intake/host-file-store';
import type { HostFileOrder, HostIntakeCommands, TakenHostFile } from '@concord/core/intake/host-intake-commands';
import type { Operation } from './operation.js';

const ALL_FAULTS = 10_000;

async function commands(app: INestApplicationContext): Promise<HostIntakeCommands> {
  return app.get((await import('@concord/core/intake/host-intake-commands')).HostIntakeCommands);
}

/** A decision about a file that waits. */
export interface IntakeDecision {
  readonly id: string;
  readonly reason: string;
  readonly actor: string;
}

export const intakeTake: Operation<HostFileOrder & { readonly actor: string }, TakenHostFile> = {
  name: 'intake take',
  works: false,
  run: async (app, { actor, ...order }) => (await commands(app)).take({ actor, correlationId: randomUUID() }, order),
};

export const intakeList: Operation<HostFileFilter, HostFileView[]> = {
  name: 'intake list',
  works: false,
  run: async (app, filter) => (await commands(app)).list(filter),
};

export const intakeShow: Operation<{ readonly id: string }, HostFileView> = {
  name: 'intake show',
  works: false,
  run: async (app, { id }) => (await commands(app)).show(id),
};

export const intakeFaults: Operation<{ readonly id: string }, HostFault[]> = {
  name: 'intake faults',
  works: false,
  run: async (app, { id }) => (await commands(app)).faults(id, 0, ALL_FAULTS),
};

export const intakeAccept: Operation<IntakeDecision, HostFileView> = {
  name: 'intake accept',
  works: false,
  run: async (app, { id, reason, actor }) =>
    (await commands(app)).accept({ actor, correlationId: randomUUID() }, id, reason),
};

export const intakeRefuse: Operation<IntakeDecision, HostFileView> = {
  name: 'intake refuse',
  works: false,
  run: async (app, { id, reason, actor }) =>
    (await commands(app)).refuse({ actor, correlationId: randomUUID() }, id, reason),
};

import { randomUUID } from 'node:crypto';
import type { ImportSummary } from '@concord/core/cases/import-file';
import type { Operation } from './operation.js';

export interface ImportParameters {
  /** Absolute. */
  readonly path: string;
  readonly jurisdictionId: string;
  readonly actor: string;
}

export const importDebts: Operation<ImportParameters, ImportSummary> = {
  name: 'import',
  works: false,
  run: async (app, { path, jurisdictionId, actor }, onProgress) => {
    const { CaseCommands } = await import('@concord/core/cases/case-commands');
    const by = { actor, correlationId: randomUUID() };
    return app
      .get(CaseCommands)
      .importFile(by, jurisdictionId, path, (done, of) => onProgress({ step: 'Reading', done, of }));
  },
};

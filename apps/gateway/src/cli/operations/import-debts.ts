import { randomUUID } from 'node:crypto';
import { CaseCommands } from '@concord/core/cases/case-commands';
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
  run: (app, { path, jurisdictionId, actor }, onProgress) =>
    app
      .get(CaseCommands)
      .importFile({ actor, correlationId: randomUUID() }, jurisdictionId, path, (done, of) =>
        onProgress({ step: 'Reading', done, of }),
      ),
};

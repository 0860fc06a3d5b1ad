import { join } from 'node:path';
import { readEnvironment } from '@concord/core/platform/environment';
import { askInstance, connectControl } from './control/control-client.js';
import { openInstance } from './instance.js';
import type { Operation, Progress } from './operations/operation.js';
import { ROOT } from './root.js';
import { note } from './terminal.js';

/** Carries an operation out: by the instance that is running, or in this process when none is. */
export async function perform<A, R>(
  operation: Operation<A, R>,
  parameters: A,
  onProgress: (progress: Progress) => void,
): Promise<R> {
  const environment = readEnvironment(ROOT);
  const running = await connectControl(join(environment.dataFolder, 'control.sock'));
  if (running) return (await askInstance(running, operation.name, parameters, onProgress)) as R;
  const instance = await openInstance(environment, operation.works ? 'when-asked' : 'none', note);
  try {
    return await operation.run(instance.app, parameters, onProgress);
  } finally {
    await instance.close();
  }
}

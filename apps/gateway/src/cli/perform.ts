import { socketPath } from '@concord/core/platform/data-folder';
import { readEnvironment } from '@concord/core/platform/environment';
import { askInstance, connectControl } from './control/control-client.js';
import type { Operation, Progress } from './operations/operation.js';
import { ROOT } from './root.js';

/** Carries an operation out: by the instance that is running, or in this process when none is. */
export async function perform<A, R>(
  operation: Operation<A, R>,
  parameters: A,
  onProgress: (progress: Progress) => void,
): Promise<R> {
  const environment = readEnvironment(ROOT);
  const running = await connectControl(socketPath(environment.dataFolder));
  if (running) return (await askInstance(running, operation.name, parameters, onProgress)) as R;
  // Everything that an instance is made of takes longer to load than most commands beside one take.
  const { openInstance, unlessStopped } = await import('./instance.js');
  const instance = await openInstance(environment, { works: operation.works });
  try {
    return await unlessStopped(instance, operation.run(instance.app, parameters, onProgress));
  } finally {
    await instance.close();
  }
}

import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { Refusal } from '@concord/core/platform/errors';
import type { Progress } from '../operations/operation.js';
import { reply } from './messages.js';

/** @returns null when no instance listens there */
export function connectControl(path: string): Promise<Socket | null> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.once('connect', () => resolve(socket));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(null);
      else reject(error);
    });
  });
}

/**
 * Has the running instance carry out an operation.
 *
 * @throws Refusal as the instance refused it, or Error when it failed or ended on the way
 */
export async function askInstance(
  socket: Socket,
  operation: string,
  parameters: unknown,
  onProgress: (progress: Progress) => void,
): Promise<unknown> {
  socket.write(`${JSON.stringify({ operation, parameters })}\n`);
  for await (const line of createInterface({ input: socket })) {
    const said = reply.parse(JSON.parse(line));
    if ('progress' in said) onProgress(said.progress);
    else if ('refusal' in said) throw new Refusal(said.refusal.code, said.refusal.message);
    else if ('failure' in said) throw new Error(said.failure);
    else return said.result;
  }
  throw new Error('the running Concord ended before it answered');
}

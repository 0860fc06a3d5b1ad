import { chmod, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { INestApplicationContext } from '@nestjs/common';
import { Refusal } from '@concord/core/platform/errors';
import type { Logger } from 'pino';
import { OPERATIONS } from '../operations/all.js';
import { request } from './messages.js';
import type { Reply } from './messages.js';

/** Carries out what commands beside this instance ask for, over a socket that only its owner may use. */
export async function serveControl(app: INestApplicationContext, path: string, log: Logger): Promise<Server> {
  // The lock of the data folder is ours: a socket that is still there belongs to a process that ended.
  await rm(path, { force: true });
  const server = createServer((socket) => {
    answer(app, socket).catch((error: unknown) => log.warn({ err: error }, 'a command went away'));
  });
  const before = process.umask(0o177);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(path, resolve);
    });
  } finally {
    process.umask(before);
  }
  await chmod(path, 0o600);
  return server;
}

async function answer(app: INestApplicationContext, socket: Socket): Promise<void> {
  socket.on('error', () => socket.destroy());
  const say = (reply: Reply): void => void socket.write(`${JSON.stringify(reply)}\n`);
  for await (const line of createInterface({ input: socket })) {
    try {
      const { operation: name, parameters } = request.parse(JSON.parse(line));
      const operation = OPERATIONS.get(name);
      if (!operation)
        throw new Refusal('operation-unknown', `this Concord knows no ${name}: is it of another version?`);
      say({ result: await operation.run(app, parameters as never, (progress) => say({ progress })) });
    } catch (error) {
      say(
        error instanceof Refusal
          ? { refusal: { code: error.code, message: error.message } }
          : { failure: (error as Error).message },
      );
    }
    socket.end();
    return;
  }
}

import type { SftpConnection } from './sftp-connection.js';

/** What every server takes and gives in one request. */
const PIECE_BYTES = 32 * 1024;
/** Written ahead of the partner's replies, so that a distant partner does not make us wait for each piece. */
const IN_FLIGHT_BYTES = 512 * 1024;
const END_OF_FILE = 1;

/**
 * Writes a source to an open file, until the partner has confirmed all of it. The deadline runs while it has pieces to confirm
 * and is renewed by each that it confirms; while we wait for our own source it stands still.
 *
 * The last piece goes only when all others are confirmed. A file of full size therefore has no hole, whichever piece the
 * partner may have failed to write.
 *
 * @returns how many bytes were written
 */
export async function writeConfirmed(
  connection: SftpConnection,
  handle: Buffer,
  source: AsyncIterable<Uint8Array>,
): Promise<number> {
  const unconfirmed = new Set<Promise<void>>();
  let position = 0;
  let last: Buffer | null = null;
  let failure: Error | null = null;
  let ourTurn = true;
  const send = (piece: Buffer, at: number): void => {
    const sent = connection
      .ask<void>((sftp, answer) => sftp.write(handle, piece, 0, piece.length, at, answer))
      .then(
        () => void (ourTurn || connection.deadline.renew()),
        (error: unknown) => void (failure ??= error as Error),
      )
      .finally(() => unconfirmed.delete(sent));
    unconfirmed.add(sent);
  };
  const confirmed = async (most: number): Promise<void> => {
    while (unconfirmed.size > most) await Promise.race(unconfirmed);
    if (failure !== null) throw failure;
  };
  connection.deadline.pause();
  for await (const chunk of source) {
    ourTurn = false;
    connection.deadline.renew();
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    for (let from = 0; from < bytes.length; from += PIECE_BYTES) {
      if (last !== null) {
        await confirmed(IN_FLIGHT_BYTES / PIECE_BYTES - 1);
        send(last, position);
        position += last.length;
      }
      last = bytes.subarray(from, from + PIECE_BYTES);
    }
    ourTurn = true;
    connection.deadline.pause();
  }
  ourTurn = false;
  connection.deadline.renew();
  if (last !== null) {
    await confirmed(0);
    send(last, position);
    position += last.length;
  }
  // Before the file is closed: servers work on requests side by side, and some close it under a piece that they still write.
  await confirmed(0);
  return position;
}

/** Reads an open file to its end. The deadline stands still while the reader works on a piece. */
export async function* readAll(connection: SftpConnection, handle: Buffer): AsyncGenerator<Buffer, void, undefined> {
  for (let position = 0; ;) {
    connection.deadline.renew();
    const piece = await connection.ask<Buffer | null>((sftp, answer) => {
      const buffer = Buffer.allocUnsafe(PIECE_BYTES);
      sftp.read(handle, buffer, 0, PIECE_BYTES, position, (error, bytes) => {
        if ((error as { code?: number } | undefined)?.code === END_OF_FILE) answer(undefined, null);
        else answer(error, buffer.subarray(0, bytes));
      });
    });
    // While we work on the piece the partner owes nothing.
    connection.deadline.pause();
    if (piece === null || piece.length === 0) return;
    position += piece.length;
    yield piece;
  }
}

export function closeHandle(connection: SftpConnection, handle: Buffer): Promise<void> {
  return connection.ask<void>((sftp, answer) => sftp.close(handle, answer));
}

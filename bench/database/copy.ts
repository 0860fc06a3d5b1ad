import { createReadStream, createWriteStream } from 'node:fs';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from, to } from 'pg-copy-streams';

/** Writes what a query returns to a file, as COPY has it. */
export async function copyToFile(client: Client, query: string, file: string): Promise<void> {
  await pipeline(client.query(to(`copy (${query}) to stdout`)), createWriteStream(file));
}

/** Loads a file that {@link copyToFile} wrote. @param target table with its columns */
export async function copyFromFile(client: Client, target: string, file: string): Promise<void> {
  await pipeline(
    createReadStream(file, { highWaterMark: 256 * 1024 }),
    client.query(from(`copy ${target} from stdin`)),
  );
}

/** Reads what a query returns to its end and keeps nothing. @returns bytes read */
export async function copyAway(client: Client, query: string): Promise<number> {
  let bytes = 0;
  const sink = new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.length;
      done();
    },
  });
  await pipeline(client.query(to(`copy (${query}) to stdout`)), sink);
  return bytes;
}

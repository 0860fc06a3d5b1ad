import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const METADATA = 3;
/** Every 4.x broker speaks this version of the Metadata request, and it needs no compact encoding. */
const METADATA_VERSION = 4;
const CORRELATION = 1;

/**
 * Whether the broker at host:port answers and serves: it lists at least one live broker. A broker that is up but still
 * fenced (not admitted by its controller) lists none. Never throws.
 */
export function answers(address: string, timeoutMs = 2_000): Promise<boolean> {
  return new Promise((resolve) => {
    const [host, port] = hostAndPort(address);
    const socket = connect({ host, port });
    let received: Buffer = Buffer.alloc(0);
    const finish = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(timeoutMs, () => finish(false));
    socket.on('error', () => finish(false));
    socket.on('close', () => resolve(false));
    socket.on('connect', () => socket.write(metadataRequest()));
    socket.on('data', (bytes) => {
      received = Buffer.concat([received, bytes]);
      // Size, correlation, throttle time, number of brokers: four int32.
      if (received.length >= 16) finish(received.readInt32BE(4) === CORRELATION && received.readInt32BE(12) > 0);
    });
  });
}

/**
 * Resolves when the broker answers.
 *
 * @param problem asked between tries; a text ends the waiting at once
 * @returns undefined, or why there is no answer
 */
export async function untilAnswers(
  address: string,
  deadlineMs: number,
  problem: () => string | undefined = () => undefined,
): Promise<string | undefined> {
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    const found = problem();
    if (found !== undefined) return found;
    if (await answers(address)) return undefined;
    if (Date.now() >= deadline) return `no answer on ${address} within ${Math.round(deadlineMs / 1000)} s`;
    await delay(100);
  }
}

/** A Metadata request that asks for no topic: only for the brokers. */
function metadataRequest(): Buffer {
  const request = Buffer.alloc(4 + 2 + 2 + 4 + 2 + 4 + 1);
  let at = request.writeInt32BE(request.length - 4, 0);
  at = request.writeInt16BE(METADATA, at);
  at = request.writeInt16BE(METADATA_VERSION, at);
  at = request.writeInt32BE(CORRELATION, at);
  at = request.writeInt16BE(-1, at); // no client id
  at = request.writeInt32BE(0, at); // no topics
  request.writeInt8(0, at); // create none
  return request;
}

function hostAndPort(address: string): [string, number] {
  const colon = address.lastIndexOf(':');
  return [address.slice(0, colon), Number(address.slice(colon + 1))];
}

/** Enough of Kafka's protocol over TLS to log in by hand, so that the broker's test needs no Kafka client. */
import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import type { SecureListener } from './broker.ts';

const SASL_HANDSHAKE = 17;
const SASL_AUTHENTICATE = 36;
const AUTHENTICATION_FAILED = 58;

/** A TLS connection whose certificate was verified against `ca`; rejects with the TLS error. */
export function secureSocket(address: string, ca: string | undefined): Promise<TLSSocket> {
  const [host, port] = address.split(':');
  return new Promise((resolve, reject) => {
    const socket: TLSSocket = connect({ host, port: Number(port), ca }, () => resolve(socket));
    socket.once('error', reject);
  });
}

/** Logs in and says whether the broker let us. */
export async function logIn(
  listener: SecureListener,
  mechanism: 'PLAIN' | 'SCRAM-SHA-512',
  password: string,
): Promise<'in' | 'refused'> {
  const socket = await secureSocket(listener.brokers, await readFile(listener.caFile, 'utf8'));
  try {
    const handshake = await ask(socket, SASL_HANDSHAKE, text(mechanism));
    if (handshake.readInt16BE(0) !== 0) throw new Error(`the broker does not offer ${mechanism}`);
    const say = (message: string): Promise<string | undefined> => authenticate(socket, message);
    if (mechanism === 'PLAIN') {
      return (await say(`\0${listener.username}\0${password}`)) === undefined ? 'refused' : 'in';
    }
    return await scram(listener.username, password, say);
  } finally {
    socket.destroy();
  }
}

/** RFC 5802 with SHA-512 and no channel binding. */
async function scram(
  username: string,
  password: string,
  say: (message: string) => Promise<string | undefined>,
): Promise<'in' | 'refused'> {
  const clientFirst = `n=${username},r=nonce`;
  const serverFirst = await say(`n,,${clientFirst}`);
  if (serverFirst === undefined) return 'refused';
  const parts = new Map(serverFirst.split(',').map((part) => [part.slice(0, 1), part.slice(2)]));
  const salt = Buffer.from(parts.get('s') ?? '', 'base64');
  const salted = pbkdf2Sync(password, salt, Number(parts.get('i')), 64, 'sha512');
  const clientKey = hmac(salted, 'Client Key');
  const withoutProof = `c=biws,r=${parts.get('r')}`;
  const signed = hmac(createHash('sha512').update(clientKey).digest(), `${clientFirst},${serverFirst},${withoutProof}`);
  const proof = clientKey.map((byte, at) => byte ^ (signed[at] ?? 0));
  const serverFinal = await say(`${withoutProof},p=${Buffer.from(proof).toString('base64')}`);
  return serverFinal?.startsWith('v=') === true ? 'in' : 'refused';
}

/** One SaslAuthenticate; the broker's bytes as text, or undefined where it refused. */
async function authenticate(socket: TLSSocket, message: string): Promise<string | undefined> {
  const bytes = Buffer.from(message);
  const length = Buffer.alloc(4);
  length.writeInt32BE(bytes.length);
  const answer = await ask(socket, SASL_AUTHENTICATE, Buffer.concat([length, bytes]));
  const code = answer.readInt16BE(0);
  if (code === AUTHENTICATION_FAILED) return undefined;
  if (code !== 0) throw new Error(`SaslAuthenticate answered with the error ${code}`);
  const messageLength = Math.max(0, answer.readInt16BE(2));
  const at = 4 + messageLength;
  return answer.toString('utf8', at + 4, at + 4 + answer.readInt32BE(at));
}

/** Sends one request and reads its answer, without size and correlation. */
async function ask(socket: TLSSocket, api: number, body: Buffer): Promise<Buffer> {
  const header = Buffer.alloc(14);
  header.writeInt32BE(10 + body.length, 0);
  header.writeInt16BE(api, 4);
  header.writeInt16BE(api === SASL_HANDSHAKE ? 1 : 0, 6);
  header.writeInt32BE(1, 8);
  header.writeInt16BE(-1, 12); // no client id
  socket.write(Buffer.concat([header, body]));
  let received = Buffer.alloc(0);
  while (received.length < 4 || received.length < 4 + received.readInt32BE(0)) {
    received = Buffer.concat([received, await nextBytes(socket)]);
  }
  return received.subarray(8);
}

function nextBytes(socket: TLSSocket): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    socket.once('data', resolve);
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('the broker closed the connection')));
  });
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(2);
  length.writeInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function hmac(key: Buffer, message: string): Buffer {
  return createHmac('sha512', key).update(message).digest();
}

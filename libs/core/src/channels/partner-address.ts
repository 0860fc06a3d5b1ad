import { lookup } from 'node:dns/promises';
import { connect, isIP, type LookupFunction, type Socket } from 'node:net';
import type { AddressPolicy } from './address-policy.js';
import { ChannelError } from './file-channel.js';

/** All addresses that a name has now. */
export type Resolve = (name: string) => Promise<readonly string[]>;

/** How long one of several addresses is tried before the next. */
const ATTEMPT_MS = 2_000;

/**
 * The addresses of a partner's host, each of them allowed. One that is not refuses the host as a whole: whoever answers
 * for its name can't be trusted to choose.
 *
 * @throws ChannelError `refused` for an address that is not allowed, `retry` when the name has none
 */
export async function partnerAddresses(
  host: string,
  policy: AddressPolicy,
  resolve: Resolve = resolveName,
): Promise<readonly string[]> {
  const addresses = isIP(host) === 0 ? await resolved(host, resolve) : [host];
  for (const address of addresses) {
    const refusal = policy.refusal(address);
    if (refusal === null) continue;
    const whose = address === host ? host : `${host} resolves to ${address}, which`;
    throw new ChannelError('refused', 'connect', `${whose} is ${refusal}`);
  }
  return addresses;
}

/** A connection to one of these addresses and nowhere else: no name is looked up again, which could answer otherwise now. */
export function connectTo(addresses: readonly string[], port: number): Socket {
  const [first] = addresses;
  if (first === undefined) throw new Error('there is no address to connect to');
  const common = { port, noDelay: true };
  if (addresses.length === 1) return connect({ ...common, host: first });
  const answers = addresses.map((address) => ({ address, family: isIP(address.split('%')[0]!) }));
  const lookup: LookupFunction = (_name, options, answer) => {
    if (options.all === true) answer(null, answers);
    else answer(null, answers[0]!.address, answers[0]!.family);
  };
  return connect({
    ...common,
    host: 'partner.invalid',
    lookup,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ATTEMPT_MS,
  });
}

async function resolved(host: string, resolve: Resolve): Promise<readonly string[]> {
  const addresses = await resolve(host).catch((error: unknown) => {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new ChannelError('retry', 'connect', `the name ${host} can't be resolved: ${code ?? message}`);
  });
  if (addresses.length === 0) throw new ChannelError('retry', 'connect', `the name ${host} has no address`);
  return addresses;
}

async function resolveName(name: string): Promise<readonly string[]> {
  return (await lookup(name, { all: true })).map(({ address }) => address);
}

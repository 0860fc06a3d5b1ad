import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AddressPolicy } from './address-policy.js';
import { connectTo, partnerAddresses } from './partner-address.js';

describe('partnerAddresses', () => {
  const open = new AddressPolicy();

  it('refuses a host of which one address is not allowed, among however many that are', async () => {
    const mixed = partnerAddresses('sftp.partner.example', open, async () => ['8.8.8.8', '10.0.0.1']);
    await expect(mixed).rejects.toMatchObject({
      kind: 'refused',
      step: 'connect',
      message: 'sftp.partner.example resolves to 10.0.0.1, which is private, and not listed as allowed',
    });
    expect(await partnerAddresses('sftp.partner.example', open, async () => ['8.8.8.8'])).toEqual(['8.8.8.8']);
  });

  it('asks no one about an address, and judges it as well', async () => {
    const nobody = async (): Promise<never> => Promise.reject(new Error('asked'));
    expect(await partnerAddresses('8.8.8.8', open, nobody)).toEqual(['8.8.8.8']);
    await expect(partnerAddresses('127.0.0.1', open, nobody)).rejects.toMatchObject({ kind: 'refused' });
  });

  it('sees through other ways to write an address', async () => {
    for (const host of ['127.1', '0x7f.0.0.1', '2130706433', 'localhost'])
      await expect(partnerAddresses(host, open)).rejects.toMatchObject({ step: 'connect' });
  });

  it('tries again later when the name has no address now', async () => {
    const failing = async (): Promise<never> => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
    await expect(partnerAddresses('gone.example', open, failing)).rejects.toMatchObject({
      kind: 'retry',
      message: "the name gone.example can't be resolved: ENOTFOUND",
    });
    await expect(partnerAddresses('gone.example', open, async () => [])).rejects.toMatchObject({ kind: 'retry' });
  });
});

describe('connectTo', () => {
  let server: Server;
  beforeEach(async () => {
    server = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => void server.close());

  it('goes to the next address where the first does not answer', async () => {
    const { port } = server.address() as AddressInfo;
    const socket = connectTo(['127.0.0.2', '127.0.0.1'], port);
    await once(socket, 'connect');
    expect(socket.remoteAddress).toBe('127.0.0.1');
    socket.destroy();
  });
});

import { describe, expect, it } from '@jest/globals';
import { connectorEntry } from './connector-entry.js';

const faultsOf = (channel: object): string[] => {
  const parsed = connectorEntry.safeParse({
    id: 'us-zz-town-bureau',
    plugin: 'metro2',
    title: 'Bureau',
    settings: {},
    channel: {
      kind: 'sftp',
      host: 'sftp.bureau.example',
      username: 'town',
      password: { secret: 'password' },
      hostKeys: [{ secret: 'host-key' }],
      sendTo: '/inbox',
      collectFrom: '/outbox',
      ...channel,
    },
    schedule: { every: 'business-day', at: '18:00' },
  });
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
};

describe('the channel of a connector', () => {
  it('may say where it goes, how, and how patiently', () => {
    const channel = {
      allowedAddresses: ['192.0.2.0/24', '2001:db8::1', { secret: 'bureau-addresses' }],
      algorithms: { kex: ['diffie-hellman-group14-sha1'], serverHostKey: ['ssh-rsa'], cipher: ['aes128-cbc'] },
      deadlineSeconds: 120,
      connections: 16,
      readBack: 'hash',
    };
    expect(faultsOf(channel)).toEqual([]);
    expect(faultsOf({})).toEqual([]);
  });

  it('is told what is wrong and what there is', () => {
    expect(faultsOf({ algorithms: { compress: ['lzma'] } })).toEqual([
      'channel.algorithms.compress.0: "lzma" is not one of none, zlib@openssh.com, zlib',
    ]);
    expect(faultsOf({ allowedAddresses: ['bureau.example'] })).toEqual([
      expect.stringContaining('must be an IP address or a range'),
    ]);
    for (const channel of [
      { algorithms: { ciphers: ['aes128-cbc'] } },
      { algorithms: { cipher: [] } },
      { allowedAddresses: [] },
      { connections: 17 },
      { connections: 0 },
      { deadlineSeconds: 0 },
      { readBack: 'yes' },
    ])
      expect([channel, faultsOf(channel)]).toEqual([channel, [expect.any(String)]]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { AddressPolicy, isAddressRange } from './address-policy.js';

const passes = (policy: AddressPolicy, ...addresses: string[]): void => {
  for (const address of addresses) expect([address, policy.refusal(address)]).toEqual([address, null]);
};
const refuses = (policy: AddressPolicy, ...addresses: string[]): void => {
  for (const address of addresses) expect([address, policy.refusal(address)]).toEqual([address, expect.any(String)]);
};

describe('AddressPolicy without a list', () => {
  const policy = new AddressPolicy();

  it('lets public addresses pass', () => {
    passes(policy, '8.8.8.8', '172.15.255.255', '172.32.0.1', '100.63.255.255', '100.128.0.0', '2606:4700::1111');
  });

  it('refuses loopback, private and other special ones, in each of their disguises', () => {
    refuses(policy, '127.0.0.1', '127.9.9.9', '0.0.0.0', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1');
    refuses(policy, '100.64.0.1', '169.254.169.254', '198.18.0.1', '192.0.2.1', '224.0.0.1', '255.255.255.255');
    refuses(policy, '::1', '::', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '::127.0.0.1', '64:ff9b::7f00:1');
    refuses(policy, 'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd12:3456::1', 'ff02::1', '2002:7f00:1::', '2001:db8::1');
    refuses(policy, '2001::1', '4000::1', 'localhost', '');
  });

  it('says what an address is', () => {
    expect(policy.refusal('127.0.0.1')).toBe('loopback, and not listed as allowed');
  });
});

describe('AddressPolicy with a list', () => {
  it('lets those on it pass, private ones too, and no others', () => {
    const policy = new AddressPolicy(['10.1.0.0/16', '203.0.113.7', 'fd00::/8']);
    passes(policy, '10.1.2.3', '203.0.113.7', 'fd00::7', '::ffff:10.1.2.3');
    refuses(policy, '10.2.0.1', '203.0.113.8', '8.8.8.8', '127.0.0.1', 'fe80::1', '::1');
  });

  it('takes several in one entry, as a secret holds them', () => {
    passes(new AddressPolicy(['127.0.0.1, 10.0.0.0/8\n::1']), '127.0.0.1', '10.9.9.9', '::1');
  });

  it('can not be empty, nor hold anything else', () => {
    expect(() => new AddressPolicy([])).toThrow(/empty/);
    expect(() => new AddressPolicy([' ,'])).toThrow(/empty/);
    for (const entry of ['localhost', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '::/129', '10.0.0.0/-1', 'fe80::1%1'])
      expect([entry, isAddressRange(entry)]).toEqual([entry, false]);
    expect(() => new AddressPolicy(['partner.example'])).toThrow(/neither/);
  });
});

import { BlockList, isIP } from 'node:net';

/** Addresses that no partner on the public internet has (RFC 6890 and what followed it), and what they are for. */
const SPECIAL: readonly (readonly [range: string, what: string])[] = [
  ['0.0.0.0/8', 'this network'],
  ['10.0.0.0/8', 'private'],
  ['100.64.0.0/10', 'shared by carriers'],
  ['127.0.0.0/8', 'loopback'],
  ['169.254.0.0/16', 'link-local'],
  ['172.16.0.0/12', 'private'],
  ['192.0.0.0/24', 'reserved'],
  ['192.0.2.0/24', 'for documentation'],
  ['192.88.99.0/24', 'a relay'],
  ['192.168.0.0/16', 'private'],
  ['198.18.0.0/15', 'for measurements'],
  ['198.51.100.0/24', 'for documentation'],
  ['203.0.113.0/24', 'for documentation'],
  ['224.0.0.0/4', 'multicast'],
  ['240.0.0.0/4', 'reserved'],
  ['::1/128', 'loopback'],
  ['::/128', 'this network'],
  ['::ffff:0:0/96', 'an IPv4 address in disguise'],
  ['64:ff9b::/96', 'translated IPv4'],
  ['2001::/23', 'reserved'],
  ['2001:db8::/32', 'for documentation'],
  ['2002::/16', 'tunnelled IPv4'],
  ['3fff::/20', 'for documentation'],
  ['fc00::/7', 'private'],
  ['fe80::/10', 'link-local'],
  ['ff00::/8', 'multicast'],
];
/** All of IPv6 that is given out. */
const GIVEN_OUT_IPV6 = blockOf('2000::/3');
const SPECIAL_BLOCKS = SPECIAL.map(([range, what]) => ({ what, isIPv6: range.includes(':'), block: blockOf(range) }));

/**
 * Which addresses a partner may have. Without a list: any public one. With a list: those on it and no others; loopback,
 * private and other special ranges are reached in this way only.
 */
export class AddressPolicy {
  readonly #allowed: readonly BlockList[] | null;

  /**
   * @param allowed addresses and ranges such as `192.0.2.7` or `2001:db8::/32`; one entry may hold several, with commas or
   * spaces between them
   * @throws Error when an entry is neither, or none is left: an empty list is an oversight, not a wish for every address
   */
  constructor(allowed?: readonly string[]) {
    const entries = allowed?.flatMap((entry) => entry.split(/[\s,]+/)).filter((entry) => entry !== '');
    if (entries?.length === 0) throw new Error('the list of allowed addresses is empty');
    const wrong = entries?.find((entry) => !isAddressRange(entry));
    if (wrong !== undefined) throw new Error(`${JSON.stringify(wrong)} is neither an IP address nor a range of them`);
    this.#allowed = entries?.map(blockOf) ?? null;
  }

  /** Why an address may not be reached, in a few words, or null when it may. */
  refusal(address: string): string | null {
    // An interface that a name server puts behind the address says nothing about where it leads.
    const [bare = ''] = address.split('%');
    const family = isIP(bare) === 6 ? 'ipv6' : 'ipv4';
    if (isIP(bare) === 0) return 'not an address';
    if (this.#allowed !== null) {
      return this.#allowed.some((block) => block.check(bare, family)) ? null : 'not on the list of allowed addresses';
    }
    const special = SPECIAL_BLOCKS.find(
      ({ block, isIPv6 }) => isIPv6 === (family === 'ipv6') && block.check(bare, family),
    );
    if (special !== undefined) return `${special.what}, and not listed as allowed`;
    return family === 'ipv6' && !GIVEN_OUT_IPV6.check(bare, 'ipv6') ? 'reserved, and not listed as allowed' : null;
  }
}

/** Whether a text is an IP address, or a range of them in the form `address/length`. */
export function isAddressRange(text: string): boolean {
  const [address = '', length, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || address.includes('%') || rest.length > 0) return false;
  return length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= (family === 4 ? 32 : 128));
}

function blockOf(range: string): BlockList {
  const [address = '', length] = range.split('/');
  const block = new BlockList();
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if (length === undefined) block.addAddress(address, family);
  else block.addSubnet(address, Number(length), family);
  return block;
}

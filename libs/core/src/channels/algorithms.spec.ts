import { describe, expect, it } from '@jest/globals';
import { PassThrough } from 'node:stream';
import ssh2 from 'ssh2';
import { ALGORITHM_KINDS, ALGORITHMS, algorithmFault } from './algorithms.js';

describe('ALGORITHMS', () => {
  it.each(ALGORITHM_KINDS)('of %s can all be offered by the SSH library', (kind) => {
    const client = new ssh2.Client();
    // The connection leads nowhere; only what is offered counts.
    client.on('error', () => undefined);
    const offer = (names: readonly string[]) => () =>
      client.connect({ sock: new PassThrough(), username: 'x', algorithms: { [kind]: names } });
    expect(offer(['no-such-algorithm'])).toThrow(/Unsupported/);
    expect(offer(ALGORITHMS[kind])).not.toThrow();
    client.destroy();
  });

  it('tells the names that there are', () => {
    expect(algorithmFault('compress', 'none')).toBeNull();
    expect(algorithmFault('compress', 'lzma')).toBe('"lzma" is not one of none, zlib@openssh.com, zlib');
  });
});

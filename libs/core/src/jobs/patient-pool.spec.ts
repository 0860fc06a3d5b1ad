import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { PatientPool } from './patient-pool.js';

describe('the pool of the job queue', () => {
  test('says of a server that is away, or cuts connections, that it comes back', async () => {
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const pool = new PatientPool({ host: '127.0.0.1', port, user: 'nobody' });
    try {
      await expect(pool.connect()).rejects.toMatchObject({ code: '57P03', cause: expect.anything() });
      await new Promise((resolve) => server.close(resolve));
      await expect(pool.connect()).rejects.toMatchObject({ code: '57P03' });
    } finally {
      await pool.end();
    }
  });
});

import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { deliver, type Delivery, type DeliveryResult, type DeliveryStep } from './delivery.js';
import { ChannelError } from './file-channel.js';
import { SftpChannel } from './sftp-channel.js';
import { InMemorySftpServer, type Misbehaviour, type SftpOperation } from './testing/in-memory-sftp-server.js';

const content = randomBytes(100_000);
const final = 'in/day.txt';
const temporary = 'in/day.txt.part';

let server: InMemorySftpServer;
let reached: DeliveryStep | null;
let steps: DeliveryStep[];
beforeEach(async () => {
  server = await InMemorySftpServer.start();
  reached = null;
  steps = [];
});
afterEach(async () => {
  await server.stop();
});

async function* bytes(): AsyncGenerator<Uint8Array> {
  yield content;
}
const run = (changes: Partial<Delivery> = {}): Promise<DeliveryResult> => {
  const channel = new SftpChannel({
    host: '127.0.0.1',
    port: server.port,
    username: 'office',
    credential: { password: 'secret' },
    hostKeys: [server.fingerprint],
    allowedAddresses: ['127.0.0.1'],
    deadlineMs: 1_000,
  });
  return deliver(channel, {
    open: bytes,
    size: content.length,
    folder: 'in',
    finalName: 'day.txt',
    temporaryName: 'day.txt.part',
    reached,
    onStep: async (step) => {
      reached = step;
      steps.push(step);
    },
    ...changes,
  });
};
/** Misbehaves the first `times` times that an operation is asked. */
const trouble = (operation: SftpOperation, misbehaviour: Misbehaviour, times = 1): void => {
  let left = times;
  server.misbehave = (asked) => (asked === operation && left-- > 0 ? misbehaviour : null);
};
const kindOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => {
      if (error instanceof ChannelError) return error.kind;
      throw error;
    },
  );
const count = (operation: SftpOperation): number => server.operations.filter((asked) => asked === operation).length;
const expectOneFile = (): void => {
  expect([...server.files.keys()]).toEqual([final]);
  expect(server.files.get(final)!.equals(content)).toBe(true);
};

describe('deliver', () => {
  it('uploads, verifies and renames, telling each step', async () => {
    expect(await run()).toEqual({ outcome: 'delivered' });
    expect(steps).toEqual(['uploaded', 'verified', 'renamed']);
    expectOneFile();
  });

  it('costs a small file seven requests', async () => {
    await run({
      size: 3,
      open: async function* () {
        yield Buffer.from('day');
      },
    });
    expect(server.operations).toEqual(['STAT', 'STAT', 'OPEN', 'WRITE', 'CLOSE', 'STAT', 'RENAME']);
  });

  it('does not rename what the partner tells with another size', async () => {
    server.told = { size: content.length - 1 };
    expect(await kindOf(run())).toBe('retry');
    expect([...server.files.keys()]).toEqual([temporary]);
  });

  it('sends nothing when the file stands already', async () => {
    server.files.set(final, content);
    expect(await run()).toEqual({ outcome: 'delivered' });
    expect(count('OPEN')).toBe(0);
  });

  it('only renames when the temporary file is complete, and uploads again when it is not', async () => {
    server.files.set(temporary, content);
    expect(await run()).toEqual({ outcome: 'delivered' });
    expect(count('OPEN')).toBe(0);
    server.files.clear();
    server.files.set(temporary, content.subarray(0, 10));
    reached = null;
    expect(await run()).toEqual({ outcome: 'delivered' });
    expectOneFile();
  });

  it('never replaces another file of the final name', async () => {
    server.files.set(final, Buffer.from('another'));
    expect(await kindOf(run())).toBe('refused');
    expect(server.files.get(final)!.toString()).toBe('another');
  });

  it('does not rename what arrived incomplete', async () => {
    const half = async function* (): AsyncGenerator<Uint8Array> {
      yield content.subarray(0, 50_000);
    };
    expect(await kindOf(run({ open: half }))).toBe('refused');
    expect(server.files.has(final)).toBe(false);
  });
});

describe('deliver with reading back', () => {
  const spoiled = Buffer.from(content);
  spoiled[50_000]! ^= 1;
  const afterUpload = (change: () => void): Partial<Delivery> => ({
    readBack: 'hash',
    onStep: async (step) => {
      if (step === 'uploaded') change();
      reached = step;
    },
  });

  it('does not give its name to a file of the right size and other bytes', async () => {
    const spoil = (): void => void server.files.set(temporary, spoiled);
    expect(await run({ ...afterUpload(spoil), readBack: 'size' })).toEqual({ outcome: 'delivered' });
    server.files.clear();
    reached = null;
    expect(await kindOf(run(afterUpload(spoil)))).toBe('retry');
    expect([...server.files.keys()]).toEqual([temporary]);
    // A later attempt does not trust what it finds either.
    expect(await run({ readBack: 'hash' })).toEqual({ outcome: 'delivered' });
    expectOneFile();
  });

  it('renames what an earlier attempt left whole', async () => {
    server.files.set(temporary, content);
    expect(await run({ readBack: 'hash' })).toEqual({ outcome: 'delivered' });
    expect(count('WRITE')).toBe(0);
    expectOneFile();
  });
});

describe('deliver after a lost reply to the rename', () => {
  it('finds the file under its final name', async () => {
    for (const misbehaviour of ['drop-after', 'hang'] as const) {
      server.files.clear();
      reached = null;
      trouble('RENAME', misbehaviour);
      expect(await run()).toEqual({ outcome: 'delivered' });
      expectOneFile();
    }
  });

  it('renames when the temporary file is still there', async () => {
    trouble('RENAME', 'drop-before', 2);
    expect(await run()).toEqual({ outcome: 'delivered' });
    expect(count('RENAME')).toBe(3);
    expectOneFile();
  });

  it('gives up for now after three lost replies, knowing that it is uncertain', async () => {
    trouble('RENAME', 'drop-before', 9);
    expect(await kindOf(run())).toBe('unknown');
    server.misbehave = () => null;
    expect(await run()).toEqual({ outcome: 'delivered' });
    expect(count('OPEN')).toBe(1);
  });

  it('presumes the file collected when neither name is there', async () => {
    server.misbehave = (operation) => {
      if (operation !== 'RENAME') return null;
      server.files.clear();
      return 'drop-before';
    };
    expect(await run()).toEqual({ outcome: 'presumed-collected' });
    expect(server.files.size).toBe(0);
    expect(steps).toEqual(['uploaded', 'verified']);
  });

  it('does not take passing trouble while it looks for a collected file', async () => {
    server.misbehave = (operation) => {
      if (operation === 'RENAME') return 'drop-after';
      return operation === 'STAT' && count('RENAME') > 0 ? 'fail' : null;
    };
    expect(await kindOf(run())).toBe('unknown');
    server.misbehave = () => null;
    expect(await run()).toEqual({ outcome: 'delivered' });
  });

  it('does not upload again in a later process when the file was collected meanwhile', async () => {
    reached = 'verified';
    expect(await run()).toEqual({ outcome: 'presumed-collected' });
    reached = 'renamed';
    expect(await run()).toEqual({ outcome: 'delivered' });
    expect(count('OPEN')).toBe(0);
  });

  it('passes on a plain no', async () => {
    trouble('RENAME', 'deny');
    expect(await kindOf(run())).toBe('refused');
    expect(server.files.has(temporary)).toBe(true);
  });
});

describe('deliver when the process dies', () => {
  it('ends with one file at the partner, killed after any step', async () => {
    for (const fatal of ['uploaded', 'verified', 'renamed'] as const) {
      for (const persisted of [true, false]) {
        server.files.clear();
        reached = null;
        const killed = run({
          onStep: async (step) => {
            if (step !== fatal || persisted) reached = step;
            if (step === fatal) throw new Error('killed');
          },
        });
        await expect(killed).rejects.toThrow('killed');
        expect(await run()).toEqual({ outcome: 'delivered' });
        expectOneFile();
      }
    }
  });

  it('ends with one file after trouble at any operation', async () => {
    for (const operation of ['OPEN', 'WRITE', 'CLOSE', 'STAT', 'RENAME'] as const) {
      for (const misbehaviour of ['drop-before', 'drop-after', 'fail'] as const) {
        server.files.clear();
        reached = null;
        trouble(operation, misbehaviour);
        const first = await kindOf(run());
        server.misbehave = () => null;
        if (first !== 'none') expect(await run()).toEqual({ outcome: 'delivered' });
        expectOneFile();
      }
    }
  });
});

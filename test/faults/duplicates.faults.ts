import { describe, expect, test } from '@jest/globals';
import type { PluginHost } from '@concord/core/plugin-host/pool';
import { AgencySuite } from '../support/agency-suite.js';
import type { PlacedDebt } from '../support/agency-suite.js';
import { HARBOR, paymentRecord } from '../support/test-agencies.js';
import { agencyFile, agencyFileName } from './support/agency-file.js';
import { BetweenStatements } from './support/between-statements.js';
import { broken } from './support/broken.js';

const suite = new AgencySuite();
const KIND = 'agency-payments';
const OWED = 52_500;

/** The agency leaves bytes under a name; what we say of them is in the ledger, a failure to deal with them also. */
async function leave(name: string, bytes: Buffer): Promise<void> {
  suite.agencies.channels[HARBOR]!.files.set(`/outbox/${name}`, bytes);
  await suite.agencies.collect().catch(() => undefined);
}

const payments = (debt: PlacedDebt, ...ids: string[]) => ids.map((id) => paymentRecord(debt, id, 1_000));

/** How often each payment of the agency stands on the ledger or in suspense. */
async function posted(): Promise<number> {
  const [ledger] = await suite.database.asOwner<{ n: string }>(
    `select count(*) as n from cases.ledger_entry where kind = 'payment'`,
  );
  return Number(ledger!.n) + (await suite.agencies.suspense()).length;
}

async function states(): Promise<string[]> {
  const found = await suite.database.asOwner<{ state: string }>(
    `select state from exchange.exchange where direction = 'in' and kind = $1 order by started_at, id`,
    [KIND],
  );
  return found.map(({ state }) => state);
}

describe("an agency's payments", () => {
  test('left again byte by byte, under the same name and under others, are applied once', async () => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    const bytes = await agencyFile(agencies, KIND, payments(debt!, 'P-1', 'P-2'));
    const names = await Promise.all(
      ['000001', '000001', '000002', '000003'].map((n) => agencyFileName(agencies, KIND, n)),
    );
    for (const name of names) await leave(name, bytes);
    // Two at once, in one look.
    for (const name of names.slice(2)) agencies.channels[HARBOR]!.files.set(`/outbox/${name}`, bytes);
    await agencies.collect();
    expect(await posted()).toBe(2);
    expect(await agencies.balance(debt!.id)).toBe(OWED - 2_000);
    expect(await states()).toEqual(['applied']);
    broken(
      'the same bytes left again, by the same and other names',
      names.length + 1,
      'one exchange; two payments, once each',
    );
  });

  test('left again while they are being applied are applied once', async () => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    const bytes = await agencyFile(agencies, KIND, payments(debt!, 'P-1', 'P-2', 'P-3'));
    const interrupted = new Set<string>();
    for (const point of ['mid-apply', 'mid-posting'] as const) {
      agencies.onCheckpoint = async (reached) => {
        if (reached !== point) return;
        interrupted.add(point);
        throw new Error('interrupted');
      };
      await leave(await agencyFileName(agencies, KIND, `00001${interrupted.size}`), bytes);
    }
    agencies.onCheckpoint = () => Promise.resolve();
    await leave(await agencyFileName(agencies, KIND, '000020'), bytes);
    await agencies.publish();
    expect(interrupted.size).toBe(2);
    expect(await agencies.balance(debt!.id)).toBe(OWED - 3_000);
    expect(await posted()).toBe(3);
    broken('the same bytes left again while they are applied', interrupted.size, 'each payment once');
  });

  test('of the same name and other bytes post nothing twice', async () => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    const name = await agencyFileName(agencies, KIND, '000001');
    await leave(name, await agencyFile(agencies, KIND, payments(debt!, 'P-1')));
    await leave(name, await agencyFile(agencies, KIND, payments(debt!, 'P-1', 'P-2')));
    await leave(name, await agencyFile(agencies, KIND, payments(debt!, 'P-1', 'P-2', 'P-3')));
    // Whether the other files are taken for corrections is for the office to say; each payment stands once in any case.
    expect([1, 3]).toContain(await posted());
    expect(OWED - (await agencies.balance(debt!.id))).toBe((await posted()) * 1_000);
    broken('other bytes under the name of an earlier file', 2, 'no payment twice');
  });
});

/** What is wrong with a remittance, and the files that are wrong in this way. */
const SPOILED: readonly (readonly [what: string, spoil: (bytes: Buffer) => Buffer[]])[] = [
  ['is cut', (bytes) => cuts(bytes)],
  ['states another count', (bytes) => changed(bytes, 4, 14)],
  ['states another total', (bytes) => changed(bytes, 14, 26)],
  ['lacks a record', (bytes) => [Buffer.concat(lines(bytes).slice(1))]],
  ['has a record twice', (bytes) => [Buffer.concat([lines(bytes)[0]!, bytes])]],
  ['goes on behind its end', (bytes) => [Buffer.concat([bytes, lines(bytes)[0]!])]],
];

describe('a remittance that is not whole', () => {
  test.each(SPOILED)('because it %s: nothing of it is applied, and a good one is', async (what, spoil) => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    const good = await agencyFile(agencies, KIND, payments(debt!, 'P-1', 'P-2', 'P-3'));
    const spoiled = spoil(good);
    for (const [index, bytes] of spoiled.entries()) {
      await leave(await agencyFileName(agencies, KIND, String(index).padStart(6, '0')), bytes);
    }
    expect(new Set(await states())).toEqual(new Set(['refused']));
    expect(await states()).toHaveLength(spoiled.length);
    expect(await posted()).toBe(0);
    expect(
      await suite.database.asOwner(
        `select 1 from exchange.inbound_record r join exchange.exchange e on e.id = r.exchange_id where e.kind = $1`,
        [KIND],
      ),
    ).toEqual([]);
    expect(await agencies.balance(debt!.id)).toBe(OWED);
    await leave(await agencyFileName(agencies, KIND, '999999'), good);
    expect(await agencies.balance(debt!.id)).toBe(OWED - 3_000);
    broken(`a remittance that ${what}`, spoiled.length, 'refused whole, no record applied; the good one applied');
  });
});

describe('bites:', () => {
  test('without a look at the fingerprint, the same bytes by another name are a second exchange', async () => {
    const { agencies, database } = suite;
    const [debt] = await suite.placed();
    await database.asOwner('drop index exchange.exchange_content');
    const statements = new BetweenStatements(database.connectors);
    statements.replace = (statement) =>
      statement.replace("on conflict (connector_id, kind, content_hash) where direction = 'in' do nothing", '');
    const bytes = await agencyFile(agencies, KIND, payments(debt!, 'P-1', 'P-2'));
    for (const number of ['000001', '000002']) await leave(await agencyFileName(agencies, KIND, number), bytes);
    expect(await states()).toEqual(['applied', 'applied']);
    // What each payment is known by is the second line of defence.
    expect(await posted()).toBe(2);
    broken('no look at the fingerprint (seeded)', 1, 'the second exchange is noticed; no payment twice even so');
  });

  test.each(SPOILED)('with a first pass that finds nothing, a remittance that %s is taken', async (what, spoil) => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    const parts = agencies.parts.bind(agencies);
    agencies.parts = (id) => ({ ...parts(id), host: withoutFileFaults(agencies.host) });
    const [bytes] = spoil(await agencyFile(agencies, KIND, payments(debt!, 'P-1', 'P-2', 'P-3'))).slice(-1);
    await leave(await agencyFileName(agencies, KIND, '000001'), bytes!);
    expect(await states()).toEqual(['applied']);
    expect(await posted()).toBeGreaterThan(0);
    broken(`a first pass that finds nothing; a remittance that ${what} (seeded)`, 1, 'its records are noticed');
  });
});

/** A host whose readers do not say what is wrong with a file as a whole; it does nothing but read. */
function withoutFileFaults(host: PluginHost): PluginHost {
  const decode: PluginHost['decode'] = async function* (...job) {
    for await (const batch of host.decode(...job)) {
      yield batch.filter((item) => !('fault' in item) || item.fault.severity !== 'file');
    }
  };
  return Object.create(host, { decode: { value: decode } }) as PluginHost;
}

function lines(bytes: Buffer): Buffer[] {
  return bytes
    .toString('latin1')
    .split(/(?<=\n)/)
    .map((line) => Buffer.from(line, 'latin1'));
}

/** Cut within and behind each record; never so late that all of the last one is left. */
function cuts(bytes: Buffer): Buffer[] {
  const length = lines(bytes)[0]!.length;
  const places = [1, 40, length - 1, length, length + 1, 2 * length, 3 * length, 3 * length + 1, 3 * length + 20];
  return places.map((at) => bytes.subarray(0, at));
}

/** Each digit of the last line between two places becomes another one. */
function changed(bytes: Buffer, from: number, to: number): Buffer[] {
  const all = lines(bytes);
  const start = bytes.length - all.at(-1)!.length;
  const found: Buffer[] = [];
  for (let at = start + from; at < start + to; at += 1) {
    const byte = bytes[at]!;
    if (byte < 0x30 || byte > 0x39) continue;
    const copy = Buffer.from(bytes);
    copy[at] = 0x30 + ((byte - 0x30 + 1) % 10);
    found.push(copy);
  }
  return found;
}

import { beforeEach, describe, expect, test } from '@jest/globals';
import { PartySuite } from '../support/party-suite.js';
import { debtRow, person } from '../support/intake-builder.js';
import { asked, TODAY } from '../support/test-office.js';
import type { RegisteredDebt } from '../support/test-office.js';

const suite = new PartySuite();
const LATER = '2026-03-20';
const LAST = '2026-03-24';
const OLD = {
  ...{ line1: '1 Old Street', line2: null, city: 'Exampleton', region: 'TX', postalCode: '75001', country: 'US' },
};
const NEW = { ...OLD, line1: '2 New Street' };

let debtor: ReturnType<typeof person>;
let debt: RegisteredDebt;
beforeEach(async () => {
  at(TODAY);
  debtor = person({ address: OLD });
  debt = await suite.office.debt(debtRow({ debtor }));
});

function at(day: string): void {
  suite.office.clock.set(`${day}T15:00:00Z`);
}

const since = async (of = debt): Promise<string | undefined> =>
  (await suite.snapshot(of)).parties.find(({ role }) => role === 'debtor')?.addressSince ?? undefined;
const told = async (of = debt) => (await suite.snapshot(of)).parties[0]?.address?.line1;
const versionOf = async (): Promise<number> => (await suite.snapshot(debt)).caseVersion;

const add = (address: typeof OLD, changes: { since?: string; kind?: 'residence' | 'work'; of?: string } = {}) =>
  suite.parties.addAddress(asked(), {
    ...{ partyId: changes.of ?? debt.debtorId, kind: changes.kind ?? 'residence', address, source: 'debtor' },
    ...{ sourceDetail: null, since: changes.since ?? null, verifiedOn: null, idempotencyKey: suite.key() },
  });
const mark = (id: string | null, changes: { verifiedOn?: string; returnedOn?: string; until?: string }) =>
  suite.parties.markAddress(asked(), {
    ...{ partyId: debt.debtorId, addressId: id, verifiedOn: null, returnedOn: null, until: null, ...changes },
  });
/** The host system says the same person once more, with another debt. */
const said = (address: typeof OLD | null) => suite.office.debt(debtRow({ debtor: { ...debtor, address } }));

describe('the day on which the address became another one', () => {
  test('is none for as long as the first one is told', async () => {
    expect(await since()).toBeUndefined();
    at(LATER);
    await said(OLD);
    await add({ ...NEW, line1: 'The Works' }, { kind: 'work' });
    await mark(null, { verifiedOn: LATER });
    expect(await since()).toBeUndefined();
  });

  test("is the office's when somebody adds one, whenever they say it began, and the cases are told", async () => {
    at(LATER);
    const before = await versionOf();
    await add(NEW, { since: '2026-01-02' });
    expect([await told(), await since()]).toEqual(['2 New Street', LATER]);
    expect(await versionOf()).toBe(before + 1);
    at(LAST);
    await add({ ...OLD, line1: '3 Older Street' }, { since: '2025-01-02' });
    expect([await told(), await since()]).toEqual(['2 New Street', LATER]);
  });

  test('is that on which the host system says another, and says the first again', async () => {
    at(LATER);
    await said(NEW);
    expect([await told(), await since()]).toEqual(['2 New Street', LATER]);
    at(LAST);
    await said(OLD);
    expect([await told(), await since()]).toEqual(['1 Old Street', LAST]);
  });

  test('is none where only its capitals or its spaces changed', async () => {
    at(LATER);
    await said({ ...OLD, line1: ' 1  OLD STREET,', city: 'EXAMPLETON' });
    expect(await since()).toBeUndefined();
    at(LAST);
    await said({ ...OLD, line1: '11 Old Street' });
    expect(await since()).toBe(LAST);
  });

  test('is that on which mail came back, and that on which the address was found good again', async () => {
    const { id } = await add(NEW, { since: '2026-01-02' });
    at(LATER);
    await mark(id, { returnedOn: '2026-03-01' });
    expect([await told(), await since()]).toEqual(['1 Old Street', LATER]);
    at(LAST);
    await mark(id, { verifiedOn: LAST });
    expect([await told(), await since()]).toEqual(['2 New Street', LAST]);
  });

  test('is none for the first address that becomes known', async () => {
    debtor = person({ address: null });
    debt = await suite.office.debt(debtRow({ debtor }));
    at(LATER);
    await said(NEW);
    expect(await since()).toBeUndefined();
    at(LAST);
    await said(null);
    expect([await told(), await since()]).toEqual([undefined, LAST]);
  });

  test('is that of a merge on the debts of the one whose address is told no more, and of its undoing', async () => {
    const survivor = await suite.debt({ address: NEW });
    at(LATER);
    const { mergeId } = await suite.merge(debt.debtorId, survivor.debtorId);
    expect([await since(debt), await since(survivor)]).toEqual([LATER, undefined]);
    at(LAST);
    await suite.parties.undoMerge(asked(), mergeId, 'two people');
    expect([await since(debt), await since(survivor)]).toEqual([LAST, undefined]);
  });
});

import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { listStops, readDebt } from '@concord/core/cases/case-reads';
import { reachingStops } from '@concord/core/cases/reaching-stops.sql';
import { registerDebts } from '@concord/core/cases/registration';
import { placeStop } from '@concord/core/cases/stops';
import { rows } from '@concord/core/database/sql';
import { listMerges } from '@concord/core/parties/merging/merge-reads';
import { readParty } from '@concord/core/parties/party-reads';
import { noteReturnedMail } from '@concord/core/parties/returned-mail';
import { STOPS_REACHING } from '@concord/core/reports/queries/stops-reaching.sql';
import { debtRow, person } from '../support/intake-builder.js';
import { PartySuite } from '../support/party-suite.js';
import { waitingFor } from '../support/test-database.js';
import { asked, OFFICE, TODAY } from '../support/test-office.js';

const suite = new PartySuite();
const ADDRESS = {
  ...{ line1: '9 New Street', line2: null, city: 'Exampleton', region: 'TX', postalCode: '75002', country: 'US' },
};
const read = (id: string) => readParty(suite.database.gateway, id);
const undo = (mergeId: string) => suite.parties.undoMerge(asked('officer.sam'), mergeId, 'two people after all');

describe('a merge', () => {
  test('has partners told of one party, and every case of both look again', async () => {
    const duplicate = await suite.debt({ ssn: null, dateOfBirth: '1980-02-03', telephone: '5125550100' });
    const survivor = await suite.debt({ dateOfBirth: null });
    const { mergeId, merged } = await suite.merge(duplicate.debtorId, survivor.debtorId);
    expect(merged).toBe(true);
    const [before, after] = [await suite.snapshot(survivor), await suite.snapshot(duplicate)];
    // On the debts of the duplicate another address is told from that day on.
    expect(after.parties).toEqual(before.parties.map((party) => ({ ...party, addressSince: TODAY })));
    expect(after.parties).toMatchObject([{ id: survivor.debtorId, role: 'debtor', telephone: '5125550100' }]);
    expect(Object.keys(after.parties[0]!.identifiers).sort()).toEqual(['date-of-birth', 'ssn']);
    expect(await suite.told(survivor.debtorId)).toEqual({ [duplicate.caseId]: 1, [survivor.caseId]: 1 });
    expect((await readDebt(suite.database.gateway, duplicate.id)).parties).toMatchObject([
      { id: survivor.debtorId, identifiers: ['date-of-birth', 'ssn'] },
    ]);

    expect(await suite.merge(duplicate.debtorId, survivor.debtorId)).toEqual({ mergeId, merged: false });
    expect(await read(duplicate.debtorId)).toEqual(await read(survivor.debtorId));
    expect(await read(survivor.debtorId)).toMatchObject({
      debts: 2,
      duplicates: [{ id: duplicate.debtorId, mergeId, reason: 'same person' }],
    });
    expect(await undo(mergeId)).toEqual({ undone: true });
    expect(await undo(mergeId)).toEqual({ undone: false });
    expect(await suite.told(survivor.debtorId)).toEqual({ [duplicate.caseId]: 2, [survivor.caseId]: 2 });
    expect((await suite.snapshot(duplicate)).parties).toMatchObject([{ id: duplicate.debtorId }]);
    expect(await listMerges(suite.database.gateway, { jurisdiction: OFFICE, party: survivor.debtorId })).toMatchObject([
      { id: mergeId, state: 'undone', undoneBy: 'officer.sam', undoneReason: 'two people after all', actor: 'tester' },
    ]);
  });

  test('lets the stops of each cover the debts of both, whatever they were placed on', async () => {
    const duplicate = await suite.debt();
    const survivor = await suite.debt();
    const own = [
      await suite.stop({ kind: 'party', id: duplicate.debtorId }),
      await suite.stop({ kind: 'case', id: duplicate.caseId }, 'deceased'),
      await suite.stop({ kind: 'party', id: survivor.debtorId }),
    ].sort();
    const dispute = await suite.stop({ kind: 'debt', id: survivor.id }, 'dispute');
    const { mergeId } = await suite.merge(duplicate.debtorId, survivor.debtorId);
    expect(await suite.stopsOn(duplicate)).toEqual(own);
    expect(await suite.stopsOn(survivor)).toEqual([...own, dispute].sort());
    const marked = (await suite.snapshot(survivor)).stops.filter(({ partyId }) => partyId !== null);
    expect(marked.map(({ partyId }) => partyId)).toEqual([survivor.debtorId, survivor.debtorId]);
    const listed = (await listStops(suite.database.gateway, duplicate.id)) as { id: string }[];
    expect(listed.map(({ id }) => id).sort()).toEqual(own);

    const lifted = await suite.office.commands.liftStop(asked(), own[0]!);
    expect(lifted).toEqual({ lifted: true });
    const changes = await suite.database.asOwner<{ case_id: string }>(
      `select case_id from cases.change where subject_id = $1 and kind = 'concord.stop.lifted.v1' order by 1`,
      [own[0]],
    );
    expect(changes.map(({ case_id }) => case_id)).toEqual([duplicate.caseId, survivor.caseId].sort());
    await undo(mergeId);
    expect(await suite.stopsOn(survivor)).not.toEqual(await suite.stopsOn(duplicate));
  });

  test('of two who owe one debt leaves the debtor', async () => {
    const coDebtor = person();
    const shared = await suite.debt({}, [coDebtor]);
    const own = await suite.office.debt(debtRow({ debtor: coDebtor }));
    await suite.merge(own.debtorId, shared.debtorId);
    expect((await suite.snapshot(shared)).parties).toMatchObject([{ id: shared.debtorId, role: 'debtor' }]);
    expect((await readDebt(suite.database.gateway, shared.id)).parties).toHaveLength(1);
  });

  test.each([
    ['same-party', (id: string) => suite.merge(id, id)],
    ['party-unknown', (id: string) => suite.merge('00000000-0000-4000-8000-000000000000', id)],
    ['identifiers-differ', async (id: string) => suite.merge((await suite.debt()).debtorId, id, null)],
    [
      'kinds-differ',
      async (id: string) => {
        const firm = person({ kind: 'business', firstName: null, ssn: null });
        return suite.merge((await suite.office.debt(debtRow({ debtor: firm }))).debtorId, id);
      },
    ],
  ])('that can not be is refused: %s', async (code, attempt) => {
    const { debtorId } = await suite.debt();
    await expect(attempt(debtorId)).rejects.toMatchObject({ code });
    expect(await read(debtorId)).toMatchObject({ duplicates: [] });
  });

  test('across offices is refused', async () => {
    await suite.database.asOwner(
      `insert into cases.jurisdiction select 'us-tx-other', title, country, currency, time_zone, configuration
       from cases.jurisdiction where id = $1`,
      [OFFICE],
    );
    const [other] = await suite.database.asOwner<{ id: string }>(
      `insert into cases.party (id, jurisdiction_id, source_reference, kind, surname)
       values (gen_random_uuid(), 'us-tx-other', 'P', 'person', 'Sample') returning id`,
    );
    const { debtorId } = await suite.debt();
    await expect(suite.merge(other!.id, debtorId)).rejects.toMatchObject({ code: 'jurisdictions-differ' });
  });

  test('of what is a duplicate already is refused, so that none leads in a circle', async () => {
    const [a, b, c] = [await suite.debt(), await suite.debt(), await suite.debt()];
    await suite.merge(a.debtorId, b.debtorId);
    for (const [duplicate, survivor] of [
      [b, a],
      [a, c],
      [c, a],
    ] as const) {
      await expect(suite.merge(duplicate.debtorId, survivor.debtorId)).rejects.toMatchObject({ code: 'party-merged' });
    }
  });

  test('of a merged party takes its duplicates along, and each is undone by itself in whatever order', async () => {
    const [a, b, c] = [await suite.debt(), await suite.debt(), await suite.debt()];
    const first = await suite.merge(a.debtorId, b.debtorId);
    const second = await suite.merge(b.debtorId, c.debtorId);
    expect((await suite.snapshot(a)).parties).toMatchObject([{ id: c.debtorId }]);
    await undo(second.mergeId);
    expect((await suite.snapshot(a)).parties).toMatchObject([{ id: b.debtorId }]);
    const third = await suite.merge(b.debtorId, c.debtorId);
    await undo(first.mergeId);
    expect((await suite.snapshot(a)).parties).toMatchObject([{ id: a.debtorId }]);
    expect((await suite.snapshot(b)).parties).toMatchObject([{ id: c.debtorId }]);
    await undo(third.mergeId);
    expect((await suite.snapshot(b)).parties).toMatchObject([{ id: b.debtorId }]);
  });
});

describe('what comes after a merge', () => {
  test('stays with the survivor when it is undone, unless it names the debts or the case of the other', async () => {
    const debtor = person();
    const duplicate = await suite.office.debt(debtRow({ debtor }));
    const survivor = await suite.debt();
    const { mergeId } = await suite.merge(duplicate.debtorId, survivor.debtorId);
    const onParty = await suite.stop({ kind: 'party', id: duplicate.debtorId });
    const onCase = await suite.stop({ kind: 'case', id: duplicate.caseId }, 'deceased');
    const later = await suite.office.debt(debtRow({ debtor }));
    expect(later.caseId).toBe(duplicate.caseId);
    expect((await suite.snapshot(later)).parties).toMatchObject([{ id: survivor.debtorId }]);
    expect(await suite.stopsOn(later)).toEqual([onParty, onCase].sort());
    await undo(mergeId);
    expect(await suite.stopsOn(survivor)).toEqual([onParty]);
    expect(await suite.stopsOn(later)).toEqual([onCase]);
    expect((await suite.snapshot(later)).parties).toMatchObject([{ id: duplicate.debtorId }]);
  });
});

describe('a stop that comes with a debt', () => {
  test('has every case of the person look again, also those under another key', async () => {
    const debtor = person();
    const duplicate = await suite.office.debt(debtRow({ debtor }));
    const survivor = await suite.debt();
    await suite.merge(duplicate.debtorId, survivor.debtorId);
    const stops = [{ kind: 'deceased' as const, startsOn: '2026-03-01', endsOn: null, details: {} }];
    await suite.office.debt(debtRow({ debtor, stops }));
    expect(await suite.stopsOn(survivor)).toHaveLength(1);
    const changes = await suite.database.asOwner<{ kind: string }>(
      'select kind from cases.change where case_id = $1 order by version desc limit 1',
      [survivor.caseId],
    );
    expect(changes).toEqual([{ kind: 'concord.party.changed.v1' }]);
    expect(await suite.told(duplicate.debtorId)).toEqual({ [survivor.caseId]: 1 });
  });
});

describe('at the same moment', () => {
  test('two merges that would lead in a circle: one is made', async () => {
    const [a, b] = [await suite.debt(), await suite.debt()];
    const outcomes = await Promise.allSettled([
      suite.merge(a.debtorId, b.debtorId),
      suite.merge(b.debtorId, a.debtorId),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'party-merged' } });
  });

  test('the same merge twice: it is made once', async () => {
    const [a, b] = [await suite.debt(), await suite.debt()];
    const made = await Promise.all([1, 2, 3].map(() => suite.merge(a.debtorId, b.debtorId)));
    expect(new Set(made.map(({ mergeId }) => mergeId)).size).toBe(1);
    expect(made.filter(({ merged }) => merged)).toHaveLength(1);
  });

  test('a stop waits for the merge, and tells the cases of both', async () => {
    const [a, b] = [await suite.debt(), await suite.debt()];
    const open = suite.database.gateway.createQueryRunner();
    await open.startTransaction();
    // A case that somebody holds keeps the merge open after it has joined the parties.
    await open.query('select 1 from cases.case_file where id = $1 for no key update', [a.caseId]);
    const merging = suite.merge(a.debtorId, b.debtorId);
    await waitingFor(suite.database, 1);
    const stopping = suite.stop({ kind: 'party', id: b.debtorId });
    await waitingFor(suite.database, 2);
    await open.commitTransaction();
    await open.release();
    await merging;
    const stopId = await stopping;
    const changes = await suite.database.asOwner<{ case_id: string }>(
      'select case_id from cases.change where subject_id = $1 order by 1',
      [stopId],
    );
    expect(changes.map(({ case_id }) => case_id)).toEqual([a.caseId, b.caseId].sort());
  });

  test('a stop waits for a debt that is being registered, and tells its case as well', async () => {
    const debtor = person();
    const own = await suite.office.debt(debtRow({ debtor }));
    const registering = suite.database.gateway.createQueryRunner();
    await registering.startTransaction();
    await registerDebts(
      registering.manager,
      suite.office.cipher,
      {
        ...{ ...asked(), at: suite.office.clock.now(), jurisdictionId: OFFICE, source: 'test' },
        firstReviewOn: () => null,
      },
      [debtRow({ coDebtors: [debtor] })],
    );
    const stopping = suite.stop({ kind: 'party', id: own.debtorId });
    await waitingFor(suite.database, 1);
    await registering.commitTransaction();
    await registering.release();
    expect(await toldOf(await stopping)).toHaveLength(2);
  });

  test('a debt that is registered for a duplicate waits for a stop that is being placed', async () => {
    const debtor = person();
    const [duplicate, survivor] = [await suite.office.debt(debtRow({ debtor })), await suite.debt()];
    await suite.merge(duplicate.debtorId, survivor.debtorId);
    const placing = suite.database.gateway.createQueryRunner();
    await placing.startTransaction();
    const order = { kind: 'hardship' as const, startsOn: '2026-03-16', endsOn: null, details: {}, source: 'test' };
    const subject = { kind: 'party' as const, id: survivor.debtorId };
    const context = { ...asked(), at: suite.office.clock.now() };
    await placeStop(placing.manager, context, { ...order, subject, idempotencyKey: suite.key() });
    const registering = suite.debt({}, [debtor]);
    await waitingFor(suite.database, 1);
    await placing.commitTransaction();
    await placing.release();
    expect(await suite.stopsOn(await registering)).toHaveLength(1);
  });

  test('who lifts a stop waits for its case without holding the stop', async () => {
    const debt = await suite.debt();
    const stopId = await suite.stop({ kind: 'case', id: debt.caseId });
    const holder = suite.database.gateway.createQueryRunner();
    await holder.startTransaction();
    await holder.query('select 1 from cases.case_file where id = $1 for no key update', [debt.caseId]);
    const lifting = suite.office.commands.liftStop(asked(), stopId);
    await waitingFor(suite.database, 1);
    await holder.query('select 1 from cases.stop where id = $1 for update nowait', [stopId]);
    await holder.commitTransaction();
    await holder.release();
    expect(await lifting).toEqual({ lifted: true });
  });
});

describe('the same request again after a merge', () => {
  test.each(['party', 'case'] as const)('places no second stop of a %s, and none is refused', async (kind) => {
    // A merge moves which of the cases comes first, whichever of the two has the smaller id.
    for (const placedOn of [0, 1]) {
      const debts = [await suite.debt(), await suite.debt()];
      const { debtorId, caseId } = debts[placedOn]!;
      const order = {
        ...{ subject: { kind, id: kind === 'party' ? debtorId : caseId }, kind: 'hardship' as const, source: 'test' },
        ...{ startsOn: null, endsOn: null, details: {}, idempotencyKey: suite.key() },
      };
      const { stopId } = await suite.office.commands.placeStop(asked(), order);
      const again = { stopId, placed: false };
      await suite.merge(debts[0]!.debtorId, debts[1]!.debtorId);
      expect(await suite.office.commands.placeStop(asked(), order)).toEqual(again);
      expect(await suite.stopsOn(debts[1]!)).toEqual([stopId]);
      await expect(suite.office.commands.placeStop(asked(), { ...order, kind: 'deceased' })).rejects.toMatchObject({
        code: 'key-reused',
      });
    }
  });

  test('adds no second name, address or contact point', async () => {
    const [duplicate, survivor] = [await suite.debt(), await suite.debt()];
    const common = () => ({
      partyId: duplicate.debtorId,
      sourceDetail: null,
      since: null,
      idempotencyKey: suite.key(),
    });
    const [forName, forAddress, forPoint] = [common(), common(), common()];
    const add = () =>
      Promise.all([
        suite.parties.addName(asked(), {
          ...{ ...forName, kind: 'nickname' as const, surname: 'Sample', firstName: 'Bo', middleName: null },
          ...{ generation: null, until: null, source: 'call' },
        }),
        suite.parties.addAddress(asked(), {
          ...{ ...forAddress, kind: 'residence', address: ADDRESS, source: 'officer', verifiedOn: null },
        }),
        suite.parties.addContactPoint(asked(), {
          ...{ ...forPoint, kind: 'telephone', value: '5125550144', source: 'debtor', hours: null },
          doNotUseReason: null,
        }),
      ]);
    const first = await add();
    await suite.merge(duplicate.debtorId, survivor.debtorId);
    const again = first.map(({ id }) => ({ id, partyId: survivor.debtorId, added: false }));
    expect(await add()).toEqual(again);
    const { names, addresses, contactPoints } = await read(survivor.debtorId);
    expect(
      [names, addresses.filter((each) => (each as { id: unknown }).id), contactPoints].map((all) => all.length),
    ).toEqual([1, 1, 1]);
  });
});

describe('a discharge that a merge let reach the debts of another', () => {
  async function discharged() {
    const insolvent = person();
    const own = await suite.office.debt(debtRow({ debtor: insolvent }));
    const father = await suite.debt();
    const shared = await suite.debt({}, [insolvent]);
    const subject = { kind: 'party' as const, id: own.debtorId };
    const { stopId } = await suite.office.commands.placeStop(asked(), {
      ...{ subject, kind: 'insolvency', startsOn: null, endsOn: null, source: 'court', idempotencyKey: suite.key() },
      details: { chapter: '7', filedOn: TODAY },
    });
    const discharge = () =>
      suite.office.commands.dischargeStop(asked(), { stopId, on: TODAY, surviving: [], proof: null });
    return { own, father, shared, discharge };
  }

  test('ends with the merge for them alone', async () => {
    const { own, father, shared, discharge } = await discharged();
    const { mergeId } = await suite.merge(father.debtorId, own.debtorId);
    expect((await discharge()).debtIds).toHaveLength(3);
    const [wrong] = await suite.stopsOn(father);
    const before = await Promise.all([own, shared].map((debt) => suite.stopsOn(debt)));
    await undo(mergeId);
    expect(await suite.stopsOn(father)).toEqual([]);
    expect(await toldOf(wrong!, 'concord.stop.lifted.v1')).toEqual([father.caseId]);
    expect(await Promise.all([own, shared].map((debt) => suite.stopsOn(debt)))).toEqual(before);
    expect((await discharge()).recorded).toBe(false);
  });

  test('stays for the insolvent party where it owes the debt of the other as well', async () => {
    const { own, shared, discharge } = await discharged();
    const { mergeId } = await suite.merge(shared.debtorId, own.debtorId);
    await discharge();
    expect((await suite.snapshot(shared)).stops).toMatchObject([{ partyId: null }]);
    await undo(mergeId);
    expect((await suite.snapshot(shared)).stops).toMatchObject([{ partyId: own.debtorId }]);
  });

  test('reaches its debtor once the co-debtor whom it freed turns out to be the same', async () => {
    const { own, shared, discharge } = await discharged();
    await discharge();
    const reached = () =>
      rows<{ stop_id: string; party_id: string; of_debtor: boolean }>(
        suite.database.gateway,
        `with debts as (select id, case_id from cases.debt where id = $1)
         select r.* from (${reachingStops('debts')}) r join cases.stop s on s.id = r.stop_id where s.lifted_on is null`,
        [shared.id],
      );
    const reported = async () =>
      (await rows<{ debt_id: string }>(suite.database.gateway, STOPS_REACHING, [OFFICE, TODAY])).filter(
        ({ debt_id }) => debt_id === shared.id,
      );
    expect(await reached()).toMatchObject([{ party_id: own.debtorId, of_debtor: false }]);
    expect(await reported()).toEqual([]);
    await suite.merge(own.debtorId, shared.debtorId);
    expect(await reached()).toMatchObject([{ party_id: shared.debtorId, of_debtor: true }]);
    expect(await reported()).toMatchObject([{ kind: 'insolvency' }]);
  });
});

describe('mail that came back', () => {
  test('is noted with every entry that has the address, also after the merge is undone', async () => {
    const [duplicate, survivor] = [await suite.debt({ address: ADDRESS }), await suite.debt({ address: ADDRESS })];
    const { mergeId } = await suite.merge(duplicate.debtorId, survivor.debtorId);
    const elsewhere = { ...ADDRESS, line1: '1 Other Street' };
    await suite.parties.addAddress(asked(), {
      ...{ partyId: survivor.debtorId, kind: 'residence', address: elsewhere, source: 'officer', sourceDetail: null },
      ...{ since: '2020-01-01', verifiedOn: null, idempotencyKey: suite.key() },
    });
    const note = (address: typeof ADDRESS) =>
      suite.database.gateway.transaction((manager) =>
        noteReturnedMail(
          manager,
          { ...asked(), at: suite.office.clock.now() },
          { letterId: randomUUID(), partyId: duplicate.debtorId, address, returnedOn: TODAY },
        ),
      );
    expect(await note({ ...ADDRESS, line1: 'nowhere' })).toEqual({ noted: false });
    expect(await note(ADDRESS)).toEqual({ noted: true });
    expect((await read(duplicate.debtorId)).address).toEqual(elsewhere);
    expect(await note(ADDRESS)).toEqual({ noted: true });
    const told = { [duplicate.caseId]: 4, [survivor.caseId]: 4 };
    expect(await suite.told(survivor.debtorId)).toEqual(told);
    await undo(mergeId);
    for (const { debtorId } of [duplicate, survivor]) {
      const { addresses } = await read(debtorId);
      expect(addresses).toContainEqual(
        expect.objectContaining({ partyId: debtorId, source: 'host-system', address: ADDRESS, returnedOn: TODAY }),
      );
      expect(addresses).toHaveLength(debtorId === survivor.debtorId ? 2 : 1);
    }
  });
});

/** The cases that were told of a stop. */
async function toldOf(stopId: string, kind = 'concord.stop.placed.v1'): Promise<string[]> {
  const changes = await suite.database.asOwner<{ case_id: string }>(
    'select case_id from cases.change where subject_id = $1 and kind = $2 order by 1',
    [stopId, kind],
  );
  return changes.map(({ case_id }) => case_id);
}

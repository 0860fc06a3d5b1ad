import { beforeEach, describe, expect, test } from '@jest/globals';
import { PartyCommands } from '@concord/core/parties/party-commands';
import { readParty } from '@concord/core/parties/party-reads';
import { AgencySuite } from '../support/agency-suite.js';
import { person } from '../support/intake-builder.js';
import { fileNumber, statusRecord } from '../support/test-agencies.js';
import { waitingFor } from '../support/test-database.js';
import { asked, TODAY } from '../support/test-office.js';

const suite = new AgencySuite();
let parties: PartyCommands;
beforeEach(() => {
  parties = new PartyCommands(suite.database.gateway, suite.office.clock);
});

const sent = async (name: string): Promise<string[][]> =>
  (await suite.agencies.cutoff(name)).map(({ kind, debtId }) => [kind, debtId]).sort();
const numberOf = async (partyId: string): Promise<string> =>
  String((await readParty(suite.database.gateway, partyId)).number);

describe('an agency that holds debts of two parties who are one', () => {
  test('gives back both for the stop of either, and gets the other again once the merge is undone', async () => {
    const [bankrupt, other] = await suite.placed(2);
    await suite.office.commands.placeStop(asked(), {
      subject: { kind: 'party', id: bankrupt!.debtorId },
      kind: 'insolvency',
      startsOn: null,
      endsOn: null,
      details: { chapter: '7', filedOn: TODAY },
      source: 'court notice',
      idempotencyKey: 'bankrupt',
    });
    expect(await sent('stopped')).toEqual([['recalls', bankrupt!.id]]);
    const { mergeId } = await parties.merge(asked(), {
      duplicateId: other!.debtorId,
      survivorId: bankrupt!.debtorId,
      reason: 'same person',
      despiteDifferences: 'a digit was misread',
    });
    expect(await sent('merged')).toEqual([['recalls', other!.id]]);
    await suite.agencies.acknowledges([bankrupt!, other!]);
    await parties.undoMerge(asked(), mergeId, 'two people');
    expect((await suite.agencies.judge(), await suite.agencies.placement(other!.id)).desired).toBe('active');
    expect((await suite.agencies.placement(bankrupt!.id)).desired).not.toBe('active');
  });

  test('names the party that stands for both, and a finding about it protects both', async () => {
    const [one, other] = await suite.placed(2);
    await parties.merge(asked(), {
      duplicateId: one!.debtorId,
      survivorId: other!.debtorId,
      reason: 'same person',
      despiteDifferences: 'a digit was misread',
    });
    const [told] = await suite.database.asOwner<{ number: string }>(
      `select p.number from cases_v1.debt_party p where p.debt_id = $1`,
      [one!.id],
    );
    expect(told!.number).toBe(await numberOf(other!.debtorId));
    await suite.agencies.says('statuses', [statusRecord(one!, 'DEC', '', told!.number.padStart(9, '0'))]);
    expect(await suite.agencies.stops(one!.caseId)).toMatchObject([{ kind: 'deceased', scope: 'case' }]);
    expect((await sent('died')).map(([, debtId]) => debtId).sort()).toEqual([one!.id, other!.id].sort());
  });
});

describe('what an agency says of a co-debtor who was merged', () => {
  /** A debt of one person with another, and a debt of a third who may be the co-debtor under another key. */
  async function shared() {
    const [coDebtor, third] = [person(), person()];
    const own = await suite.registered({ debtor: coDebtor });
    const survivor = await suite.registered({ debtor: third });
    const debt = await suite.referred({ coDebtors: [coDebtor] });
    await suite.agencies.cutoff('placed');
    await suite.agencies.acknowledges([debt]);
    return { coDebtor: own, survivor, debt };
  }
  const says = (debt: { number: string; sourceReference: string }, number: string) =>
    suite.agencies.says('statuses', [statusRecord(debt, 'B07', '', number.padStart(9, '0'))]);
  const filed = async (partyId: string): Promise<string> => {
    const found = await suite.database.asOwner<{ number: string }>('select number from cases.party where id = $1', [
      partyId,
    ]);
    return String(found[0]!.number);
  };
  const mergeOf = (duplicateId: string, survivorId: string) =>
    parties.merge(asked(), {
      ...{ duplicateId, survivorId, reason: 'same person', despiteDifferences: 'a digit was misread' },
    });

  test('by the number from before protects that person wherever they owe, and not the debtor', async () => {
    const { coDebtor, survivor, debt } = await shared();
    const number = await filed(coDebtor.debtorId);
    await mergeOf(coDebtor.debtorId, survivor.debtorId);
    await says(debt, number);
    expect(await suite.agencies.stops(debt.caseId)).toMatchObject([
      { kind: 'insolvency', scope: 'party', subjectId: survivor.debtorId },
    ]);
    const told = await suite.database.asOwner<{ case_id: string }>(
      `select case_id from cases.change where kind = 'concord.stop.placed.v1' order by 1`,
    );
    expect(told.map(({ case_id }) => case_id)).toEqual([coDebtor.caseId, survivor.caseId, debt.caseId].sort());
  });

  test('by the number of a merge that was undone since protects the co-debtor', async () => {
    const { coDebtor, survivor, debt } = await shared();
    const { mergeId } = await mergeOf(coDebtor.debtorId, survivor.debtorId);
    await parties.undoMerge(asked(), mergeId, 'two people');
    await says(debt, await filed(survivor.debtorId));
    expect(await suite.agencies.stops(debt.caseId)).toMatchObject([
      { kind: 'insolvency', scope: 'party', subjectId: coDebtor.debtorId },
    ]);
    expect(await suite.agencies.proposals()).toEqual([]);
  });

  test('by a number of nobody who owes it protects the debt alone, and a person is asked', async () => {
    const { survivor, debt } = await shared();
    await says(debt, await filed(survivor.debtorId));
    expect(await suite.agencies.stops(debt.caseId)).toMatchObject([
      { kind: 'insolvency', scope: 'debt', subjectId: debt.id },
    ]);
    expect(await suite.agencies.proposals()).toMatchObject([{ kind: 'insolvent', state: 'open', debtId: debt.id }]);
  });

  test('of where they are found is accepted for them by either number', async () => {
    const { coDebtor, survivor, debt } = await shared();
    const number = (await filed(coDebtor.debtorId)).padStart(9, '0');
    await mergeOf(coDebtor.debtorId, survivor.debtorId);
    const phone = { recordType: 'AUPH', fileNumber: fileNumber(debt), phoneType: '3', newNumber: '2145550100' };
    await suite.agencies.says('phones', [{ ...phone, debtorNumber: number, date: TODAY }]);
    const [{ id } = { id: '' }] = await suite.agencies.proposals();
    expect(await parties.acceptContact(asked(), { proposalId: id, partyId: null })).toMatchObject({
      partyId: survivor.debtorId,
    });
  });
});

test('an agency that returns a debt whose case somebody holds is waited for with nothing else held', async () => {
  const [debt] = await suite.placed();
  const holder = suite.database.gateway.createQueryRunner();
  await holder.startTransaction();
  await holder.query('select 1 from cases.case_file where id = $1 for no key update', [debt!.caseId]);
  const returning = suite.agencies.says('statuses', [statusRecord(debt!, 'RTN')]);
  await waitingFor(suite.database, 1);
  await holder.query('select 1 from cases.referral where debt_id = $1 for update nowait', [debt!.id]);
  await holder.query('select 1 from cases.debt where id = $1 for update nowait', [debt!.id]);
  await holder.commitTransaction();
  await holder.release();
  await returning;
  expect(await suite.database.asOwner('select withdrawn_reason as reason from cases.referral')).toEqual([
    { reason: 'the partner returned it' },
  ]);
});

describe('where an agency found somebody', () => {
  test('becomes an address and a telephone of the party when a person accepts it, once', async () => {
    const [debt] = await suite.placed();
    const file = fileNumber(debt!);
    const place = { fileNumber: file, debtorNumber: (await numberOf(debt!.debtorId)).padStart(9, '0'), date: TODAY };
    const address = { newStreet1: '5 Elm Way', newCity: 'Exampleton', newState: 'TX', newZip: '75003' };
    await suite.agencies.says('addresses', [{ recordType: 'AUAD', ...place, ...address }]);
    await suite.agencies.says('phones', [{ recordType: 'AUPH', ...place, phoneType: '3', newNumber: '2145550100' }]);
    const proposals = await suite.agencies.proposals();
    expect(proposals.map(({ kind }) => kind)).toEqual(['contact-found', 'contact-found']);
    for (const { id } of proposals) {
      const accepted = await parties.acceptContact(asked(), { proposalId: id, partyId: null });
      expect(accepted.partyId).toBe(debt!.debtorId);
      await expect(parties.acceptContact(asked(), { proposalId: id, partyId: null })).rejects.toMatchObject({
        code: 'proposal-closed',
      });
    }
    const party = await readParty(suite.database.gateway, debt!.debtorId);
    expect(party).toMatchObject({
      telephone: '2145550100',
      address: { line1: '5 Elm Way', city: 'Exampleton', region: 'TX', postalCode: '75003', country: 'US' },
    });
    expect(party.addresses).toMatchObject([{ source: 'agency', since: TODAY }, { source: 'host-system' }]);
    expect((await suite.agencies.proposals()).map(({ state }) => state)).toEqual(['closed', 'closed']);
  });

  test('is not accepted where it says no place, or nobody of the debt is meant', async () => {
    const [debt] = await suite.placed();
    const place = { fileNumber: fileNumber(debt!), debtorNumber: '000999999', date: TODAY };
    await suite.agencies.says('addresses', [
      { recordType: 'AUAD', ...place, newStreet1: '5 Elm Way', newCity: 'Exampleton', newState: 'TX' },
    ]);
    await suite.agencies.says('phones', [{ recordType: 'AUPH', ...place, phoneType: '3', newNumber: '2145550100' }]);
    const proposals = await suite.agencies.proposals();
    const codes = await Promise.all(
      proposals.map(({ id }) =>
        parties.acceptContact(asked(), { proposalId: id, partyId: null }).catch(({ code }: { code: string }) => code),
      ),
    );
    expect(codes.sort()).toEqual(['party-unknown', 'proposal-not-acceptable']);
    const telephone = proposals.find(({ details }) => 'telephone' in (details as object))!;
    const order = { proposalId: telephone.id, partyId: debt!.debtorId };
    expect(await parties.acceptContact(asked(), order)).toMatchObject({
      addressId: null,
      contactPointId: expect.any(String),
    });
  });

  test('is not accepted where somebody else would be rung up', async () => {
    const [debt] = await suite.placed();
    const place = { fileNumber: fileNumber(debt!), debtorNumber: '000000001', date: TODAY };
    await suite.agencies.says('phones', [{ recordType: 'AUPH', ...place, phoneType: '2', newNumber: '2145550100' }]);
    const [{ id } = { id: '' }] = await suite.agencies.proposals();
    await expect(parties.acceptContact(asked(), { proposalId: id, partyId: null })).rejects.toMatchObject({
      code: 'proposal-not-acceptable',
    });
    expect((await readParty(suite.database.gateway, debt!.debtorId)).telephone).toBeNull();
  });
});

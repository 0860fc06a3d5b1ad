import { beforeEach, describe, expect, test } from '@jest/globals';
import { PartyCommands } from '@concord/core/parties/party-commands';
import { readParty } from '@concord/core/parties/party-reads';
import { AgencySuite } from '../support/agency-suite.js';
import { fileNumber, statusRecord } from '../support/test-agencies.js';
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

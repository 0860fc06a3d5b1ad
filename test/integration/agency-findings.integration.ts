import { describe, expect, test } from '@jest/globals';
import { AgencySuite } from '../support/agency-suite.js';
import { person } from '../support/intake-builder.js';
import { fileNumber, statusRecord } from '../support/test-agencies.js';
import { TODAY } from '../support/test-office.js';

const suite = new AgencySuite();

describe('a protective status', () => {
  test.each([
    ['DIS', 'dispute', 'debt', {}],
    ['B07', 'insolvency', 'case', { chapter: '7' }],
    ['B13', 'insolvency', 'case', { chapter: '13' }],
    ['DEC', 'deceased', 'case', {}],
  ])('%s places a stop at once, once, and the recall follows', async (code, kind, scope, details) => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    await agencies.says('statuses', [statusRecord(debt!, code)]);
    await agencies.says('statuses', [statusRecord(debt!, 'ZZZ'), statusRecord(debt!, code)]);
    const subjectId = scope === 'debt' ? debt!.id : debt!.caseId;
    const stops = await agencies.stops(debt!.caseId);
    expect(stops).toMatchObject([{ kind, scope, subjectId, startsOn: TODAY, details }]);
    expect(await agencies.cutoff('1')).toMatchObject([{ kind: 'recalls', state: 'closed' }]);
    await agencies.judge();
    expect(await agencies.placement(debt!.id)).toMatchObject({ known: 'absent', presumed: 'absent', release: null });
  });

  test('of active duty leaves with the agency what it has, and places nothing new', async () => {
    const { agencies } = suite;
    const debtor = person();
    const held = await suite.referred({ debtor });
    await agencies.cutoff('1');
    await agencies.acknowledges([held]);
    await agencies.says('statuses', [statusRecord(held, 'MIL')]);
    expect(await agencies.stops(held.caseId)).toMatchObject([{ kind: 'active-duty', scope: 'case' }]);
    const next = await suite.referred({ debtor });
    expect(next.caseId).toBe(held.caseId);
    expect(await agencies.cutoff('2')).toEqual([]);
    expect(await agencies.placement(held.id)).toMatchObject({ known: 'active', knownMinor: 52_500 });
  });

  test('about the debtor reaches every debt of the case', async () => {
    const { agencies } = suite;
    const debtor = person();
    const debts = [await suite.referred({ debtor }), await suite.referred({ debtor })];
    await agencies.cutoff('1');
    await agencies.acknowledges(debts);
    await agencies.says('statuses', [statusRecord(debts[1]!, 'B07')]);
    const recalled = await agencies.cutoff('2');
    expect(recalled.map(({ kind, debtId }) => [kind, debtId]).sort()).toEqual(
      debts.map(({ id }) => ['recalls', id]).sort(),
    );
  });

  test('about a co-debtor protects that person, wherever that person owes', async () => {
    const { agencies, database } = suite;
    const surety = person();
    const own = await suite.referred({ debtor: surety });
    const shared = await suite.referred({ coDebtors: [surety] });
    await agencies.cutoff('1');
    await agencies.acknowledges([own, shared]);
    await agencies.judge();
    const [{ number } = { number: '' }] = await database.asOwner<{ number: string }>(
      'select number::text as number from cases.party where id = $1',
      [own.debtorId],
    );
    await agencies.says('statuses', [statusRecord(shared, 'B07', '', number.padStart(9, '0'))]);
    expect(await agencies.stops(shared.caseId)).toMatchObject([
      { kind: 'insolvency', scope: 'party', subjectId: own.debtorId },
    ]);
    const recalled = await agencies.cutoff('2');
    expect(recalled.map(({ kind, debtId }) => [kind, debtId]).sort()).toEqual(
      [own, shared].map(({ id }) => ['recalls', id]).sort(),
    );
  });

  test('about an account that nobody knows is put before a person', async () => {
    const { agencies } = suite;
    await suite.placed();
    await agencies.says('statuses', [statusRecord({ number: '987654321', sourceReference: 'D' }, 'DEC')]);
    expect(await agencies.proposals()).toMatchObject([{ kind: 'deceased', reference: '987654321', debtId: null }]);
  });
});

describe('what a person decides about', () => {
  test('is proposed once, each with what was said', async () => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    const place = { fileNumber: fileNumber(debt!), debtorNumber: '000000001', date: TODAY };
    const address = { recordType: 'AUAD', ...place, newStreet1: '5 Elm Way', newCity: 'Exampleton', newState: 'TX' };
    const phone = { recordType: 'AUPH', ...place, phoneType: '3', newNumber: '2145550100' };
    const objection = { recordType: 'AOBJ', fileNumber: fileNumber(debt!), objectionReason: 'PAY', date: TODAY };
    for (let time = 0; time < 2; time += 1) {
      await agencies.says('addresses', time === 0 ? [address] : [address, { ...address, newStreet1: '6 Elm Way' }]);
      await agencies.says('phones', time === 0 ? [phone] : [phone, { ...phone, newNumber: '2145550101' }]);
      await agencies.says(
        'objections',
        time === 0 ? [objection] : [objection, { ...objection, objectionReason: 'LGL' }],
      );
      await agencies.says('statuses', [
        statusRecord(debt!, 'ZZZ', 'called twice'),
        ...(time === 0 ? [] : [statusRecord(debt!, 'ZZZ', 'called a third time')]),
      ]);
    }
    const proposals = await agencies.proposals();
    expect(proposals.map(({ kind, debtId }) => [kind, debtId])).toEqual([
      ['contact-found', debt!.id],
      ['contact-found', debt!.id],
      ['contact-found', debt!.id],
      ['contact-found', debt!.id],
      ['recall-contested', debt!.id],
      ['recall-contested', debt!.id],
      ['status-reported', debt!.id],
      ['status-reported', debt!.id],
    ]);
    expect(proposals).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ details: expect.objectContaining({ street1: '5 Elm Way', city: 'Exampleton' }) }),
        expect.objectContaining({
          details: expect.objectContaining({ telephone: '2145550100', telephoneType: 'cell' }),
        }),
        expect.objectContaining({ details: { code: 'PAY', on: TODAY } }),
        expect.objectContaining({ details: expect.objectContaining({ code: 'ZZZ', note: 'called twice' }) }),
      ]),
    );
    expect(await agencies.stops(debt!.caseId)).toEqual([]);
    expect(await agencies.cutoff('1')).toEqual([]);
  });
});

describe('an agency that gives a debt back', () => {
  test('holds it no more, is not given it again as it is, and the office hears of it', async () => {
    const { agencies, database } = suite;
    const [debt] = await suite.placed();
    await agencies.says('statuses', [statusRecord(debt!, 'RTN', 'no assets')]);
    await agencies.judge();
    expect(await agencies.placement(debt!.id)).toMatchObject({
      desired: 'absent',
      known: 'absent',
      presumed: 'absent',
      release: null,
    });
    expect(await database.asOwner('select 1 from exchange.exclusive_hold')).toEqual([]);
    expect(await database.asOwner('select withdrawn_reason as reason from cases.referral')).toEqual([
      { reason: 'the partner returned it' },
    ]);
    expect(await agencies.proposals()).toMatchObject([{ kind: 'placement-returned', debtId: debt!.id }]);
    expect(await agencies.cutoff('1')).toEqual([]);
    // Neither a payment nor anything else brings it back there: a person refers it.
    await suite.pay(debt!, 100);
    expect(await agencies.cutoff('2')).toEqual([]);
  });

  test('before it acknowledged it is not waited for any more', async () => {
    const { agencies, database } = suite;
    const debt = await suite.referred();
    await agencies.cutoff('1');
    await agencies.says('statuses', [statusRecord(debt, 'RTN')]);
    await agencies.judge();
    expect(await agencies.placement(debt.id)).toMatchObject({ known: 'absent', presumed: 'absent' });
    expect(await agencies.cutoff('2')).toEqual([]);
    expect(await database.asOwner('select 1 from exchange.exclusive_hold')).toEqual([]);
  });

  test('while a payment of the office is on its way to it does not keep the debt', async () => {
    const { agencies, database } = suite;
    const { channels } = agencies;
    const [debt] = await suite.placed();
    await suite.pay(debt!, 500);
    Object.values(channels).forEach(({ failNext }) => failNext.push('upload'));
    await expect(agencies.cutoff('1')).rejects.toThrow('was made to fail');
    await agencies.says('statuses', [statusRecord(debt!, 'RTN')]);
    await agencies.send('1');
    await agencies.judge();
    expect(await agencies.placement(debt!.id)).toMatchObject({ known: 'absent', presumed: 'absent', release: null });
    expect(await database.asOwner('select 1 from exchange.exclusive_hold')).toEqual([]);
  });
});

describe('an agency that does not take a debt', () => {
  test('is not given it again until it changes', async () => {
    const { agencies, database } = suite;
    const debt = await suite.referred();
    await agencies.cutoff('1');
    await agencies.says('statuses', [statusRecord(debt, 'REJ', 'out of area')]);
    await agencies.judge();
    expect(await agencies.placement(debt.id)).toMatchObject({ known: 'absent', parked: 'REJ out of area' });
    expect(await database.asOwner('select 1 from exchange.exclusive_hold')).toEqual([]);
    expect(await agencies.cutoff('2')).toEqual([]);
    await suite.pay(debt, 500);
    expect(await agencies.cutoff('3')).toMatchObject([{ kind: 'placements', amountMinor: 52_000 }]);
  });

  test('is not taken at its word when it has the debt already', async () => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    await agencies.says('statuses', [statusRecord(debt!, 'REJ', 'too late')]);
    await agencies.judge();
    expect(await agencies.placement(debt!.id)).toMatchObject({ known: 'active', presumed: 'active' });
  });

  test('does not take the word back from a recall that is still on its way', async () => {
    const { agencies } = suite;
    const debt = await suite.referred();
    await agencies.cutoff('1');
    await suite.stop(debt, 'dispute');
    await agencies.judge();
    Object.values(agencies.channels).forEach(({ failNext }) => failNext.push('upload', 'upload'));
    await expect(agencies.send('2')).rejects.toThrow('was made to fail');
    await expect(agencies.send('2')).rejects.toThrow('was made to fail');
    await agencies.acknowledges([debt]);
    await agencies.judge();
    expect(await agencies.placement(debt.id)).toMatchObject({ known: 'active', presumed: 'active' });
    await agencies.send('2');
    await agencies.judge();
    expect(await agencies.placement(debt.id)).toMatchObject({ known: 'absent', presumed: 'absent', release: null });
  });
});

import { describe, expect, test } from '@jest/globals';
import { violations } from '@concord/core/cases/conservation';
import { BureauSuite } from '../support/bureau-suite.js';
import { rejectFile } from '../support/reject-file.js';
import { OFFICE } from '../support/test-office.js';

const suite = new BureauSuite();
const account = ({ number }: { readonly number: string }): string => `CITY${number}`;
const statuses = async (exchangeId: string): Promise<string[]> =>
  (await suite.bureau.records(exchangeId)).map(({ status }) => status);

describe('a file', () => {
  test('tells what the bureau should hold, is numbered, delivered once, and answered', async () => {
    const { bureau } = suite;
    const debts = [await suite.referred(), await suite.referred(), await suite.referred()];
    await bureau.judge();
    const sent = await bureau.send('initial');
    expect(await bureau.exchange(sent)).toMatchObject({
      state: 'delivered',
      sequence: 1,
      records: 3,
      answerDueOn: '2026-03-17',
    });
    expect([...bureau.channel.files.keys()]).toEqual(['/inbox/CITYCOLL202603160001.m2']);
    expect((await bureau.read(sent)).map((record) => record['consumerAccountNumber'])).toEqual(debts.map(account));

    await bureau.answer(sent);
    expect(await bureau.exchange(sent)).toMatchObject({ state: 'answered', failure: null });
    expect(await statuses(sent)).toEqual(['accepted', 'accepted', 'accepted']);
    // The bureau's file was taken away from its folder once it had been applied.
    expect([...bureau.channel.files.keys()]).toEqual(['/inbox/CITYCOLL202603160001.m2']);
    expect(await violations(suite.database.gateway, OFFICE)).toEqual([]);
  });

  test('of a cutoff is made once, however often the cutoff is run', async () => {
    const { bureau } = suite;
    await suite.referred();
    await bureau.judge();
    const sent = await bureau.send('initial');
    await suite.referred();
    await bureau.judge();
    expect(await bureau.send('initial')).toBe(sent);
    expect(bureau.channel.asked).toMatchObject({ upload: 1, rename: 1 });
    expect(await bureau.records(sent)).toHaveLength(1);
  });

  test('says everything that stands again at the next cutoff, with the next number', async () => {
    const { bureau } = suite;
    const [debt] = await suite.standing();
    await suite.pay(debt!, 12_345);
    await bureau.judge();
    const next = await bureau.send('2026-04-30', '2026-04-30');
    expect(await bureau.exchange(next)).toMatchObject({ sequence: 2, fileName: 'CITYCOLL202604300002.m2' });
    expect(await bureau.read(next)).toMatchObject([{ currentBalance: 401, actualPaymentAmount: 123 }]);
  });

  test('with nothing to say is not sent and takes no number', async () => {
    const { bureau } = suite;
    await bureau.judge();
    expect(await bureau.exchange(await bureau.send('initial'))).toMatchObject({ state: 'empty', sequence: null });
    expect(bureau.channel.files.size).toBe(0);
    expect(await suite.database.asOwner('select 1 from exchange.file_sequence')).toEqual([]);
  });

  test('takes a mark off by name when what restrained the debt is over', async () => {
    const { bureau, office } = suite;
    const [debt] = await suite.standing();
    const stopId = await suite.stop(debt!, 'dispute');
    await bureau.judge();
    await bureau.answer(await bureau.send('disputed'));
    await office.commands.liftStop({ actor: 'tester', correlationId: 'c' }, stopId);
    await bureau.judge();
    expect(await bureau.read(await bureau.send('settled'))).toMatchObject([{ complianceConditionCode: 'XR' }]);
  });

  test('leaves out a record that the format can not carry, parks it with its reason, and sends the others', async () => {
    const { bureau, database } = suite;
    const bad = await suite.referred();
    const good = await suite.referred();
    await database.asOwner(
      `update cases.party set surname = '李' where id = (select debtor_id from cases.case_file where id = $1)`,
      [bad.caseId],
    );
    await bureau.judge();
    const sent = await bureau.send('initial');
    expect(await bureau.read(sent)).toMatchObject([{ consumerAccountNumber: account(good) }]);
    expect(await bureau.records(sent)).toMatchObject([
      { debtId: bad.id, status: 'set-aside', reason: expect.stringContaining('surname') },
      { debtId: good.id, status: 'delivered' },
    ]);
    expect(await bureau.position(bad.id)).toMatchObject({
      presumed: 'absent',
      inFlight: 0,
      parked: expect.any(String),
    });
    await bureau.answer(sent);
    expect(await bureau.exchange(sent)).toMatchObject({ state: 'answered', failure: null });
    await bureau.judge();
    expect((await bureau.records(await bureau.send('next'))).map(({ debtId }) => debtId)).toEqual([good.id]);
  });
});

describe('a file that is not answered', () => {
  test('is superseded once the next one is taken, and not before; its late answer changes nothing', async () => {
    const { bureau } = suite;
    const debt = await suite.referred();
    await bureau.judge();
    const older = await bureau.send('2026-03-31', '2026-03-31');
    await suite.pay(debt, 500);
    await bureau.judge('2026-04-30');
    const newer = await bureau.send('2026-04-30', '2026-04-30');
    // Until then the bureau may hold what either of them says.
    expect(await statuses(older)).toEqual(['delivered']);
    expect(await bureau.position(debt.id)).toMatchObject({ inFlight: 2, known: 'absent', presumed: 'active' });
    await bureau.answer(newer);
    expect(await statuses(older)).toEqual(['superseded']);
    expect(await bureau.position(debt.id)).toMatchObject({ inFlight: 0, known: 'active', knownMinor: 52_000 });
    const { fileName } = await bureau.exchange(older);
    bureau.leave(
      'late.rej',
      rejectFile({ answers: fileName!, accepted: 0, refused: [{ account: account(debt), code: 'E1' }] }),
    );
    await bureau.collect();
    expect(await statuses(older)).toEqual(['superseded']);
    expect(await bureau.position(debt.id)).toMatchObject({ known: 'active', knownMinor: 52_000, parked: null });
  });

  test('still makes its release owed when the file that told the release is refused', async () => {
    const { bureau } = suite;
    const debt = await suite.referred();
    await bureau.judge();
    await bureau.send('2026-03-31', '2026-03-31');
    await suite.pay(debt, 52_500);
    await bureau.judge('2026-04-30');
    const release = await bureau.send('2026-04-30', '2026-04-30');
    expect(await bureau.read(release)).toMatchObject([{ accountStatus: '62' }]);
    const { fileName } = await bureau.exchange(release);
    bureau.leave(
      'a.rej',
      rejectFile({ answers: fileName!, accepted: 0, statedRefused: 1, refused: [], wholeFile: 'refused' }),
    );
    await bureau.collect('2026-04-30');
    await bureau.judge('2026-04-30');
    // The first file may have arrived: nobody has said that it did not.
    expect(await bureau.position(debt.id)).toMatchObject({ presumed: 'active', desired: 'closed', release: 'PAID' });
    expect(await bureau.read(await bureau.send('2026-05-29', '2026-05-29'))).toMatchObject([{ accountStatus: '62' }]);
  });
});

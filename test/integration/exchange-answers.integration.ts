import { describe, expect, test } from '@jest/globals';
import { BureauSuite } from '../support/bureau-suite.js';
import { rejectFile } from '../support/reject-file.js';
import { BUREAU } from '../support/test-office.js';

const suite = new BureauSuite();
const account = ({ number }: { readonly number: string }): string => `CITY${number}`;
const statuses = async (exchangeId: string): Promise<string[]> =>
  (await suite.bureau.records(exchangeId)).map(({ status }) => status);

describe('what the bureau refused', () => {
  test('is parked, and is sent again only when its content has changed', async () => {
    const { bureau } = suite;
    const refused = await suite.referred();
    const taken = await suite.referred();
    await bureau.judge();
    const sent = await bureau.send('initial');
    await bureau.answer(sent, [{ account: account(refused), code: 'E2001', message: 'CONSUMER NOT FOUND' }]);
    expect(await bureau.exchange(sent)).toMatchObject({ state: 'answered', failure: null });
    expect(await bureau.records(sent)).toMatchObject([
      { debtId: refused.id, status: 'refused', code: 'E2001', reason: expect.stringContaining('CONSUMER NOT FOUND') },
      { debtId: taken.id, status: 'accepted' },
    ]);
    await bureau.judge();
    expect((await bureau.records(await bureau.send('next'))).map(({ debtId }) => debtId)).toEqual([taken.id]);
    await suite.pay(refused, 100);
    await bureau.judge();
    expect(await bureau.records(await bureau.send('after'))).toHaveLength(2);
  });

  test('of what it holds already leaves what was known, and parks the change only', async () => {
    const { bureau } = suite;
    const [debt] = await suite.standing();
    await suite.database.asOwner(
      `insert into cases.ledger_entry (id, debt_id, case_id, case_version, kind, amount_minor, currency, effective_on, source, idempotency_key, actor, recorded_at)
       values (gen_random_uuid(), $1, $2, 1, 'interest', 5000, 'USD', '2026-03-01', 'test', 'interest', 'tester', now())`,
      [debt!.id, debt!.caseId],
    );
    await bureau.lookAtAll();
    await bureau.judge();
    const sent = await bureau.send('next');
    await bureau.answer(sent, [{ account: account(debt!), code: 'E1' }]);
    await bureau.judge();
    expect(await bureau.position(debt!.id)).toMatchObject({
      known: 'active',
      knownMinor: 52_500,
      desiredMinor: 57_500,
      parked: expect.stringContaining('E1'),
    });
  });

  test('of a release is never parked: it stays owed and goes out again', async () => {
    const { bureau } = suite;
    const [debt] = await suite.standing();
    await suite.pay(debt!, 52_500);
    await bureau.judge();
    const sent = await bureau.send('release');
    await bureau.answer(sent, [{ account: account(debt!), code: 'E9', message: 'TRY AGAIN' }]);
    await bureau.judge();
    expect(await bureau.position(debt!.id)).toMatchObject({
      known: 'active',
      desired: 'closed',
      release: 'PAID',
      parked: null,
    });
    expect(await bureau.read(await bureau.send('again'))).toMatchObject([{ accountStatus: '62' }]);
  });

  test('as a whole file is said again with the next one, and nothing is parked', async () => {
    const { bureau } = suite;
    const debts = [await suite.referred(), await suite.referred()];
    await bureau.judge();
    const sent = await bureau.send('initial');
    const { fileName } = await bureau.exchange(sent);
    bureau.leave(
      'answer.rej',
      rejectFile({
        answers: fileName!,
        accepted: 0,
        statedRefused: 2,
        refused: [],
        wholeFile: 'refused',
        reason: 'ID NOT ON FILE',
      }),
    );
    await bureau.collect();
    expect(await bureau.exchange(sent)).toMatchObject({ state: 'answered' });
    expect(await bureau.records(sent)).toMatchObject([
      { status: 'refused', reason: 'ID NOT ON FILE' },
      { status: 'refused', reason: 'ID NOT ON FILE' },
    ]);
    await bureau.judge();
    for (const debt of debts) {
      expect(await bureau.position(debt.id)).toMatchObject({ known: 'absent', presumed: 'absent', parked: null });
    }
    expect(await statuses(await bureau.send('next'))).toEqual(['delivered', 'delivered']);
  });
});

describe("the bureau's own file", () => {
  test('with a wrong total is refused with not one record applied, and the right one counts later', async () => {
    const { bureau } = suite;
    const refused = await suite.referred();
    await suite.referred();
    await bureau.judge();
    const sent = await bureau.send('initial');
    const { fileName } = await bureau.exchange(sent);
    const details = { answers: fileName!, refused: [{ account: account(refused), code: 'E1' }] };
    bureau.leave('wrong.rej', rejectFile({ ...details, accepted: 0, statedRefused: 2 }));
    await bureau.collect();
    expect(await bureau.inbound()).toMatchObject([{ state: 'refused', statuses: [], failure: expect.anything() }]);
    expect(await statuses(sent)).toEqual(['delivered', 'delivered']);
    expect(await bureau.exchange(sent)).toMatchObject({ state: 'delivered' });
    expect(await suite.database.asOwner('select 1 from exchange.applied_key')).toEqual([]);

    bureau.leave('right.rej', rejectFile({ ...details, accepted: 1 }));
    await bureau.collect();
    expect(await statuses(sent)).toEqual(['refused', 'accepted']);
    expect(await bureau.exchange(sent)).toMatchObject({ state: 'answered', failure: null });
  });

  test.each([
    ['cut off in the middle', (bytes: Buffer) => bytes.subarray(0, bytes.length - 150)],
    ['without its last line', (bytes: Buffer) => bytes.subarray(0, bytes.length - 141)],
    ['of rubbish', () => Buffer.from('\u0000\u0001rubbish\n'.repeat(50))],
    ['that is empty', () => Buffer.alloc(0)],
  ])('%s is refused and applies nothing', async (_, spoil) => {
    const { bureau } = suite;
    const debt = await suite.referred();
    await bureau.judge();
    const sent = await bureau.send('initial');
    const { fileName } = await bureau.exchange(sent);
    bureau.leave(
      'a.rej',
      spoil(rejectFile({ answers: fileName!, accepted: 0, refused: [{ account: account(debt), code: 'E1' }] })),
    );
    await bureau.collect();
    expect(await bureau.inbound()).toMatchObject([{ state: 'refused', statuses: [] }]);
    expect(await statuses(sent)).toEqual(['delivered']);
  });

  test('again, with the same bytes under another name, has no second effect', async () => {
    const { bureau } = suite;
    const debt = await suite.referred();
    await bureau.judge();
    const first = await bureau.send('initial');
    const { fileName } = await bureau.exchange(first);
    const bytes = rejectFile({ answers: fileName!, accepted: 0, refused: [{ account: account(debt), code: 'E1' }] });
    bureau.leave('one.rej', bytes);
    await bureau.collect();
    await suite.pay(debt, 100);
    await bureau.judge();
    const second = await bureau.send('next');
    bureau.leave('two.rej', bytes);
    expect(await bureau.collect()).toBe(1);
    expect(await bureau.inbound()).toMatchObject([
      { name: 'one.rej', state: 'applied', statuses: ['applied', 'applied'] },
    ]);
    expect(await statuses(second)).toEqual(['delivered']);
    expect(await bureau.exchange(second)).toMatchObject({ state: 'delivered' });
    expect(bureau.channel.files.has('/outbox/two.rej')).toBe(false);
  });

  test('that says the same things in other bytes applies none of them twice', async () => {
    const { bureau } = suite;
    const debt = await suite.referred();
    await bureau.judge();
    const first = await bureau.send('initial');
    const { fileName } = await bureau.exchange(first);
    const refused = [{ account: account(debt), code: 'E1' }];
    bureau.leave('one.rej', rejectFile({ answers: fileName!, accepted: 0, refused }));
    await bureau.collect();
    bureau.leave('two.rej', rejectFile({ answers: fileName!, accepted: 0, refused, reason: 'SENT AGAIN' }));
    await bureau.collect();
    expect((await bureau.inbound()).map((file) => file.statuses)).toEqual([
      ['applied', 'applied'],
      ['duplicate', 'duplicate'],
    ]);
  });

  test('about a file or an account that we never sent changes nothing and is kept as unmatched', async () => {
    const { bureau } = suite;
    const debt = await suite.referred();
    await bureau.judge();
    const sent = await bureau.send('initial');
    bureau.leave(
      'a.rej',
      rejectFile({ answers: 'OTHER0001.m2', accepted: 0, refused: [{ account: 'NOBODY', code: 'E1' }] }),
    );
    await bureau.collect();
    expect(await bureau.inbound()).toMatchObject([{ state: 'applied', statuses: ['unmatched', 'unmatched'] }]);
    expect(await statuses(sent)).toEqual(['delivered']);
    expect(await bureau.position(debt.id)).toMatchObject({ inFlight: 1 });
  });

  test('that counts other records than we do is applied, and the difference is kept', async () => {
    const { bureau } = suite;
    await suite.referred();
    await bureau.judge();
    const sent = await bureau.send('initial');
    const { fileName } = await bureau.exchange(sent);
    bureau.leave('a.rej', rejectFile({ answers: fileName!, accepted: 7, refused: [] }));
    await bureau.collect();
    expect(await bureau.exchange(sent)).toMatchObject({ state: 'answered', failure: { step: 'answer' } });
  });

  test('is left alone while it is being written, and when it is of no kind that we know', async () => {
    const { bureau } = suite;
    for (const name of ['a.rej.tmp', 'b.rej.part', 'notes.txt']) bureau.leave(name, Buffer.from('x'));
    expect(await bureau.collect()).toBe(0);
    expect(bureau.channel.files.size).toBe(3);
  });
});

test('records of other connectors of the office are not touched by an answer', async () => {
  const { bureau, database } = suite;
  const debt = await suite.referred();
  await bureau.judge();
  const sent = await bureau.send('initial');
  await database.asOwner(
    `insert into exchange.connector select 'other', jurisdiction_id, plugin_id, family, act, update_kind, title, mode, settings_version, created_at
     from exchange.connector where id = $1`,
    [BUREAU],
  );
  await database.asOwner(`update exchange.exchange set connector_id = 'other' where id = $1`, [sent]);
  const { fileName } = await bureau.exchange(sent);
  bureau.leave(
    'a.rej',
    rejectFile({ answers: fileName!, accepted: 0, refused: [{ account: account(debt), code: 'E1' }] }),
  );
  await bureau.collect();
  expect(await statuses(sent)).toEqual(['delivered']);
});

import { expect, test } from '@jest/globals';
import { BureauSuite } from '../support/bureau-suite.js';

const suite = new BureauSuite({}, false);

test('what is delivered to a bureau that never answers counts as held, and its releases as done', async () => {
  const { bureau } = suite;
  const debt = await suite.referred();
  await bureau.judge();
  const sent = await bureau.send('initial');
  expect(await bureau.exchange(sent)).toMatchObject({ state: 'delivered', answerDueOn: null });
  expect(await bureau.records(sent)).toMatchObject([{ status: 'accepted', code: 'delivered' }]);
  expect(await bureau.position(debt.id)).toMatchObject({ known: 'active', knownMinor: 52_500, inFlight: 0 });
  await suite.pay(debt, 52_500);
  await bureau.judge();
  expect(await bureau.position(debt.id)).toMatchObject({ desired: 'closed', release: 'PAID' });
  await bureau.send('release');
  await bureau.judge();
  expect(await bureau.position(debt.id)).toMatchObject({ known: 'absent', presumed: 'absent', release: null });
});

test('nothing that was not delivered counts as held', async () => {
  const { bureau } = suite;
  const debt = await suite.referred();
  await bureau.judge();
  bureau.channel.failNext.push('upload');
  await expect(bureau.send('initial')).rejects.toThrow('upload was made to fail');
  expect(await bureau.position(debt.id)).toMatchObject({ known: 'absent', presumed: 'active', inFlight: 1 });
});

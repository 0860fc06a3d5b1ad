import { describe, expect, jest, test } from '@jest/globals';
import { BureauSuite } from '../support/bureau-suite.js';
import type { RegisteredDebt } from '../support/test-office.js';
import { BetweenStatements } from './support/between-statements.js';
import { broken } from './support/broken.js';

jest.setTimeout(600_000);

const suite = new BureauSuite();
/** The statement that decides: what is committed before it is honoured in the file. */
const RECHECK = /\bas stale\b/;
const TOLD_ACTIVE = '93';

interface Outcome {
  /** Whether the stop was committed before the last look at the cases. */
  readonly before: boolean;
  /** Whether the file says that the debt stands. */
  readonly told: boolean;
}

/**
 * Sends a file with one debt that is stopped just before the statement of this number.
 *
 * @returns null when the sending has fewer statements
 */
async function stoppedAt(
  number: number,
  statements: BetweenStatements,
): Promise<(Outcome & { debt: RegisteredDebt; sent: string }) | null> {
  const { bureau } = suite;
  const debt = await suite.referred();
  await bureau.judge();
  let stopped = false;
  let before = false;
  statements.begin(async (statement, at) => {
    if (at === number) {
      // Events are not published: the file must see it without.
      await suite.stop(debt, 'deceased');
      stopped = true;
    }
    if (RECHECK.test(statement)) before = stopped;
  });
  const sent = await bureau.send(`stopped-at-${number}`);
  statements.end();
  const { state } = await bureau.exchange(sent);
  const records = state === 'empty' ? [] : await bureau.read(sent);
  const told = records.some(
    (record) => record['consumerAccountNumber'] === `CITY${debt.number}` && record['accountStatus'] === TOLD_ACTIVE,
  );
  return stopped ? { before, told, debt, sent } : null;
}

describe('a stop that is committed between two statements of the sending of a file', () => {
  test('at each of them: what came before the last look is not told, what came later is owed and told next', async () => {
    const { bureau, database } = suite;
    const statements = new BetweenStatements(database.connectors);
    let [honoured, owed] = [0, 0];
    for (let number = 1; ; number += 1) {
      const outcome = await stoppedAt(number, statements);
      if (outcome === null) break;
      const { before, told, debt, sent } = outcome;
      expect({ number, before, told }).toEqual({ number, before, told: !before });
      await bureau.judge();
      if (told) {
        owed += 1;
        expect(await bureau.position(debt.id)).toMatchObject({ presumed: 'active', release: 'STOP:deceased' });
        await bureau.answer(sent);
        await bureau.judge();
        const next = await bureau.send(`release-${number}`);
        expect(await bureau.read(next)).toMatchObject([
          { consumerAccountNumber: `CITY${debt.number}`, accountStatus: 'DA' },
        ]);
        await bureau.answer(next);
        await bureau.judge();
      } else {
        honoured += 1;
      }
      expect(await bureau.position(debt.id)).toMatchObject({ presumed: 'absent', inFlight: 0, release: null });
    }
    expect(honoured).toBeGreaterThan(5);
    expect(owed).toBeGreaterThan(5);
    broken(
      'a stop committed before each single statement of the sending',
      honoured + owed,
      `${honoured} before the last look were not told; ${owed} after it were owed at once and told with the next file`,
    );
  });

  test('bites: without the second look, a debt is told although its stop was committed before', async () => {
    const statements = new BetweenStatements(suite.database.connectors);
    statements.replace = (statement) =>
      RECHECK.test(statement)
        ? statement.replace(/r\.entry_id is null\s+and \([\s\S]*?\) as stale/, 'false as stale')
        : statement;
    let wrong = 0;
    // The choosing takes the first statements; a stop right behind it is what the second look is for.
    for (const number of [4, 6, 8, 10]) {
      const outcome = await stoppedAt(number, statements);
      if (outcome?.before === true && outcome.told) wrong += 1;
    }
    expect(wrong).toBeGreaterThan(0);
    broken('the second look switched off (seeded)', wrong, 'the test above notices each');
  });
});

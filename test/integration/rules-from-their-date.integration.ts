import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { addDays } from '@concord/core/calendar/domain/iso-date';
import { ConnectorRegistry } from '@concord/core/connectors/connector-registry';
import type { UnusablePlugin } from '@concord/core/connectors/plugin-list';
import type { PluginHost } from '@concord/core/plugin-host/pool';
import { debtRow } from '../support/intake-builder.js';
import { openTestHost, TestBureau, withBureau } from '../support/test-bureau.js';
import { openTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { BUREAU, openTestOffice, testJurisdiction, TODAY } from '../support/test-office.js';
import type { RegisteredDebt, TestOffice } from '../support/test-office.js';

const BEGINS = '2026-04-01';
/** Longer than the notice of a made-up debt lies back on any day of these tests. */
const WAIT = { rule: 'US-REGF-01', parameters: { waitDays: 300 }, because: 'A test' };

let host: PluginHost;
let database: TestDatabase;
beforeAll(() => {
  host = openTestHost();
});
afterAll(() => host.close());
beforeEach(async () => {
  database = await openTestDatabase();
});
afterEach(() => database.close());

interface Started {
  readonly office: TestOffice;
  readonly bureau: TestBureau;
  readonly debt: RegisteredDebt;
}

/** An office that is started with these numbers, and a debt of it that is referred to its bureau. */
async function start(...rules: unknown[]): Promise<Started> {
  const office = await openTestOffice(database, { ...(await withBureau()), rules });
  const bureau = await TestBureau.open(office, host);
  const debt = await office.debt(debtRow());
  await bureau.refer(debt.id);
  return { office, bureau, debt };
}

describe('a number that begins on a later day', () => {
  test('has debts judged on that day by the process that was started before, and none sooner', async () => {
    const { bureau, debt } = await start({ ...WAIT, from: BEGINS });
    try {
      expect(await bureau.judge(TODAY)).toBe(1);
      expect(await bureau.blocks(debt.id)).toEqual([]);
      expect(await bureau.judge(addDays(BEGINS, -1))).toBe(0);
      expect(await bureau.judge(BEGINS)).toBe(1);
      expect(await bureau.blocks(debt.id)).toEqual([{ rule: 'US-REGF-01', outcome: 'block' }]);
      expect(await bureau.position(debt.id)).toMatchObject({ desired: 'absent' });
    } finally {
      await bureau.close();
    }
  });

  test('has them judged once more on the day after its last one', async () => {
    const { bureau, debt } = await start({ ...WAIT, from: TODAY, to: BEGINS });
    try {
      expect(await bureau.judge(TODAY)).toBe(1);
      expect(await bureau.blocks(debt.id)).toEqual([{ rule: 'US-REGF-01', outcome: 'block' }]);
      expect(await bureau.judge(BEGINS)).toBe(0);
      expect(await bureau.judge(addDays(BEGINS, 1))).toBe(1);
      expect(await bureau.blocks(debt.id)).toEqual([]);
    } finally {
      await bureau.close();
    }
  });
});

describe('a start with other numbers', () => {
  const due = async (): Promise<number> => {
    const looks = await database.asOwner('select 1 from exchange.look where connector_id = $1 and due_on <= $2', [
      BUREAU,
      TODAY,
    ]);
    return looks.length;
  };
  /** What the next process of the office does first. */
  const startAgain = ({ clock }: TestOffice, jurisdiction: object, unusable: readonly UnusablePlugin[] = []) => {
    const office = testJurisdiction({ ...jurisdiction, rules: [WAIT] });
    return new ConnectorRegistry(database.connectors, host, [], [office], clock, unusable).propose();
  };

  test('has the debts of a connector judged that its file no longer names', async () => {
    const { office, bureau } = await start();
    try {
      await bureau.judge();
      expect(await due()).toBe(0);
      expect(await startAgain(office, {})).toEqual([]);
      expect(await due()).toBe(1);
    } finally {
      await bureau.close();
    }
  });

  test('keeps the process with the earlier ones from judging: what it did would stand', async () => {
    const { office, bureau, debt } = await start();
    try {
      await bureau.judge();
      await startAgain(office, {});
      await expect(bureau.judge()).rejects.toMatchObject({ code: 'rules-replaced' });
      expect(await due()).toBe(1);
      expect(await bureau.blocks(debt.id)).toEqual([]);
      const restarted = await TestBureau.open(
        await openTestOffice(database, { ...(await withBureau()), rules: [WAIT] }),
        host,
      );
      expect(await restarted.judge()).toBe(1);
      await restarted.close();
      expect(await bureau.blocks(debt.id)).toEqual([{ rule: 'US-REGF-01', outcome: 'block' }]);
    } finally {
      await bureau.close();
    }
  });

  test('has those of a connector judged whose plugin does not work, for when it does', async () => {
    const { office, bureau } = await start();
    try {
      await bureau.judge();
      const notices = await startAgain(office, await withBureau(), [{ named: 'metro2', reason: 'it is broken' }]);
      expect(notices).toMatchObject([{ connectorId: BUREAU, kind: 'unusable' }]);
      expect(await due()).toBe(1);
    } finally {
      await bureau.close();
    }
  });
});

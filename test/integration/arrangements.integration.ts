import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { ArrangementCommands } from '@concord/core/arrangements/arrangement-commands';
import type { PlanTerms } from '@concord/core/arrangements/domain/plan-terms';
import { addDays } from '@concord/core/calendar/domain/iso-date';
import { AgencySuite } from '../support/agency-suite.js';
import type { PlacedDebt } from '../support/agency-suite.js';
import { person } from '../support/intake-builder.js';
import { HARBOR } from '../support/test-agencies.js';
import { asked, OFFICE, TODAY } from '../support/test-office.js';

const suite = new AgencySuite();

/** 525.00 in five instalments of 105.00, due on 31 March, 30 April, 1 June (the 31st of May is a Sunday), and so on. */
const FIVE_MONTHS: PlanTerms = {
  frequency: 'monthly',
  firstDueOn: '2026-03-31',
  amountMinor: null,
  firstInstalmentMinor: null,
  instalments: 5,
  instalmentMinor: null,
  until: null,
};
const LAST_DAY_OF_GRACE = '2026-05-07';
const BREACHED_ON = '2026-05-08';

const commands = (): ArrangementCommands =>
  new ArrangementCommands(suite.database.gateway, [suite.office.jurisdiction], suite.office.clock);
const review = (date: string) => commands().review(OFFICE, date, 'review');
const on = (date: string) => suite.office.clock.set(`${date}T15:00:00Z`);

async function agree(debts: readonly { readonly id: string }[], changes: Partial<PlanTerms> = {}): Promise<string> {
  const { arrangementId } = await commands().agree(asked(), {
    debtIds: debts.map(({ id }) => id),
    allocation: 'oldest-first',
    terms: { ...FIVE_MONTHS, ...changes },
    idempotencyKey: randomUUID(),
  });
  return arrangementId;
}

const pay = (debt: { readonly id: string }, amountMinor: number, paidOn: string) =>
  suite.office.commands.postPayment(asked(), {
    debtId: debt.id,
    amountMinor,
    currency: 'USD',
    paidOn,
    reference: null,
    idempotencyKey: randomUUID(),
    settles: false,
  });

const events = async (arrangementId: string): Promise<string[]> =>
  (
    await suite.database.asOwner<{ kind: string }>(
      'select kind from cases.change where subject_id = $1 order by version',
      [arrangementId],
    )
  ).map(({ kind }) => kind);

describe('an arrangement about a debt that an agency has', () => {
  test('takes it back while it is kept, and lets it go there again after a breach', async () => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    const id = await agree([debt!]);
    expect(await agencies.cutoff('agreed')).toMatchObject([{ kind: 'recalls', state: 'closed' }]);
    await agencies.judge();
    expect(await agencies.placement(debt!.id)).toMatchObject({ known: 'absent', release: null });

    on('2026-04-08');
    await pay(debt!, 10_500, '2026-03-31');
    expect(await review('2026-04-08')).toEqual({ breached: 0, completed: 0 });
    expect(await agencies.cutoff('kept', HARBOR, '2026-04-08')).toEqual([]);

    on(LAST_DAY_OF_GRACE);
    expect(await commands().view(id, null)).toMatchObject({ standing: 'late', behindMinor: 10_500 });
    expect(await review(LAST_DAY_OF_GRACE)).toEqual({ breached: 0, completed: 0 });
    on(BREACHED_ON);
    expect(await review(BREACHED_ON)).toEqual({ breached: 1, completed: 0 });
    expect(await review(BREACHED_ON)).toEqual({ breached: 0, completed: 0 });
    expect(await events(id)).toEqual(['concord.arrangement.agreed.v1', 'concord.arrangement.breached.v1']);
    expect(await agencies.cutoff('breached', HARBOR, BREACHED_ON)).toMatchObject([
      { kind: 'placements', state: 'active', amountMinor: 42_000 },
    ]);
  });

  test('that is extended after a breach takes it back again', async () => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    const id = await agree([debt!]);
    await agencies.cutoff('agreed');
    on(BREACHED_ON);
    await review(BREACHED_ON);
    await agencies.cutoff('breached', HARBOR, BREACHED_ON);
    const terms = { ...FIVE_MONTHS, firstDueOn: '2026-05-29', instalments: 10 };
    const order = { arrangementId: id, terms, idempotencyKey: 'again' };
    expect(await commands().extend(asked(), order)).toEqual({ revision: 2, extended: true });
    expect(await commands().extend(asked(), order)).toEqual({ revision: 2, extended: false });
    expect(await agencies.cutoff('extended', HARBOR, BREACHED_ON)).toMatchObject([
      { kind: 'recalls', state: 'closed' },
    ]);
    expect(await commands().view(id, null)).toMatchObject({ state: 'in-force', standing: 'kept', revision: 2 });
    expect(await commands().view(id, LAST_DAY_OF_GRACE)).toMatchObject({ standing: 'breached', revision: 1 });
  });

  test('opens nothing by its breach that something else blocks', async () => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    await agree([debt!]);
    await suite.stop(debt!, 'dispute');
    await agencies.cutoff('agreed');
    on(BREACHED_ON);
    expect(await review(BREACHED_ON)).toEqual({ breached: 1, completed: 0 });
    expect(await agencies.cutoff('breached', HARBOR, BREACHED_ON)).toEqual([]);
  });

  test('holds back only what the office names', async () => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    const jurisdiction = { ...suite.office.jurisdiction, arrangements: { holdsBack: ['intercept' as const] } };
    const others = new ArrangementCommands(suite.database.gateway, [jurisdiction], suite.office.clock);
    const order = { debtIds: [debt!.id], allocation: 'pro-rata' as const, terms: FIVE_MONTHS, idempotencyKey: 'one' };
    await others.agree(asked(), order);
    expect(await agencies.cutoff('agreed')).toEqual([]);
    expect(await agencies.placement(debt!.id)).toMatchObject({ desired: 'active' });
  });
});

describe('the marks of a day', () => {
  test('are those that each arrangement by itself would get', async () => {
    const { arrangements, paid } = await manyArrangements();
    expect(paid).toBeGreaterThan(0);
    for (const date of ['2026-04-08', '2026-04-10', BREACHED_ON, '2026-12-31']) {
      on(date);
      const expected = new Map<string, string>();
      for (const id of arrangements) {
        const { state, standing } = await commands().view(id, date);
        const marked = state === 'in-force' && (standing === 'breached' || standing === 'completed');
        expected.set(id, marked ? standing : state);
      }
      await review(date);
      for (const id of arrangements)
        expect([id, (await commands().view(id, date)).state]).toEqual([id, expected.get(id)]);
    }
    const states = new Set(
      (await suite.database.asOwner<{ state: string }>('select distinct state from cases.arrangement')).map(
        ({ state }) => state,
      ),
    );
    expect([...states].sort()).toEqual(['breached', 'completed']);
  });

  async function manyArrangements(): Promise<{ arrangements: string[]; paid: number }> {
    const arrangements: string[] = [];
    let paid = 0;
    for (let place = 0; place < 8; place += 1) {
      const debt: PlacedDebt = await suite.registered();
      arrangements.push(await agree([debt], { instalments: 1 + (place % 4) }));
      for (let month = 0; month < place; month += 1) {
        const entry = await pay(debt, 7_000 + place * 1_500, addDays('2026-03-25', month * 20));
        paid += 1;
        if (place % 3 === 2 && month === 1) await suite.entry(debt, 'reversal', 7_000 + place * 1_500, entry.entryId);
        if (place === 6 && month === 2) await suite.entry(debt, 'adjustment', 10_000);
      }
    }
    return { arrangements, paid };
  }
});

describe('an arrangement over several debts', () => {
  test('divides what is paid, and counts what is paid for any of them', async () => {
    const debtor = person();
    const older = await suite.registered({ debtor, incurredOn: '2025-01-05' });
    const newer = await suite.registered({ debtor });
    const id = await agree([newer, older], { instalments: 10 });
    const order = { arrangementId: id, amountMinor: 60_000, currency: 'USD', paidOn: null, reference: null };
    const first = await commands().pay(asked(), { ...order, idempotencyKey: 'p' });
    expect(first).toMatchObject({
      posted: true,
      shares: [
        { debtId: older.id, amountMinor: 52_500 },
        { debtId: newer.id, amountMinor: 7_500 },
      ],
    });
    expect(await commands().pay(asked(), { ...order, idempotencyKey: 'p' })).toEqual({ ...first, posted: false });
    await pay(newer, 5_000, TODAY);
    expect(await commands().view(id, null)).toMatchObject({ paidMinor: 65_000, standing: 'kept' });
    await expect(agree([older])).rejects.toMatchObject({ code: 'already-arranged' });
  });
});

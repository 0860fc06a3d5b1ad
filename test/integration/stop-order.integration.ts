import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Act, StopKind } from '@concord/plugin-sdk';
import { ArrangementCommands } from '@concord/core/arrangements/arrangement-commands';
import { violations } from '@concord/core/cases/conservation';
import { rows } from '@concord/core/database/sql';
import { readSnapshots } from '@concord/core/positions/read-snapshots';
import { judge, releaseDuty } from '@concord/core/rules/domain/judge';
import fc from 'fast-check';
import { debtRow, person } from '../support/intake-builder.js';
import { openTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { asked, OFFICE, openTestOffice, TODAY } from '../support/test-office.js';
import type { TestOffice } from '../support/test-office.js';

jest.setTimeout(300_000);

/** Each run has two cases: one to which things happen in sequence, and one to which only what is left of them happens. */
const RUNS = 100;
const AHEAD = 40;
const ACTS: readonly Act[] = ['report', 'place'];

/** One case: an old debt of its debtor, and a newer one that somebody owes with them. */
interface SmallCase {
  readonly id: string;
  readonly debtor: string;
  readonly coDebtor: string;
  readonly old: string;
  readonly shared: string;
}

type Subject = Exclude<keyof SmallCase, 'id'> | 'case';

/** A stop that may stand on a case, by its place in the list of a run. */
interface Slot {
  readonly kind: StopKind;
  readonly subject: Subject;
  readonly endsOn: string | null;
  readonly chapter: '7' | '13';
  /** Whether the shared debt survives the discharge of this insolvency. */
  readonly survives: boolean;
}

type Step = { readonly slot: number; readonly does: 'place' | 'lift' | 'discharge' };
/** How a slot stands at the end. A discharge stays for good. */
type Standing = 'none' | 'placed' | 'discharged';

const slot = fc.record<Slot>({
  kind: fc.constantFrom<Slot['kind']>(
    ...(['insolvency', 'insolvency', 'insolvency', 'arrangement', 'arrangement'] as const),
    ...(['dispute', 'deceased', 'moratorium'] as const),
    ...(['active-duty', 'hearing-pending', 'judicial-stay', 'hardship', 'vulnerability', 'appeal'] as const),
  ),
  subject: fc.constantFrom<Subject>('case', 'debtor', 'coDebtor', 'old', 'shared'),
  endsOn: fc.constantFrom(null, '2026-12-31'),
  chapter: fc.constantFrom<Slot['chapter']>('7', '13'),
  survives: fc.boolean(),
});
const step = fc.record<Step>({
  slot: fc.nat({ max: 3 }),
  does: fc.constantFrom<Step['does']>('place', 'place', 'lift', 'discharge'),
});

const one = (kind: StopKind, subject: Subject): Slot => ({ kind, subject, endsOn: null, chapter: '7', survives: true });
/** What chance may leave out. */
const EXAMPLES: [Slot[], Step[]][] = [
  [[one('insolvency', 'case')], [step0('place'), step0('discharge'), step0('lift'), step0('place')]],
  [[one('insolvency', 'coDebtor')], [step0('place'), step0('lift'), step0('place'), step0('discharge')]],
  [[one('arrangement', 'old')], [step0('place'), step0('lift'), step0('place')]],
  [[one('dispute', 'shared')], [step0('place'), step0('lift')]],
];

function step0(does: Step['does']): Step {
  return { slot: 0, does };
}

let database: TestDatabase;
let office: TestOffice;
let arrangements: ArrangementCommands;
let keys = 0;
const pool: SmallCase[] = [];

beforeAll(async () => {
  database = await openTestDatabase();
  office = await openTestOffice(database);
  arrangements = new ArrangementCommands(database.gateway, [office.jurisdiction], office.clock);
});
afterAll(() => database.close());

describe('any sequence of stops and lifts', () => {
  test('ends where the stops that are left would end if they were applied at once', async () => {
    const seen = { discharges: 0, arrangements: 0, nothing: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.array(slot, { minLength: 1, maxLength: 4 }),
        fc.array(step, { maxLength: 9 }),
        async (slots, steps) => {
          const [first, other] = [await smallCase(), await smallCase()];
          const left = await inSequence(first, slots, steps);
          await atOnce(other, slots, left);
          expect(await seenByConnectors(first)).toEqual(await seenByConnectors(other));
          seen.discharges += left.filter((standing) => standing === 'discharged').length;
          seen.arrangements += left.filter((to, at) => to === 'placed' && slots[at]!.kind === 'arrangement').length;
          seen.nothing += left.every((standing) => standing === 'none') ? 1 : 0;
        },
      ),
      { numRuns: RUNS, examples: EXAMPLES },
    );
    // What the property is about did occur.
    expect(Math.min(seen.discharges, seen.arrangements, seen.nothing)).toBeGreaterThan(0);
    expect(await violations(database.gateway, OFFICE)).toEqual([]);
  });
});

/** Takes a case that nothing has happened to yet; they are registered in batches. */
async function smallCase(): Promise<SmallCase> {
  if (pool.length === 0) {
    const made = Array.from({ length: AHEAD }, () => {
      const debtor = person();
      const coDebtors = [person()];
      return [debtRow({ debtor }), debtRow({ debtor, coDebtors, incurredOn: '2025-06-01' })];
    });
    await office.register(made.flat());
    pool.push(
      ...(await database.asOwner<SmallCase>(
        `select c.id, c.debtor_id as debtor, p.party_id as "coDebtor", o.id as old, s.id as shared
         from cases.case_file c
         join cases.debt o on o.case_id = c.id and o.incurred_on = '2025-05-01'
         join cases.debt s on s.case_id = c.id and s.incurred_on = '2025-06-01'
         join cases.debt_party p on p.debt_id = s.id and p.role = 'co-debtor'
         where o.source_reference = any($1)`,
        [made.map(([old]) => old!.sourceReference)],
      )),
    );
  }
  return pool.pop()!;
}

/** Carries the steps out one after the other. @returns how each slot stands at the end */
async function inSequence(on: SmallCase, slots: readonly Slot[], steps: readonly Step[]): Promise<Standing[]> {
  const standing: Standing[] = slots.map(() => 'none');
  const stops = new Map<number, string>();
  for (const { slot: wanted, does } of steps) {
    const at = wanted % slots.length;
    const of = slots[at]!;
    // Again, and for what is not there: nothing changes, which the store must say as well.
    if (does === 'place' && standing[at] === 'none') {
      const id = await place(on, of);
      if (id !== null) {
        stops.set(at, id);
        standing[at] = 'placed';
      }
    } else if (does === 'lift' && standing[at] === 'placed') {
      await lift(of, stops.get(at)!);
      expect(await lift(of, stops.get(at)!)).toBe(false);
      standing[at] = 'none';
    } else if (does === 'discharge' && standing[at] === 'placed' && of.kind === 'insolvency') {
      await discharge(on, of, stops.get(at)!);
      standing[at] = 'discharged';
    }
  }
  return standing;
}

async function atOnce(on: SmallCase, slots: readonly Slot[], left: readonly Standing[]): Promise<void> {
  for (const [at, of] of slots.entries()) {
    if (left[at] === 'none') continue;
    const id = await place(on, of);
    if (left[at] === 'discharged') await discharge(on, of, id!);
  }
}

/** @returns the stop's or arrangement's id; null where another arrangement has the debt */
async function place(on: SmallCase, { kind, subject, endsOn, chapter }: Slot): Promise<string | null> {
  keys += 1;
  const idempotencyKey = `stop-${keys}`;
  if (kind === 'arrangement') {
    const debt = subject === 'shared' || subject === 'coDebtor' ? on.shared : on.old;
    const rest = { firstInstalmentMinor: null, instalmentMinor: null, until: null, amountMinor: null };
    const terms = { frequency: 'monthly' as const, firstDueOn: '2026-04-15', instalments: 5, ...rest };
    const order = { debtIds: [debt], allocation: 'oldest-first' as const, terms, idempotencyKey };
    return arrangements.agree(asked(), order).then(
      ({ arrangementId }) => arrangementId,
      (error: { code?: string }) => {
        if (error.code === 'already-arranged') return null;
        throw error;
      },
    );
  }
  const placed = await office.commands.placeStop(asked(), {
    subject: subjectOf(on, subject),
    kind,
    startsOn: TODAY,
    endsOn: kind === 'moratorium' ? '2026-12-31' : endsOn,
    details: kind === 'insolvency' ? { chapter, filedOn: TODAY } : {},
    source: 'property',
    idempotencyKey,
  });
  return placed.stopId;
}

function subjectOf(on: SmallCase, subject: Subject) {
  if (subject === 'case') return { kind: 'case', id: on.id } as const;
  const kind = subject === 'debtor' || subject === 'coDebtor' ? 'party' : 'debt';
  return { kind, id: on[subject] } as const;
}

async function lift({ kind }: Slot, id: string): Promise<boolean> {
  if (kind === 'arrangement') return (await arrangements.end(asked(), id, 'property')).ended;
  return (await office.commands.liftStop(asked(), id)).lifted;
}

async function discharge(on: SmallCase, { subject, survives }: Slot, stopId: string): Promise<void> {
  const reached = subject !== 'old' && survives;
  const surviving = reached ? [{ debtId: on.shared, ground: '11 USC 523(a)(7)' }] : [];
  const order = { stopId, on: TODAY, surviving, proof: 'ORDER' };
  expect(await office.commands.dischargeStop(asked(), order)).toMatchObject({ recorded: true });
  expect(await office.commands.dischargeStop(asked(), order)).toMatchObject({ recorded: false });
}

/**
 * What connectors see of a case's two debts: the rows in force of their view of stops, what they read of them, and what the
 * rules say by that. Ids are replaced by what they mean in the case.
 */
async function seenByConnectors(of: SmallCase): Promise<unknown> {
  const meaning = new Map(Object.entries(of).map(([name, id]) => [id as string, name]));
  const view = await rows<{ subject_id: string; party_id: string | null }>(
    database.connectors,
    `select scope, subject_id, kind, starts_on, ends_on, details, party_id from cases_v1.stop
     where lifted_on is null and subject_id = any($1)`,
    [Object.values(of)],
  );
  const inForce = view.map((row) => ({
    ...row,
    subject_id: meaning.get(row.subject_id),
    party_id: meaning.get(row.party_id ?? ''),
  }));
  const snapshots = await database.connectors.transaction((manager) =>
    readSnapshots(manager, 'nobody', [of.old, of.shared], TODAY),
  );
  return {
    inForce: sorted(inForce),
    debts: snapshots.map((snapshot) => ({
      debt: meaning.get(snapshot.debt.id),
      stops: sorted(snapshot.stops.map(({ id: _, partyId, ...rest }) => ({ ...rest, of: meaning.get(partyId ?? '') }))),
      judged: ACTS.map((act) => {
        const { outcome, reasons } = judge(snapshot, act, TODAY);
        return {
          act,
          outcome,
          reasons: sorted(reasons.map(({ rule, outcome: each, earliestOn }) => ({ rule, each, earliestOn }))),
          duty: releaseDuty(snapshot, act, TODAY),
        };
      }),
    })),
  };
}

/** In an order that does not depend on when things happened. */
function sorted(list: readonly object[]): string[] {
  return list.map((item) => JSON.stringify(item)).sort();
}

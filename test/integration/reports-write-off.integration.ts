import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { StopKind } from '@concord/plugin-sdk';
import { ArrangementCommands } from '@concord/core/arrangements/arrangement-commands';
import type { IntakeRow } from '@concord/core/cases/domain/intake-row';
import { LedgerCommands } from '@concord/core/cases/ledger/ledger-commands';
import type { StopSubject } from '@concord/core/cases/stops';
import { everyRow, Reports } from '@concord/core/reports/reports';
import { debtRow, person } from '../support/intake-builder.js';
import { openTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { asked, OFFICE, openTestOffice, TODAY } from '../support/test-office.js';
import type { RegisteredDebt, TestOffice } from '../support/test-office.js';

const WRITE_OFF = {
  olderThanYears: 10,
  limitation: [
    {
      ...{ debtTypes: ['care'], years: 6, runsFrom: 'incurred', restartsOnPayment: true },
      citation: 'Example Act s.1',
    },
  ],
  deceasedWithoutEstate: true,
  dischargedInsolvency: true,
  returnedNotices: 2,
};

let database: TestDatabase;
let office: TestOffice;
let reports: Reports;

beforeEach(async () => {
  database = await openTestDatabase();
  office = await openTestOffice(database, { writeOff: WRITE_OFF });
  reports = new Reports(database.gateway, [office.jurisdiction], office.clock);
});
afterEach(() => database.close());

const debt = (changes: Partial<IntakeRow> = {}): Promise<RegisteredDebt> =>
  office.debt(debtRow({ proofs: [], itemisedOn: null, ...changes }));

const stop = async (kind: StopKind, subject: StopSubject, details: Record<string, string> = {}): Promise<string> => {
  const { stopId } = await office.commands.placeStop(asked(), {
    ...{ subject, kind, startsOn: '2026-02-01', endsOn: null, details },
    ...{ source: 'letter', idempotencyKey: randomUUID() },
  });
  return stopId;
};

/** The grounds by the number of the debt. */
async function recommended(asOf = TODAY): Promise<Record<string, unknown>> {
  const report = await reports.run({
    ...{ report: 'write-off-recommendations', jurisdiction: OFFICE, asOf, from: null, to: null },
  });
  return Object.fromEntries((await everyRow(report)).map(({ number, rules }) => [String(number), rules]));
}

const proof = (of: RegisteredDebt, kind: 'notice-returned' | 'conversation-held', on: string) =>
  office.commands.recordProof(asked(), { debtId: of.id, kind, on, reference: null, idempotencyKey: randomUUID() });

const pay = (of: RegisteredDebt, paidOn: string) =>
  office.commands.postPayment(asked(), {
    ...{ debtId: of.id, amountMinor: 100, currency: 'USD', paidOn, reference: null },
    ...{ idempotencyKey: randomUUID(), settles: false },
  });

describe('write-offs are recommended', () => {
  test('for the death of the debtor who left nothing, wherever that stop stands, from its first day until it is lifted', async () => {
    const [ofDebt, ofCase, ofParty] = [await debt(), await debt(), await debt()];
    const details = { estate: 'none' };
    await stop('deceased', { kind: 'debt', id: ofDebt.id }, details);
    const lifted = await stop('deceased', { kind: 'case', id: ofCase.caseId }, details);
    await stop('deceased', { kind: 'party', id: ofParty.debtorId }, details);
    await stop('deceased', { kind: 'debt', id: (await debt()).id });
    const all = Object.fromEntries([ofDebt, ofCase, ofParty].map(({ number }) => [number, ['WO-DECEASED']]));
    expect(await recommended()).toEqual(all);
    expect(await recommended('2026-01-31')).toEqual({});
    await office.commands.liftStop(asked(), lifted);
    expect(Object.keys(await recommended())).toEqual([ofDebt.number, ofParty.number]);
    expect(await recommended('2026-03-15')).toEqual(all);
  });

  test('for what a court discharged, not for what survives, nor where a co-debtor alone was discharged', async () => {
    const debtor = person();
    const [gone, kept] = [await debt({ debtor }), await debt({ debtor })];
    const insolvency = await stop('insolvency', { kind: 'case', id: gone.caseId }, { chapter: '7' });
    const coDebtor = person();
    const shared = await debt({ coDebtors: [coDebtor] });
    const [other] = await database.asOwner<{ id: string }>('select id from cases.party where source_reference = $1', [
      coDebtor.sourceReference,
    ]);
    const theirs = await stop('insolvency', { kind: 'party', id: other!.id }, { chapter: '7' });
    expect(await recommended()).toEqual({});
    const on = '2026-03-10';
    const surviving = [{ debtId: kept.id, ground: '11 USC 523(a)(7)' }];
    await office.commands.dischargeStop(asked(), { stopId: insolvency, on, surviving, proof: null });
    await office.commands.dischargeStop(asked(), { stopId: theirs, on, surviving: [], proof: null });
    expect(await recommended()).toEqual({ [gone.number]: ['WO-DISCHARGED'] });
    expect(await recommended('2026-03-09')).toEqual({});
    expect(shared.number).not.toBe(gone.number);
  });

  test('for letters that came back since anybody was reached or paid', async () => {
    const [lost, spoken, paid] = [await debt(), await debt(), await debt()];
    for (const each of [lost, spoken, paid]) {
      await proof(each, 'notice-returned', '2026-01-10');
      await proof(each, 'notice-returned', '2026-02-10');
    }
    await proof(spoken, 'conversation-held', '2026-01-20');
    await pay(paid, '2026-02-10');
    expect(await recommended()).toEqual({ [lost.number]: ['WO-UNTRACEABLE'] });
    expect(await recommended('2026-02-09')).toEqual({});
    expect(Object.keys(await recommended('2026-02-10'))).toEqual([lost.number]);
  });

  test('for age and limitation, which a payment starts again unless it is taken back', async () => {
    const care = (incurredOn: string) =>
      debt({ type: 'care', incurredOn, delinquentOn: incurredOn, entries: bill(incurredOn) });
    const [old, barred, running] = [await care('2015-03-16'), await care('2020-03-16'), await care('2020-03-17')];
    expect(await recommended()).toEqual({
      [old.number]: ['WO-AGE', 'WO-LIMITATION'],
      [barred.number]: ['WO-LIMITATION'],
    });
    const { entryId } = await pay(barred, '2024-01-01');
    expect(Object.keys(await recommended())).toEqual([old.number]);
    const ledger = new LedgerCommands(database.gateway, [office.jurisdiction], office.clock);
    await ledger.reverse(asked(), {
      ...{ debtId: barred.id, entryId, reason: 'bounced', reference: null, idempotencyKey: 'r', effectiveOn: null },
    });
    expect(Object.keys(await recommended())).toEqual([old.number, barred.number]);
    expect(running.number).not.toBe(barred.number);
  });

  test('for nobody who pays by an arrangement, nor who owes nothing', async () => {
    const [arranged, paid] = [await debt(OLD), await debt(OLD)];
    expect(Object.keys(await recommended())).toEqual([arranged.number, paid.number]);
    const arrangements = new ArrangementCommands(database.gateway, [office.jurisdiction], office.clock);
    await arrangements.agree(asked(), {
      ...{ debtIds: [arranged.id], allocation: 'oldest-first', idempotencyKey: 'a' },
      terms: {
        ...{ frequency: 'monthly', firstDueOn: '2026-04-01', instalments: 5, instalmentMinor: null, until: null },
        ...{ amountMinor: null, firstInstalmentMinor: null },
      },
    });
    await office.commands.postPayment(asked(), {
      ...{ debtId: paid.id, amountMinor: 50_000, currency: 'USD', paidOn: TODAY, reference: null },
      ...{ idempotencyKey: 'all', settles: false },
    });
    expect(await recommended()).toEqual({});
    expect(Object.keys(await recommended('2026-03-15'))).toEqual([arranged.number, paid.number]);
  });
});

const bill = (on: string) => [{ kind: 'assessment' as const, amountMinor: 50_000, on, reference: 'bill' }];
const OLD: Partial<IntakeRow> = { incurredOn: '2014-01-01', delinquentOn: '2014-02-01', entries: bill('2014-01-01') };

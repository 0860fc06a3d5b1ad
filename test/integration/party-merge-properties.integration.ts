import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { reachingStops } from '@concord/core/cases/reaching-stops.sql';
import type { StopSubject } from '@concord/core/cases/stops';
import { rows } from '@concord/core/database/sql';
import { readParty } from '@concord/core/parties/party-reads';
import { debtRow, person } from '../support/intake-builder.js';
import { PartySuite } from '../support/party-suite.js';
import { asked } from '../support/test-office.js';
import type { RegisteredDebt } from '../support/test-office.js';

const suite = new PartySuite();
const PARTIES = 4;
const ADDRESS = {
  ...{ line1: '9 New Street', line2: null, city: 'Exampleton', region: 'TX', postalCode: '75002', country: 'US' },
};

const place = fc.nat({ max: PARTIES - 1 });
/** What stands with parties before anything is merged, and which are then merged and undone in which order. */
const story = fc.record({
  coDebtors: fc.array(fc.tuple(place, place), { maxLength: 3 }),
  stops: fc.array(fc.tuple(place, fc.constantFrom('party' as const, 'case' as const, 'debt' as const)), {
    maxLength: 4,
  }),
  details: fc.array(fc.tuple(place, fc.constantFrom('address' as const, 'telephone' as const, 'name' as const)), {
    maxLength: 4,
  }),
  merges: fc.array(fc.tuple(place, place), { minLength: 1, maxLength: 6 }),
  undoOrder: fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
});
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;

async function tell({ coDebtors, stops, details }: Story): Promise<RegisteredDebt[]> {
  const people = Array.from({ length: PARTIES }, () => person());
  const debts: RegisteredDebt[] = [];
  for (const debtor of people) debts.push(await suite.office.debt(debtRow({ debtor })));
  for (const [debtor, other] of coDebtors) {
    if (debtor === other) continue;
    await suite.office.debt(debtRow({ debtor: people[debtor]!, coDebtors: [people[other]!] }));
  }
  for (const [at, kind] of stops) {
    const { id, caseId, debtorId } = debts[at]!;
    const subject: StopSubject = { kind, id: { party: debtorId, case: caseId, debt: id }[kind] };
    await suite.stop(subject, kind === 'debt' ? 'dispute' : 'hardship');
  }
  for (const [at, kind] of details) await add(debts[at]!.debtorId, kind);
  return debts;
}

async function add(partyId: string, kind: Story['details'][number][1]): Promise<void> {
  const common = { partyId, sourceDetail: null, since: null, idempotencyKey: suite.key() };
  if (kind === 'address') {
    await suite.parties.addAddress(asked(), {
      ...{ ...common, kind: 'residence', address: ADDRESS, source: 'officer', verifiedOn: null },
    });
  } else if (kind === 'telephone') {
    const point = { kind: 'telephone' as const, value: '5125550144', hours: null, doNotUseReason: null };
    await suite.parties.addContactPoint(asked(), { ...common, ...point, source: 'debtor' });
  } else {
    const name = { kind: 'nickname' as const, surname: 'Sample', firstName: 'Bo', middleName: null, generation: null };
    await suite.parties.addName(asked(), { ...common, ...name, until: null, source: 'call' });
  }
}

async function everything(debts: readonly RegisteredDebt[]): Promise<unknown> {
  const reads: unknown[] = [];
  for (const { debtorId } of debts) reads.push(await readParty(suite.database.gateway, debtorId));
  return { reads, views: await suite.everyViewRow() };
}

/** The stops of every debt as all that is not a connector reads them, beside how connectors do. */
async function seesWhatConnectorsSee(): Promise<void> {
  const debts = await suite.database.asOwner<{ id: string }>('select id from cases.debt order by id');
  const found = await rows<{ debt_id: string; stop_id: string; party_id: string | null }>(
    suite.database.gateway,
    `select r.* from (${reachingStops('cases.debt')}) r join cases.stop s on s.id = r.stop_id where s.lifted_on is null`,
  );
  const ours = found.map(({ debt_id, stop_id, party_id }) => `${debt_id} ${stop_id} ${party_id}`);
  const theirs: string[] = [];
  for (const debt of debts) {
    const { stops } = await suite.snapshot(debt);
    theirs.push(...stops.map(({ id, partyId }) => `${debt.id} ${id} ${partyId}`));
  }
  expect(ours.sort()).toEqual(theirs.sort());
}

test('merges that are all undone, in whatever order, leave every read and every view row as before', async () => {
  await fc.assert(
    fc.asyncProperty(story, async (told) => {
      const debts = await tell(told);
      const before = await everything(debts);
      const made: string[] = [];
      for (const [duplicate, survivor] of told.merges) {
        const attempt = suite.merge(debts[duplicate]!.debtorId, debts[survivor]!.debtorId);
        const { mergeId } = await attempt.catch((refusal: { code: string }) => {
          expect(['same-party', 'party-merged']).toContain(refusal.code);
          return { mergeId: null };
        });
        if (mergeId !== null && !made.includes(mergeId)) made.push(mergeId);
      }
      if (made.length > 0) expect(await everything(debts)).not.toEqual(before);
      await seesWhatConnectorsSee();
      const order = made.map((id, index) => ({ id, at: told.undoOrder[index]! })).sort((a, b) => a.at - b.at);
      for (const { id } of order) {
        expect(await suite.parties.undoMerge(asked(), id, 'property')).toEqual({ undone: true });
      }
      expect(await everything(debts)).toEqual(before);
    }),
    { numRuns: 15 },
  );
}, 240_000);

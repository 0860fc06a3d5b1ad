import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { STOP_KINDS } from '@concord/plugin-sdk';
import type { StopKind } from '@concord/plugin-sdk';
import { addDays } from '@concord/core/calendar/domain/iso-date';
import type { LeftOut } from '@concord/core/notices/domain/left-out';
import type { ExplainedDebt } from '@concord/core/rules/rule-queries';
import { ApiSuite } from '../support/api-suite.js';
import { person } from '../support/intake-builder.js';

const api = new ApiSuite();

type Body = Record<string, unknown>;

const OFFICES = [
  { id: 'us-ca-berkeley', currency: 'USD', kind: 'validation-notice', country: 'US' },
  { id: 'gb-hillingdon', currency: 'GBP', kind: 'first-notice', country: 'GB' },
  { id: 'ca-nl', currency: 'CAD', kind: 'first-notice', country: 'CA' },
] as const;
type Office = (typeof OFFICES)[number];

const post = async (path: string, body: Body, status = 201): Promise<Body> =>
  (await api.post(`/api/v1/${path}`, body).expect(status)).body as Body;
const key = () => ({ idempotencyKey: randomUUID() });

/** Something on record that may be in the way of a letter. */
interface Fact {
  readonly name: string;
  record(debt: Debt): Promise<unknown>;
}
interface Debt {
  readonly id: string;
  readonly caseId: string;
  readonly debtorId: string;
  readonly coDebtorId: string;
  readonly currency: string;
}

const stop = (subject: Body, kind: StopKind, changes: Body = {}) =>
  post('stops', api.stop({ subject, kind, ...changes }));
const onDebt = (name: string, kind: StopKind, changes: Body = {}): Fact => ({
  name,
  record: ({ id }) => stop({ kind: 'debt', id }, kind, changes),
});

/** What a stop of a kind can't be without. */
const needs = (kind: StopKind, today: string): Body => {
  if (kind === 'insolvency') return { details: { chapter: '7', procedure: 'bankruptcy' } };
  return kind === 'moratorium' ? { endsOn: addDays(today, 30) } : {};
};

function factsOn(today: string): readonly Fact[] {
  const yesterday = addDays(today, -1);
  const kinds = STOP_KINDS.filter((kind) => kind !== 'arrangement');
  const insolvent = (details: Body): Body => ({
    startsOn: addDays(today, -90),
    details: { chapter: '7', procedure: 'bankruptcy', ...details },
  });
  const chapter13 = { details: { chapter: '13', procedure: 'proposal' } };
  const past: Body = { startsOn: addDays(today, -90), endsOn: addDays(today, -10) };
  return [
    { name: 'nothing', record: () => Promise.resolve() },
    ...kinds.map((kind) => onDebt(kind, kind, needs(kind, today))),
    ...kinds.map((kind): Fact => ({
      name: `${kind} of the co-debtor`,
      record: ({ coDebtorId }) => stop({ kind: 'party', id: coDebtorId }, kind, needs(kind, today)),
    })),
    ...kinds.map((kind) => onDebt(`${kind} to come`, kind, { ...needs(kind, today), startsOn: addDays(today, 1) })),
    {
      name: 'do-not-contact of the debtor',
      record: ({ debtorId }) => stop({ kind: 'party', id: debtorId }, 'do-not-contact'),
    },
    { name: 'dispute of the case', record: ({ caseId }) => stop({ kind: 'case', id: caseId }, 'dispute') },
    onDebt('dispute that is over', 'dispute', { startsOn: addDays(today, -9), endsOn: yesterday }),
    onDebt('insolvency that was dismissed', 'insolvency', insolvent({ dismissedOn: yesterday })),
    onDebt('insolvency with relief', 'insolvency', insolvent({ reliefOn: yesterday })),
    {
      name: 'insolvency that was discharged',
      record: async ({ debtorId }) => {
        const placed = await stop({ kind: 'party', id: debtorId }, 'insolvency', insolvent({}));
        await post(`stops/${String(placed['stopId'])}/discharge`, { on: today }, 200);
      },
    },
    {
      name: 'chapter 13 of the co-debtor',
      record: ({ coDebtorId }) => stop({ kind: 'party', id: coDebtorId }, 'insolvency', chapter13),
    },
    onDebt('moratorium that is over', 'moratorium', past),
    {
      name: 'moratorium of whose end the office was told',
      record: async ({ id }) => {
        await stop({ kind: 'debt', id }, 'moratorium', past);
        const told = { kind: 'certificate', subject: 'breathing-space-ended', on: addDays(today, -5) };
        await post('proofs', { debtId: id, ...told, ...key() });
      },
    },
    onDebt('moratorium in a crisis', 'moratorium', { ...past, details: { scheme: 'mental-health-crisis' } }),
    {
      name: 'paid in full',
      record: ({ id, currency }) => post('payments', { debtId: id, amountMinor: 52_500, currency, ...key() }),
    },
    {
      name: 'settled, with a rest',
      record: async ({ id, currency }) => {
        await post('payments', { debtId: id, amountMinor: 30_000, currency, settles: true, ...key() });
        await post(`debts/${id}/fees`, { amountMinor: 1_000, currency, reason: 'as decided', ...key() });
      },
    },
    {
      name: 'a stop beside what is paid',
      record: async ({ id, currency }) => {
        await stop({ kind: 'debt', id }, 'dispute');
        await post('payments', { debtId: id, amountMinor: 52_500, currency, ...key() });
      },
    },
  ];
}

async function debtOf({ id: jurisdictionId, currency, country }: Office): Promise<Debt> {
  const address = { ...person().address!, country };
  const [debtor, coDebtor] = [person({ address, ssn: null }), person({ address, ssn: null })];
  const made = await post('debts', api.debt({ jurisdictionId, currency, debtor, coDebtors: [coDebtor] }));
  const id = made['debtId'] as string;
  const { caseId, parties } = (await api.get(`/api/v1/debts/${id}`).expect(200)).body as {
    caseId: string;
    parties: { id: string; role: string }[];
  };
  const ofRole = (role: string) => parties.find((party) => party.role === role)!.id;
  return { id, caseId, debtorId: ofRole('debtor'), coDebtorId: ofRole('co-debtor'), currency };
}

async function explained(id: string): Promise<ExplainedDebt> {
  return (await api.get(`/api/v1/debts/${id}/acts?act=contact`).expect(200)).body as ExplainedDebt;
}

/** What a rule says, or nothing. */
const said = (found: Pick<LeftOut, 'rule' | 'citation' | 'reason'> | undefined) =>
  found === undefined ? null : { rule: found.rule, citation: found.citation, reason: found.reason };

test.each(OFFICES)(
  'letters of $id are held back by what is explained of contact, and by nothing else',
  async (office) => {
    const { on: today } = await explained((await debtOf(office)).id);
    const facts = factsOn(today);
    const debts: Debt[] = [];
    for (const _ of facts) debts.push(await debtOf(office));
    const debtIds = debts.map(({ id }) => id);
    const order = () => ({ jurisdictionId: office.id, kind: office.kind, debtIds, ...key() });

    const { batchId, leftOut: none } = await post('notice-batches', order());
    expect(none).toEqual([]);
    await post(`notice-batches/${String(batchId)}/release`, {}, 200);
    for (const [place, fact] of facts.entries()) await fact.record(debts[place]!);

    const expected: Body = {};
    for (const [place, { name }] of facts.entries()) {
      const { number, acts } = await explained(debtIds[place]!);
      const [contact] = acts;
      const [first] = contact!.reasons;
      expect([name, contact!.allowed]).toEqual([name, first === undefined]);
      expected[name] = { number, said: said(first) };
    }
    const compare = (leftOut: readonly LeftOut[]): Body =>
      Object.fromEntries(
        facts.map(({ name }, place) => {
          const found = leftOut.find(({ debtId }) => debtId === debtIds[place]);
          const number = found === undefined ? (expected[name] as Body)['number'] : String(found.debtNumber);
          return [name, { number, said: said(found) }];
        }),
      );

    // What has come in the way of released letters, and of letters that are to be made.
    const { hindered } = (await api.get(`/api/v1/notice-batches/${String(batchId)}`).expect(200)).body as {
      hindered: LeftOut[];
    };
    expect(compare(hindered)).toEqual(expected);
    await post(`notice-batches/${String(batchId)}/cancel`, {}, 200);
    const { leftOut } = await post('notice-batches', order());
    expect(compare(leftOut as LeftOut[])).toEqual(expected);

    // The facts hold some letters back and leave others free, or nothing was compared.
    const held = Object.entries(expected).filter(([, each]) => (each as Body)['said'] !== null);
    expect(held.length).toBeGreaterThan(STOP_KINDS.length);
    expect(held.length).toBeLessThan(facts.length);
  },
);

test('an arrangement holds letters back where the register would let an office remind', async () => {
  const { id } = await debtOf(OFFICES[0]);
  const { on: firstDueOn } = await explained(id);
  const terms = { frequency: 'monthly', firstDueOn, instalments: 3 };
  await post('arrangements', { debtIds: [id], terms, ...key() });
  expect((await explained(id)).acts).toMatchObject([{ allowed: true, reasons: [] }]);
  const { batchId, leftOut } = await post('notice-batches', {
    ...{ jurisdictionId: OFFICES[0].id, kind: 'validation-notice', debtIds: [id] },
    ...key(),
  });
  expect(batchId).toBeNull();
  expect(leftOut).toMatchObject([{ debtId: id, code: 'arrangement-kept', rule: 'STOP:arrangement', citation: null }]);
});

import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { HeldAccount } from '../partners/launch.js';
import type { DebtView } from './api.js';
import { CUTOFFS, THIRTY_DAYS } from './thirty-days/calendar.js';
import { OneProcessHub } from './thirty-days/hub.js';
import type { Hub } from './thirty-days/hub.js';
import { inventedDebts } from './thirty-days/invented-debts.js';
import { AGENCIES, OFFICES, accountNumber, connectorId, fileNumber } from './thirty-days/offices.js';
import type { AgencyName } from './thirty-days/offices.js';
import { ProcessesHub } from './thirty-days/processes-hub.js';
import type { ExchangeView, LedgerEntry, PositionView } from './thirty-days/office-api.js';

jest.setTimeout(600_000);

const [OFFICE] = OFFICES as [(typeof OFFICES)[number]];
const [MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, NEXT_MONDAY] = mondayToMonday();
const COLLECTED_MINOR = 1_234;

/** Four ordinary debts of one debtor each, old enough to be reported and placed at once. */
const PLAIN = inventedDebts(OFFICE, 1, 40).slice(19, 23);

/** The six business days that end with the first business day after the bureaus' cutoff. */
function mondayToMonday(): readonly [string, string, string, string, string, string] {
  const cutoff = THIRTY_DAYS.indexOf(CUTOFFS[1]!);
  // The first file of a connector is sent whatever the day; the cutoff must be the fifth one of these.
  const first = THIRTY_DAYS.slice(0, cutoff).length >= 4 ? cutoff - 4 : THIRTY_DAYS.indexOf(CUTOFFS[2]!) - 4;
  return THIRTY_DAYS.slice(first, first + 6) as unknown as [string, string, string, string, string, string];
}

/** A debt of this test, and where it went. */
interface Followed {
  readonly debt: Omit<DebtView, 'parties'>;
  readonly agency: AgencyName;
}

interface Composition {
  readonly composed: string;
  readonly open: () => Hub;
}

const COMPOSITIONS: readonly Composition[] = [
  { composed: 'in one process', open: () => new OneProcessHub('clock') },
  { composed: 'in three processes over Kafka', open: () => new ProcessesHub() },
];

describe.each(COMPOSITIONS)('one debt at an agency and a bureau, $composed', ({ open }) => {
  const hub = open();

  const debtOf = async (index: number) => {
    const found = await hub.api.debts(OFFICE.id);
    return found.find(({ sourceReference }) => sourceReference === PLAIN[index]!.sourceReference)!;
  };
  const ledgerOf = ({ debt }: Followed) => hub.api.get<LedgerEntry[]>(`/debts/${debt.id}/ledger`);
  const held = ({ debt, agency }: Followed): HeldAccount | undefined =>
    hub.partners.books(agency, OFFICE.id).accounts[fileNumber(debt.number)];
  const position = async ({ debt, agency }: Followed) => {
    const { positions } = await hub.api.get<{ positions: PositionView[] }>(`/positions?subject=${debt.id}`);
    return positions.find(({ connector }) => connector === connectorId(OFFICE.id, agency));
  };
  const sent = async (agency: AgencyName, kind: string, date: string) => {
    const exchanges = await hub.api.get<ExchangeView[]>(`/exchanges?connector=${connectorId(OFFICE.id, agency)}`);
    return exchanges.find((each) => each.direction === 'out' && each.kind === kind && each.date === date);
  };
  const dispute = (id: string) =>
    hub.api.post('/stops', {
      ...{ kind: 'dispute', subject: { kind: 'debt', id }, source: 'letter', idempotencyKey: `dispute ${id}` },
    });
  const told = ({ debt }: Followed) =>
    hub.partners.bureau(OFFICE.id).books().history[accountNumber(OFFICE, debt.number)] ?? [];

  /** Registers a debt and refers it to an agency, as an officer does; a strategy has it reported. */
  async function register(index: number): Promise<void> {
    await hub.api.post('/debts', PLAIN[index]!);
    const { id } = await debtOf(index);
    const agency = connectorId(OFFICE.id, AGENCIES[index % AGENCIES.length]!);
    await hub.api.post('/referrals', { debtId: id, act: 'place', connectorId: agency });
  }

  /** A debt with the agency to which it is referred. */
  async function follow(index: number): Promise<Followed> {
    const debt = await debtOf(index);
    const referrals = await hub.api.get<{ connectorId: string }[]>(`/referrals?debt=${debt.id}`);
    const agency = AGENCIES.find((each) =>
      referrals.some(({ connectorId: id }) => id === connectorId(OFFICE.id, each)),
    );
    if (agency === undefined) throw new Error(`${debt.sourceReference} was referred to no agency`);
    return { debt, agency };
  }

  async function day(date: string): Promise<void> {
    expect(await hub.stay(date, true)).toMatchObject({ date });
  }

  beforeAll(async () => {
    await hub.launchPartners();
    hub.partners.bureauRefusesNothing();
    for (const agency of AGENCIES) hub.partners.behave(agency, { refuseEvery: 0 });
    // A week of days with partners that answer at once, but for one: it is not waited for long.
    await hub.stay(MONDAY, true);
    await register(0);
    await register(1);
    await day(MONDAY);
  });
  afterAll(() => hub.remove());

  describe('when the agency is paid', () => {
    let partly: Followed;
    let wholly: Followed;

    beforeAll(async () => {
      [partly, wholly] = [await follow(0), await follow(1)];
      const collections = [
        { of: partly, amountMinor: COLLECTED_MINOR },
        { of: wholly, amountMinor: wholly.debt.balanceMinor },
      ];
      for (const { of, amountMinor } of collections) {
        const collect = { do: 'collect', date: TUESDAY, fileNumber: fileNumber(of.debt.number), amountMinor } as const;
        expect(await hub.partners.command(of.agency, OFFICE.id, collect)).toMatchObject({ done: true });
      }
      for (const agency of AGENCIES) {
        await hub.partners.command(agency, OFFICE.id, { do: 'remit', date: TUESDAY });
        await hub.partners.settled(agency);
      }
      await day(TUESDAY);
      await Promise.all(AGENCIES.map((agency) => hub.partners.settled(agency)));
    });

    test('before it, the debt was placed and reported', () => {
      expect(held(partly)).toMatchObject({ placedMinor: partly.debt.balanceMinor });
      expect(told(partly)).toMatchObject([
        { date: MONDAY, currentBalance: Math.floor(partly.debt.balanceMinor / 100) },
      ]);
    });

    test('the ledger changes once', async () => {
      const entries = await ledgerOf(partly);
      const source = `partner:${connectorId(OFFICE.id, partly.agency)}`;
      expect(entries.filter(({ kind }) => kind === 'payment')).toMatchObject([
        { amountMinor: COLLECTED_MINOR, source },
      ]);
      expect((await debtOf(0)).balanceMinor).toBe(partly.debt.balanceMinor - COLLECTED_MINOR);
    });

    test('nothing of it is told back to the agency', async () => {
      expect(held(partly)).toMatchObject({ state: 'open', balanceMinor: partly.debt.balanceMinor - COLLECTED_MINOR });
      expect(held(partly)!.told).toEqual({});
      expect(hub.partners.books(partly.agency, OFFICE.id)).toMatchObject({ violations: [], notes: [] });
      const kind = 'payments';
      expect(await sent(partly.agency, kind, TUESDAY)).toMatchObject({ kind, records: 0 });
    });

    test('payment in full recalls the placement the same day', async () => {
      expect((await debtOf(1)).balanceMinor).toBe(0);
      expect(held(wholly)).toMatchObject({ state: 'recalled', recall: { reason: 'PIF', objectUntil: null } });
      expect(await position(wholly)).toMatchObject({ known: 'absent', releaseOwedOn: null });
    });
  });

  describe('when a stop arrives while the placement is in flight', () => {
    let followed: Followed;

    beforeAll(async () => {
      for (const agency of AGENCIES) hub.partners.silence(agency, true);
      await register(2);
      await day(WEDNESDAY);
      followed = await follow(2);
      await dispute(followed.debt.id);
      await day(THURSDAY);
    });

    test('the recall goes out without waiting for the answer', async () => {
      expect(held(followed)).toBeUndefined();
      expect(await sent(followed.agency, 'placements', WEDNESDAY)).toMatchObject({ records: 1 });
      expect(await sent(followed.agency, 'recalls', THURSDAY)).toMatchObject({
        records: 1,
        state: expect.not.stringMatching('failed'),
      });
    });

    test('the agency, back again, finds both in their order and holds nothing', async () => {
      for (const agency of AGENCIES) {
        hub.partners.behave(agency, { refuseEvery: 0 });
        await hub.partners.settled(agency);
      }
      expect(held(followed)).toMatchObject({ state: 'recalled', recall: { reason: 'DSP' } });
      expect(held(followed)!.history.map(({ what }) => what)).toEqual(['placed', 'recalled']);
    });
  });

  describe('when the agency refuses first', () => {
    let refused: Followed;
    let inFlight: Followed;

    beforeAll(async () => {
      inFlight = await follow(2);
      for (const agency of AGENCIES) hub.partners.behave(agency, { refuseEvery: 1 });
      await register(3);
      await day(FRIDAY);
      refused = await follow(3);
      await dispute(refused.debt.id);
      await day(NEXT_MONDAY);
      await Promise.all(AGENCIES.map((agency) => hub.partners.settled(agency)));
    });

    test('nothing stands, and a stop leaves nothing to recall', async () => {
      expect(held(refused)).toMatchObject({ state: 'refused' });
      expect(held(refused)!.history.map(({ what }) => what)).toEqual(['placed', 'status']);
      expect(await sent(refused.agency, 'recalls', NEXT_MONDAY)).toMatchObject({ records: 0 });
      expect(await position(refused)).toMatchObject({ known: 'absent', releaseOwedOn: null });
      expect(hub.partners.books(refused.agency, OFFICE.id)).toMatchObject({ violations: [], notes: [] });
    });

    test('the late acknowledgement of what was recalled in flight opens nothing', async () => {
      expect(await position(inFlight)).toMatchObject({ known: 'absent', releaseOwedOn: null });
      expect(held(inFlight)).toMatchObject({ state: 'recalled' });
    });
  });

  describe("the bureau's next monthly file", () => {
    test('carries the new balance of what the agency was paid', async () => {
      const partly = await follow(0);
      const currentBalance = Math.floor(partly.debt.balanceMinor / 100);
      expect(told(partly).at(-1)).toMatchObject({ date: FRIDAY, status: '93', currentBalance });
      expect(told(partly)).toHaveLength(2);
    });

    test('reports as paid what the agency was paid in full', async () => {
      expect(told(await follow(1)).at(-1)).toMatchObject({ date: FRIDAY, status: '62', currentBalance: 0 });
    });

    test('tells a disputed debt with its mark only, and nothing that the bureau refuses', async () => {
      expect(told(await follow(2))).toMatchObject([{ date: FRIDAY, complianceConditionCode: 'XB' }]);
      const arrivals = hub.partners.bureau(OFFICE.id).arrivals();
      expect(arrivals.map(({ result, refused }) => ({ result, refused }))).toEqual(
        arrivals.map(() => ({ result: 'processed', refused: 0 })),
      );
    });
  });
});

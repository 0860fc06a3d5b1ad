import type { Api, DebtView } from '../api.js';
import type { PositionView, ReferralView } from './office-api.js';
import { debtsInOrder } from './office-api.js';
import { AGENCIES, YOUNG_TYPE, connectorId } from './offices.js';
import type { Office } from './offices.js';
import { Dice } from './seeded.js';

type Debt = Omit<DebtView, 'parties'>;

const PERCENT = { paysInFull: 25, stop: 40, lift: 35, moves: 25, withdraws: 10 };
const STOPS = [
  { kind: 'dispute', on: 'debt', details: {} },
  { kind: 'hardship', on: 'debt', details: {} },
  { kind: 'active-duty', on: 'party', details: {} },
  { kind: 'insolvency', on: 'party', details: { chapter: '13' } },
  { kind: 'deceased', on: 'party', details: {} },
] as const;

interface Move {
  readonly debtId: string;
  readonly from: string;
  readonly to: string;
}

/** What the officers of one office did so far, kept in the order in which they did it. */
export class OfficersMemory {
  /** Money taken at the counter, by the debt's reference. */
  readonly counterMinor = new Map<string, number>();
  /** Stops that may be lifted: a death is not undone. */
  readonly liftable: { readonly stopId: string }[] = [];
  /** Debts on their way from one agency to the other. */
  moving: readonly Move[] = [];
}

/**
 * One office's random day at the counter and at the desks: payments in part and in full, stops, lifted stops, referrals
 * that are withdrawn or moved to the other agency. It depends on the seed, the date and what the API says, taken in the
 * order of the office's own references.
 */
export async function officersDay(
  api: Api,
  office: Office,
  date: string,
  seed: number,
  memory: OfficersMemory,
): Promise<void> {
  const dice = new Dice(seed, `officers ${office.id} ${date}`);
  const debts = await debtsInOrder(api, office.id);
  await finishMoves(api, memory);
  await takePayments(api, dice, debts, date, memory);
  if (dice.chance(PERCENT.stop)) await stop(api, dice, debts, date, memory);
  if (dice.chance(PERCENT.lift)) {
    const [lifted] = memory.liftable.splice(Math.floor(dice.next() * memory.liftable.length), 1);
    if (lifted) await api.post(`/stops/${lifted.stopId}/lift`, {});
  }
  if (dice.chance(PERCENT.moves)) await endReferral(api, dice.one(debts)!, office, memory);
  if (dice.chance(PERCENT.withdraws)) await endReferral(api, dice.one(debts)!, office, null);
}

/** Refers what is old enough to one of the agencies each, as the office begins. */
export async function firstReferrals(api: Api, office: Office, seed: number): Promise<void> {
  const dice = new Dice(seed, `first ${office.id}`);
  for (const { id, type } of await debtsInOrder(api, office.id)) {
    if (type === YOUNG_TYPE) continue;
    const agency = dice.chance(60) ? 'harbor' : 'summit';
    await api.post('/referrals', { debtId: id, act: 'place', connectorId: connectorId(office.id, agency) });
  }
}

async function takePayments(
  api: Api,
  dice: Dice,
  debts: readonly Debt[],
  date: string,
  { counterMinor }: OfficersMemory,
): Promise<void> {
  const paid = new Set<string>();
  for (let payment = dice.between(1, 2); payment > 0; payment -= 1) {
    const debt = dice.one(debts.filter(({ id, balanceMinor }) => balanceMinor > 0 && !paid.has(id)));
    if (debt === undefined) return;
    const percent = dice.chance(PERCENT.paysInFull) ? 100 : dice.between(10, 60);
    const amountMinor = Math.max(1, Math.floor((debt.balanceMinor * percent) / 100));
    const idempotencyKey = `${date} ${payment}`;
    await api.post('/payments', { debtId: debt.id, amountMinor, currency: 'USD', idempotencyKey });
    paid.add(debt.id);
    counterMinor.set(debt.sourceReference, (counterMinor.get(debt.sourceReference) ?? 0) + amountMinor);
  }
}

async function stop(
  api: Api,
  dice: Dice,
  debts: readonly Debt[],
  date: string,
  { liftable }: OfficersMemory,
): Promise<void> {
  const { id } = dice.one(debts)!;
  const { kind, on, details } = dice.one(STOPS)!;
  const { parties } = await api.get<DebtView>(`/debts/${id}`);
  const subject = { kind: on, id: on === 'debt' ? id : parties.find(({ role }) => role === 'debtor')!.id };
  const order = { kind, subject, details, source: 'thirty days', idempotencyKey: `${date} ${kind}` };
  const { stopId } = await api.post<{ stopId: string }>('/stops', order);
  if (kind !== 'deceased') liftable.push({ stopId });
}

/**
 * Refers what moves to the other agency once the first is known to hold nothing. Referred earlier, it would be placed on the day on
 * which the first one's end is delivered or on the next, by which of the two files goes first: both are right, but not the same.
 */
async function finishMoves(api: Api, memory: OfficersMemory): Promise<void> {
  const waiting: Move[] = [];
  for (const move of memory.moving) {
    const { positions } = await api.get<{ positions: PositionView[] }>(`/positions?subject=${move.debtId}`);
    const held = positions.find(({ connector }) => connector === move.from);
    if (held !== undefined && held.known !== 'absent') waiting.push(move);
    else await api.post('/referrals', { debtId: move.debtId, act: 'place', connectorId: move.to });
  }
  memory.moving = waiting;
}

/** Ends a debt's referral to an agency, where it has one; where moves are remembered, it is on its way to the other one. */
async function endReferral(api: Api, debt: Debt, office: Office, moves: OfficersMemory | null): Promise<void> {
  const referrals = await api.get<ReferralView[]>(`/referrals?debt=${debt.id}`);
  const standing = referrals.find(({ act, withdrawnOn }) => act === 'place' && withdrawnOn === null);
  if (standing === undefined) return;
  await api.post(`/referrals/${standing.id}/withdraw`, { reason: moves ? 'moved' : 'taken back' });
  if (moves === null) return;
  const other = AGENCIES.map((agency) => connectorId(office.id, agency)).find((id) => id !== standing.connectorId)!;
  moves.moving = [...moves.moving, { debtId: debt.id, from: standing.connectorId, to: other }];
}

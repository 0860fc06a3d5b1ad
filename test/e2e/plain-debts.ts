import type { AgencyAccount } from './agency.js';
import { fileNumberOf } from './agency.js';
import type { Api, DebtView } from './api.js';
import type { BureauAccount } from './bureau.js';

/** Fifty dollars: enough to be paid in part and still be owed. */
const ENOUGH_MINOR = 5000;

/**
 * Debts to which anything may happen with no effect on another: each stands unmarked at every bureau, an agency took it
 * in, it is the only one of its case, and it has one debtor, no stop and a balance that can be divided.
 *
 * @param where `prefix` is what the office's account numbers begin with
 * @throws Error when there are not that many
 */
export async function plainDebts(
  api: Api,
  where: {
    readonly office: string;
    readonly prefix: string;
    readonly bureaus: readonly BureauAccount[];
    readonly agencies: readonly AgencyAccount[];
  },
  count: number,
): Promise<DebtView[]> {
  const all = await api.debts(where.office);
  const ofCase = new Map<string, number>();
  for (const { caseId } of all) ofCase.set(caseId, (ofCase.get(caseId) ?? 0) + 1);
  const held = where.bureaus.map((account) => account.books().tradelines);
  const placed = where.agencies.map((account) => account.books().accounts);
  const unmarked = all.filter(
    ({ number, caseId, balanceMinor }) =>
      ofCase.get(caseId) === 1 &&
      balanceMinor > ENOUGH_MINOR &&
      placed.some((accounts) => accounts[fileNumberOf({ number })]?.state === 'open') &&
      held.every((tradelines) => {
        const line = tradelines[`${where.prefix}${number}`];
        return line?.status === '93' && !line.complianceConditionCode && !line.consumerInformationIndicator;
      }),
  );
  const found: DebtView[] = [];
  for (const { id } of unmarked) {
    const debt = await api.get<DebtView>(`/debts/${id}`);
    const stops = await api.get<unknown[]>(`/stops?debt=${id}`);
    if (debt.parties.length === 1 && stops.length === 0) found.push(debt);
    if (found.length === count) return found;
  }
  throw new Error(`only ${found.length} debts of ${where.office} can be used`);
}

import type { ThirtyDaysRun } from './thirty-days-run.js';
import type { DebtRecord, ExchangeView, ProposalView, SuspenseView } from './office-api.js';
import { debtRecords } from './office-api.js';
import type { OfficeWork } from './check-money.js';
import { AGENCIES, OFFICES } from './offices.js';
import type { Office } from './offices.js';
import type { Hub } from './hub.js';

/** All that the API says of an office. */
export interface OfficeState extends OfficeWork {
  readonly records: readonly DebtRecord[];
}

export async function officeState({ api }: Hub, { id }: Office): Promise<OfficeState> {
  const connectors = [...AGENCIES, 'northern'].map((partner) => `${id}-${partner}`);
  return {
    records: await debtRecords(api, id),
    suspense: await api.get<SuspenseView[]>(`/suspense?jurisdiction=${id}`),
    proposals: await api.get<ProposalView[]>(`/proposals?jurisdiction=${id}`),
    exchanges: (
      await Promise.all(connectors.map((connector) => api.get<ExchangeView[]>(`/exchanges?connector=${connector}`)))
    ).flat(),
  };
}

/**
 * Where everything stands after a run, in words that do not depend on ids, times, or how often it was killed: what the
 * API says of debts, money and work, and what lies in the partners' books.
 */
export async function endState({ hub }: ThirtyDaysRun): Promise<object> {
  const states = await Promise.all(OFFICES.map(async (office) => [office, await officeState(hub, office)] as const));
  return Object.fromEntries(
    states.map(([office, { records, suspense, proposals }]) => [
      office.id,
      {
        debts: Object.fromEntries(records.map((record) => [record.debt.sourceReference, debtState(record)])),
        suspense: sorted(
          suspense.map(({ connectorId, kind, code, amountMinor }) => [connectorId, kind, code, amountMinor]),
        ),
        proposals: sorted(proposals.map(({ connectorId, kind, reference }) => [connectorId, kind, reference])),
        tradelines: hub.partners.bureau(office.id).books().tradelines,
        agencies: Object.fromEntries(AGENCIES.map((agency) => [agency, agencyState(hub, agency, office)])),
      },
    ]),
  );
}

function debtState({ debt, ledger, stops, referrals, positions }: DebtRecord) {
  return {
    balanceMinor: debt.balanceMinor,
    ledger: sorted(
      ledger.map(({ kind, amountMinor, effectiveOn, source }) => [kind, amountMinor, effectiveOn, source]),
    ),
    stops: sorted(
      stops.map(({ kind, scope, startsOn, liftedOn, source }) => [kind, scope, startsOn, liftedOn, source]),
    ),
    referrals: sorted(referrals.map(({ connectorId, madeBy, withdrawnOn }) => [connectorId, madeBy, withdrawnOn])),
    positions: sorted(
      positions.map(({ connector, desired, known, knownMinor, releaseOwedOn }) => [
        ...[connector, desired, known, knownMinor, releaseOwedOn],
      ]),
    ),
  };
}

function agencyState({ partners }: Hub, agency: (typeof AGENCIES)[number], office: Office) {
  const { accounts, payments, violations, notes } = partners.books(agency, office.id);
  return {
    accounts: Object.fromEntries(
      Object.entries(accounts).map(([file, { account, state, placedMinor, balanceMinor, placedOn, ...more }]) => [
        file,
        {
          ...{ account, state, placedMinor, balanceMinor, placedOn },
          ...{ collectedMinor: more.collectedMinor, remittedMinor: more.remittedMinor, stopped: more.stopped },
          told: sorted(Object.values(more.told).map((amount) => [amount])),
        },
      ]),
    ),
    payments: payments.map(({ identifier, fileNumber, amountMinor, on, reversedOn }) => [
      ...[identifier, fileNumber, amountMinor, on, reversedOn],
    ]),
    violations: violations.map(({ rule, fileNumber }) => [rule, fileNumber]),
    notes: sorted(notes.map(({ what, fileNumber }) => [what, fileNumber])),
  };
}

/** Rows in an order of their own, whatever order they came in. */
function sorted(rows: readonly (readonly unknown[])[]): string[] {
  return rows.map((row) => row.join(' ')).sort();
}

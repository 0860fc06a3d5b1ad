import { debtRecords, isInForce } from '../../e2e/thirty-days/office-api.js';
import type {
  DebtRecord,
  ExchangeView,
  PositionView,
  ProposalView,
  SuspenseView,
} from '../../e2e/thirty-days/office-api.js';
import type { HeldAccount } from '../../partners/launch.js';
import { fileNumber } from '../../support/test-agencies.js';
import { OFFICE } from '../../support/test-office.js';
import { moneyDifferences } from './agency-money.js';
import type { CaseApi } from './case-api.js';
import { isCrossing } from './crossing-money.js';
import type { WatchingAgency } from './watching-agency.js';

const ENDED = ['answered', 'delivered', 'empty', 'resent', 'cancelled', 'applied', 'refused', 'dismissed'];

/** What was taken at the counter, by debt, in minor units. */
type Counter = ReadonlyMap<string, number>;

/**
 * Looks from outside at the agencies' folders and books and at the API, and at nothing in between.
 *
 * @param date the office's today
 * @returns what is not as it must be, in words
 */
export async function agencyDifferences(
  api: CaseApi,
  agencies: readonly WatchingAgency[],
  counter: Counter,
  date: string,
): Promise<string[]> {
  const records = await debtRecords(api, OFFICE);
  const exchanges = await api.get<ExchangeView[]>('/exchanges');
  const suspense = [
    ...(await api.get<SuspenseView[]>('/suspense?state=open')),
    ...(await api.get<SuspenseView[]>('/suspense?state=cancelled')),
  ];
  const before = (await api.get<ProposalView[]>('/proposals?kind=balance-differs')).map(
    ({ connectorId, reference }) => `${connectorId} ${reference}`,
  );
  return [
    ...records.flatMap((record) => counterDifferences(record, counter)),
    ...agencies.flatMap((agency) => [
      ...records.flatMap((record) => accountDifferences(agency, record, date, before)),
      ...fileDifferences(
        agency,
        exchanges.filter(({ connector }) => connector === agency.id),
      ),
      ...moneyDifferences(
        agency.id,
        agency.books,
        records,
        suspense.filter(({ connectorId }) => connectorId === agency.id),
      ),
    ]),
  ];
}

function counterDifferences({ debt, ledger }: DebtRecord, counter: Counter): string[] {
  const posted = ledger.filter(({ source }) => source === 'api').reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const taken = counter.get(debt.id) ?? 0;
  return posted === taken ? [] : [`${debt.sourceReference}: ${taken} taken at the counter, ${posted} posted`];
}

/**
 * What one agency has of one debt, against what the office wants it to have and believes that it has. One thing is nobody's fault:
 * a debt that came back to an agency while money of its earlier placement was on the way. No record says in which of the two
 * placements it is counted, so that the balances differ by it and by nothing else; then the difference must be before a person.
 *
 * @param before accounts whose balance differs, as people are shown them
 */
function accountDifferences(
  agency: WatchingAgency,
  record: DebtRecord,
  date: string,
  before: readonly string[],
): string[] {
  const { debt, stops, referrals, positions } = record;
  const number = fileNumber({ number: String(debt.number) });
  const account = agency.books.accounts[number];
  const position = positions.find(({ connector }) => connector === agency.id);
  const referred = referrals.some(({ connectorId, withdrawnOn }) => connectorId === agency.id && withdrawnOn === null);
  const stopped = stops.some((stop) => isInForce(stop, date));
  const wanted = referred && !stopped && debt.balanceMinor > 0;
  const held = agency.holds(number);
  const found: string[] = [];
  if (held && !wanted)
    found.push(`held, though ${stopped ? 'stopped' : referred ? 'nothing is owed' : 'not referred'}`);
  if (wanted && !held && (account?.state !== 'refused' || position?.parked === null)) {
    found.push(`referred and owed, but ${account?.state ?? 'not placed'}`);
  }
  const isShown = before.includes(`${agency.id} ${number}`);
  const isNobodysFault: Excuse = (holding, minor) => isShown && isCrossing(holding, holding.balanceMinor - minor);
  if (position !== undefined) found.push(...beliefDifferences(held ? account : undefined, position, isNobodysFault));
  else if (account !== undefined) found.push('known to the agency, and not to the office');
  if (held && account && account.balanceMinor !== debt.balanceMinor && !isNobodysFault(account, debt.balanceMinor)) {
    found.push(`the agency has ${account.balanceMinor}, the case ${debt.balanceMinor}`);
  }
  return found.map((each) => `${agency.id} ${number}: ${each}`);
}

/** Whether what an agency has may differ from the office's amount. */
type Excuse = (account: HeldAccount, officeMinor: number) => boolean;

function beliefDifferences(account: HeldAccount | undefined, position: PositionView, isNobodysFault: Excuse): string[] {
  const found: string[] = [];
  const has = account === undefined ? 'absent' : account.state === 'open' ? 'active' : 'restrained';
  if (position.known !== has) found.push(`${has} at the agency, but known ${position.known}`);
  const differs = account !== undefined && position.knownMinor !== account.balanceMinor;
  if (differs && !isNobodysFault(account, position.knownMinor)) {
    found.push(`the agency has ${account.balanceMinor}, known is ${position.knownMinor}`);
  }
  if (position.inFlight > 0) found.push(`${position.inFlight} records are in flight`);
  if (position.releaseOwedOn !== null) found.push(`a release is owed since ${position.releaseOwedOn}`);
  return found;
}

/** Each file of ours came once, and nothing else did; nothing is on its way, and nothing of theirs is left lying. */
function fileDifferences({ id, received, channel }: WatchingAgency, exchanges: readonly ExchangeView[]): string[] {
  const sent = exchanges.filter(
    ({ direction, state }) => direction === 'out' && ['delivered', 'answered'].includes(state),
  );
  const names = sent.map(({ file }) => String(file));
  return [
    ...names.filter((name) => !received.includes(name)).map((name) => `${id}: ${name} was sent and never came`),
    ...received.filter((name) => !names.includes(name)).map((name) => `${id}: ${name} came, and is not known as sent`),
    ...exchanges
      .filter(({ state }) => !ENDED.includes(state))
      .map(({ direction, kind, state }) => `${id}: ${kind} ${direction} is still ${state}`),
    ...[...channel.files.keys()].map((path) => `${id}: ${path} still lies there`),
  ];
}

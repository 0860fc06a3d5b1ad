import type { AgencyBooks, HeldAccount } from '../../partners/launch.js';
import { isStranger } from './agency-day.js';
import type { DebtRecord, PositionView } from './office-api.js';
import { AGENCIES, connectorId, fileNumber } from './offices.js';
import type { AgencyName, Office } from './offices.js';

type Books = { readonly [agency in AgencyName]: AgencyBooks };

/**
 * What is wrong between two agencies' books and the API's word on the same debts: who holds what, with which balance, who
 * held it when, and what an office must never do to an agency.
 */
export function agencyFaults(office: Office, records: readonly DebtRecord[], books: Books): string[] {
  const byReference = new Map(records.map((record) => [record.debt.sourceReference, record]));
  const faults: string[] = [];
  for (const agency of AGENCIES) {
    const connector = connectorId(office.id, agency);
    for (const { rule, fileNumber: file, detail } of books[agency].violations) {
      faults.push(`${connector} ${file}: ${rule} ${detail}`);
    }
    for (const [file, account] of Object.entries(books[agency].accounts)) {
      if (isStranger(file)) continue;
      const record = byReference.get(account.account);
      if (record === undefined || fileNumber(record.debt.number) !== file) {
        faults.push(`${connector} ${file}: no debt ${account.account} has this number`);
        continue;
      }
      const position = record.positions.find((each) => each.connector === connector);
      faults.push(
        ...accountFaults(account, record, position).map((fault) => `${account.account} ${connector}: ${fault}`),
      );
    }
    for (const { debt, positions } of records) {
      const position = positions.find((each) => each.connector === connector);
      if (position === undefined || position.known === 'absent') continue;
      if (!isHeld(books[agency].accounts[fileNumber(debt.number)])) {
        faults.push(`${debt.sourceReference} ${connector}: known ${position.known}, but the agency does not hold it`);
      }
    }
  }
  for (const { debt } of records) faults.push(...heldTwice(debt.sourceReference, fileNumber(debt.number), books));
  return faults;
}

function accountFaults(account: HeldAccount, { debt }: DebtRecord, position: PositionView | undefined): string[] {
  if (position === undefined) return ['the agency knows it, the API has no position'];
  if (!isHeld(account)) return position.known === 'absent' ? [] : [`${account.state}, but known ${position.known}`];
  const faults: string[] = [];
  const known = account.state === 'open' ? 'active' : 'restrained';
  if (position.known !== known) faults.push(`${account.state}, but known ${position.known}`);
  if (position.knownMinor !== account.balanceMinor) {
    faults.push(`the agency has ${account.balanceMinor}, the API says that it has ${position.knownMinor}`);
  }
  // What a rule keeps from growing is not told what makes the debt higher.
  const mayLag = position.outcome === 'block' && account.balanceMinor < debt.balanceMinor;
  if (account.balanceMinor !== debt.balanceMinor && !mayLag) {
    faults.push(`the agency has ${account.balanceMinor}, the office ${debt.balanceMinor}`);
  }
  return faults;
}

/** A debt is with one agency at a time: by the dates of the office's files, the end of one is not after the other's begin. */
function heldTwice(reference: string, file: string, books: Books): string[] {
  const [one, other] = AGENCIES.map((agency) => spans(books[agency].accounts[file]));
  return one!
    .flatMap((left) =>
      other!.filter((right) => left.from < right.until && right.from < left.until).map(() => left.from),
    )
    .map((from) => `${reference}: with both agencies after ${from}`);
}

/** When an agency held an account, as its history tells it. */
function spans(account: HeldAccount | undefined): { readonly from: string; readonly until: string }[] {
  const found: { from: string; until: string }[] = [];
  for (const { what, on, reference } of account?.history ?? []) {
    if (what === 'placed') found.push({ from: on, until: '9999-12-31' });
    const ended = what === 'recalled' || (what === 'status' && (reference === 'REF' || reference === 'RET'));
    const last = found.at(-1);
    if (ended && last?.until === '9999-12-31') last.until = on;
  }
  return found;
}

function isHeld(account: HeldAccount | undefined): boolean {
  return account?.state === 'open' || account?.state === 'recall-pending';
}

import type { AgencyBooks, CollectedPayment, HeldAccount } from './books.ts';
import type { Outgoing } from './outgoing.ts';
import { paymentRecord } from './agency-records.ts';

/** Takes money from the debtor: the balance is lower from now on, whenever the office hears of it. */
export function collect(books: AgencyBooks, fileNumber: string, amountMinor: number, on: string): CollectedPayment {
  const account = accountOf(books, fileNumber);
  const payment: CollectedPayment = {
    identifier: `P${String(books.nextPayment++).padStart(9, '0')}`,
    fileNumber,
    amountMinor,
    on,
    reversed: false,
    reversedOn: null,
    remittedIn: null,
    reversalRemittedIn: null,
  };
  books.payments.push(payment);
  account.balanceMinor -= amountMinor;
  account.collectedMinor += amountMinor;
  account.lastPayment = { on, amountMinor };
  account.history.push({ on, what: 'collected', amountMinor, reference: payment.identifier });
  return payment;
}

/** The debtor's bank takes a payment back. */
export function bounce(books: AgencyBooks, payment: CollectedPayment, on: string): void {
  const { fileNumber, amountMinor, identifier } = payment;
  const account = accountOf(books, fileNumber);
  payment.reversed = true;
  payment.reversedOn = on;
  account.balanceMinor += amountMinor;
  account.collectedMinor -= amountMinor;
  account.history.push({ on, what: 'bounced', amountMinor, reference: identifier });
}

/**
 * Puts everything that is collected or bounced and not told into one APAY file. A payment that bounced before it was told
 * is not told at all: the format calls a payment and its reversal in one file an error. Null where there is nothing to tell.
 */
export function remit(books: AgencyBooks, outgoing: Outgoing, on: string, cause: string): string | null {
  const payments = books.payments.filter(({ reversed, remittedIn }) => remittedIn === null && !reversed);
  const reversals = books.payments.filter(
    ({ reversed, remittedIn, reversalRemittedIn }) => reversed && remittedIn !== null && reversalRemittedIn === null,
  );
  if (payments.length + reversals.length === 0) return null;
  const records = [
    ...payments.map((payment) => record(books, payment, 'PA')),
    ...reversals.map((payment) => record(books, payment, 'PAR')),
  ];
  const name = outgoing.add('APAY', records, on, cause);
  for (const payment of payments) noteRemitted(books, payment, name);
  for (const payment of reversals) {
    payment.reversalRemittedIn = name;
    accountOf(books, payment.fileNumber).remittedMinor -= payment.amountMinor;
  }
  books.lastRemittance = name;
  return name;
}

export function noteRemitted(books: AgencyBooks, payment: CollectedPayment, name: string): void {
  payment.remittedIn = name;
  accountOf(books, payment.fileNumber).remittedMinor += payment.amountMinor;
}

/** Collected less bounced of one file number, as far as the office was not told. */
export function unremittedMinor(books: AgencyBooks, fileNumber: string): number {
  let sum = 0;
  for (const payment of books.payments) {
    if (payment.fileNumber !== fileNumber) continue;
    if (payment.remittedIn === null && !payment.reversed) sum += payment.amountMinor;
    if (payment.remittedIn !== null && payment.reversed && payment.reversalRemittedIn === null) {
      sum -= payment.amountMinor;
    }
  }
  return sum;
}

export function record(books: AgencyBooks, payment: CollectedPayment, type: 'PA' | 'PAR'): string {
  const { account } = accountOf(books, payment.fileNumber);
  const on = type === 'PA' ? payment.on : (payment.reversedOn ?? payment.on);
  return paymentRecord({ ...payment, account, type, on });
}

function accountOf(books: AgencyBooks, fileNumber: string): HeldAccount {
  const account = books.accounts[fileNumber];
  if (account === undefined) throw new Error(`no account ${fileNumber}`);
  return account;
}

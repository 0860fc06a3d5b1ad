import { amountOf, recordsOf, withAmount } from './agency-records.ts';
import type { AgencyBooks, CollectedPayment } from './books.ts';
import { heldFileNumbers } from './books.ts';
import type { CommandResult } from './commands.ts';
import { collect, noteRemitted, record } from './money.ts';
import type { Outgoing } from './outgoing.ts';
import { hash } from './whim.ts';

const NOTHING_YET: CommandResult = { done: false, code: 'NOTHING', reason: 'nothing was remitted yet' };

/** The same bytes under a new name: the last remittance, or another file that was sent. */
export function resend(books: AgencyBooks, outgoing: Outgoing, file: string | undefined): CommandResult {
  const earlier = file ?? books.lastRemittance;
  if (earlier === null || !books.files.some(({ name }) => name === earlier)) return NOTHING_YET;
  return { done: true, files: [outgoing.again(earlier, 'resend')] };
}

/**
 * The last remittance once more, with one payment that was left out: one that waits to be remitted, or else one that is
 * collected for the purpose. Everything else keeps its identifiers.
 */
export function correct(books: AgencyBooks, outgoing: Outgoing, on: string): CommandResult {
  const earlier = books.lastRemittance;
  if (earlier === null) return NOTHING_YET;
  const leftOut = paymentLeftOut(books, on);
  if (leftOut === undefined) return { done: false, code: 'NOTHING', reason: 'no account owes anything' };
  const records = [...recordsOf(outgoing.contentOf(earlier)), record(books, leftOut, 'PA')];
  const name = outgoing.add('APAY', records, on, 'correct');
  noteRemitted(books, leftOut, name);
  books.lastRemittance = name;
  return { done: true, files: [name], identifier: leftOut.identifier };
}

/** The last remittance once more, its first payment with one dollar more under the same identifier. A mistake. */
export function contradict(books: AgencyBooks, outgoing: Outgoing, on: string): CommandResult {
  const earlier = books.lastRemittance;
  if (earlier === null) return NOTHING_YET;
  const [first, ...rest] = recordsOf(outgoing.contentOf(earlier));
  if (first === undefined) return NOTHING_YET;
  const name = outgoing.add('APAY', [withAmount(first, amountOf(first) + 100), ...rest], on, 'contradict');
  return { done: true, files: [name], identifier: first.slice(66, 96).trim() };
}

function paymentLeftOut(books: AgencyBooks, on: string): CollectedPayment | undefined {
  const waiting = books.payments.find(({ reversed, remittedIn }) => remittedIn === null && !reversed);
  if (waiting !== undefined) return waiting;
  const owing = heldFileNumbers(books).filter((fileNumber) => {
    const account = books.accounts[fileNumber];
    return account?.state === 'open' && account.balanceMinor > 0;
  });
  const fileNumber = owing[hash(`left out ${on} ${books.nextPayment}`) % Math.max(1, owing.length)];
  const balance = fileNumber === undefined ? 0 : (books.accounts[fileNumber]?.balanceMinor ?? 0);
  if (fileNumber === undefined || balance <= 0) return undefined;
  return collect(books, fileNumber, Math.ceil(balance / 4), on);
}

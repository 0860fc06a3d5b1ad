import { addressRecord, phoneRecord } from './agency-records.ts';
import type { AgencyBooks } from './books.ts';
import { heldFileNumbers } from './books.ts';
import type { CommandResult, DayAction } from './commands.ts';
import { inventedAddress, inventedPhone } from './invented-contacts.ts';
import { bounce, collect, remit } from './money.ts';
import type { Outgoing } from './outgoing.ts';
import { correct, resend } from './repeated-remittance.ts';
import { status } from './statuses.ts';
import { hash } from './whim.ts';

/** Of a hundred open accounts, or of a hundred remitted payments, so many see this on one day. */
const PERCENT = { pays: 12, paysInFull: 33, disputes: 1, finds: 2, moves: 1, bounces: 6, resends: 12, corrects: 10 };

/**
 * A day at the agency, the same for the same books and seed: some debtors pay, in part or in full, earlier payments
 * bounce, some dispute, move or are found. It ends with a remittance, which is sometimes repeated or corrected.
 */
export function randomDay(books: AgencyBooks, outgoing: Outgoing, on: string, seed: string): readonly DayAction[] {
  const actions: DayAction[] = [];
  const chance = dice(`${seed} ${on}`);
  for (const payment of books.payments) {
    if (payment.remittedIn === null || payment.reversed || chance() >= PERCENT.bounces) continue;
    if (books.accounts[payment.fileNumber]?.state !== 'open') continue;
    bounce(books, payment, on);
    const { fileNumber, amountMinor, identifier } = payment;
    actions.push({ did: 'reverse', fileNumber, amountMinor, identifier });
  }
  const statuses: string[] = [];
  const addresses: string[] = [];
  const phones: string[] = [];
  for (const fileNumber of heldFileNumbers(books)) {
    const account = books.accounts[fileNumber];
    if (account?.state !== 'open' || account.stopped !== null) continue;
    if (account.balanceMinor > 0 && chance() < PERCENT.pays) {
      const part = chance() < PERCENT.paysInFull ? 100 : 5 + chance() * 0.9;
      const amountMinor = Math.max(1, Math.floor((account.balanceMinor * part) / 100));
      const { identifier } = collect(books, fileNumber, amountMinor, on);
      actions.push({ did: 'collect', fileNumber, amountMinor, identifier });
    }
    if (chance() < PERCENT.disputes) {
      statuses.push(status(fileNumber, account, 'DIS', on));
      actions.push({ did: 'dispute', fileNumber });
    }
    if (chance() < PERCENT.moves) {
      addresses.push(addressRecord(fileNumber, account, inventedAddress(fileNumber, on), on));
      actions.push({ did: 'move', fileNumber });
    }
    if (chance() < PERCENT.finds) {
      phones.push(phoneRecord(fileNumber, account, inventedPhone(fileNumber, on), on));
      actions.push({ did: 'phone', fileNumber });
    }
  }
  if (statuses.length > 0) outgoing.add('ASTS', statuses, on, 'day');
  if (addresses.length > 0) outgoing.add('AUAD', addresses, on, 'day');
  if (phones.length > 0) outgoing.add('AUPH', phones, on, 'day');
  const remitted = remit(books, outgoing, on, 'day');
  if (remitted !== null) actions.push({ did: 'remit', file: remitted });
  if (chance() < PERCENT.resends) note(actions, 'resend', resend(books, outgoing, undefined));
  if (chance() < PERCENT.corrects) note(actions, 'correct', correct(books, outgoing, on));
  return actions;
}

function note(actions: DayAction[], did: 'resend' | 'correct', result: CommandResult): void {
  const file = result.done ? result.files[0] : undefined;
  if (!result.done || file === undefined) return;
  actions.push({ did, file, ...(result.identifier === undefined ? {} : { identifier: result.identifier }) });
}

/** Throws numbers from 0 up to 100, the same row for the same seed. */
function dice(seed: string): () => number {
  let thrown = 0;
  return () => (hash(`${seed} ${thrown++}`) / 2 ** 32) * 100;
}

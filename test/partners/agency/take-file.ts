import { balanceRecord, addressRecord, phoneRecord } from './agency-records.ts';
import { BATCH_TYPES } from './batch-types.ts';
import type { AgencyBooks, HeldAccount, ViolationRule } from './books.ts';
import { isHeld } from './books.ts';
import type { AgencyFaults } from './faults.ts';
import { inventedAddress, inventedPhone } from './invented-contacts.ts';
import { collect, remit, unremittedMinor } from './money.ts';
import type { OfficeFile, PaymentNotice, PlacedAccount, Recall } from './office-file.ts';
import type { Outgoing } from './outgoing.ts';
import { status } from './statuses.ts';
import { DEFAULT_REFUSE_EVERY, firstDayOf, isRefused } from './whim.ts';

/** How many records of a file did what they were meant to, and how many did not. */
export interface Taken {
  readonly accepted: number;
  readonly refused: number;
}

/** Takes a file whose count and total hold into the books, and makes what the agency answers. */
export function takeFile(
  books: AgencyBooks,
  file: OfficeFile,
  fileName: string,
  faults: AgencyFaults,
  outgoing: Outgoing,
): Taken {
  const { createdOn } = file;
  switch (file.kind) {
    case 'placements':
      return takePlacements(books, file.placed, fileName, createdOn, faults, outgoing);
    case 'payments':
      return counted(file.notices, (notice) => takeNotice(books, notice, fileName, createdOn));
    case 'recalls':
      return counted(file.recalls, (recall) => takeRecall(books, recall, fileName, createdOn));
  }
}

function takePlacements(
  books: AgencyBooks,
  placed: readonly PlacedAccount[],
  fileName: string,
  on: string,
  faults: AgencyFaults,
  outgoing: Outgoing,
): Taken {
  const taken: string[] = [];
  const refusals: string[] = [];
  for (const one of placed) {
    const { fileNumber } = one;
    if (isHeld(books.accounts[fileNumber])) {
      violate(books, 'doublePlacement', fileName, on, fileNumber, `placed again with ${one.amountMinor}`);
      continue;
    }
    const account = open(books, one, fileName, on);
    if (isRefused(fileNumber, faults.refuseEvery ?? DEFAULT_REFUSE_EVERY)) {
      account.state = 'refused';
      refusals.push(status(fileNumber, account, 'REF', on));
    } else {
      taken.push(fileNumber);
    }
  }
  const held = taken.flatMap((fileNumber) => {
    const account = books.accounts[fileNumber];
    return account === undefined ? [] : [[fileNumber, account] as const];
  });
  // As the accounts were taken in; given out last, so that whoever has the acknowledgement finds everything else there.
  const acknowledgements = held.map(([fileNumber, account]) => balanceRecord('AACK', fileNumber, account));
  if (faults.quiet !== true) actByItself(books, held, on, outgoing);
  if (refusals.length > 0) outgoing.add('ASTS', refusals, on, 'answer');
  if (acknowledgements.length > 0) outgoing.add('AACK', acknowledgements, on, 'answer');
  return { accepted: taken.length, refused: placed.length - taken.length };
}

/** The account as it begins with this placement; what is known from an earlier one stays in its history. */
function open(books: AgencyBooks, placed: PlacedAccount, fileName: string, on: string): HeldAccount {
  const { fileNumber, account, amountMinor, debtorNumbers, miscellaneous } = placed;
  const before = books.accounts[fileNumber];
  const carried = before === undefined ? 0 : unremittedMinor(books, fileNumber);
  const opened: HeldAccount = {
    account,
    debtorNumbers,
    state: 'open',
    placedMinor: amountMinor,
    balanceMinor: amountMinor - carried,
    placedOn: on,
    collectedMinor: carried,
    remittedMinor: 0,
    lastPayment: before?.lastPayment ?? null,
    recall: null,
    stopped: null,
    miscellaneous,
    told: before?.told ?? {},
    history: [...(before?.history ?? []), { on, what: 'placed', amountMinor, file: fileName }],
  };
  books.accounts[fileNumber] = opened;
  return opened;
}

/** Some debtors pay, dispute or turn out to have moved as soon as an agency writes to them. */
function actByItself(
  books: AgencyBooks,
  held: readonly (readonly [fileNumber: string, account: HeldAccount])[],
  on: string,
  outgoing: Outgoing,
): void {
  const statuses: string[] = [];
  const addresses: string[] = [];
  const phones: string[] = [];
  for (const [fileNumber, account] of held) {
    const { paysPercent, disputes, contact } = firstDayOf(fileNumber);
    const amount = Math.floor((account.balanceMinor * paysPercent) / 100);
    if (amount > 0) collect(books, fileNumber, amount, on);
    if (disputes) statuses.push(status(fileNumber, account, 'DIS', on));
    if (contact === 'address') {
      addresses.push(addressRecord(fileNumber, account, inventedAddress(fileNumber, on), on));
    } else if (contact === 'phone') {
      phones.push(phoneRecord(fileNumber, account, inventedPhone(fileNumber, on), on));
    }
  }
  if (statuses.length > 0) outgoing.add('ASTS', statuses, on, 'self');
  if (addresses.length > 0) outgoing.add('AUAD', addresses, on, 'self');
  if (phones.length > 0) outgoing.add('AUPH', phones, on, 'self');
  remit(books, outgoing, on, 'self');
}

/** Whether the notice changed the balance. */
function takeNotice(books: AgencyBooks, notice: PaymentNotice, file: string, on: string): boolean {
  const { fileNumber, identifier, amountMinor } = notice;
  const account = books.accounts[fileNumber];
  if (account === undefined || !matches(books, account, notice, file, on)) {
    if (account === undefined) {
      books.notes.push({ what: 'payment-not-held', on, file, fileNumber, reference: identifier });
    }
    return false;
  }
  if (Object.hasOwn(account.told, identifier)) {
    violate(books, 'doubleEntry', file, on, fileNumber, identifier);
    return false;
  }
  if (books.payments.some((payment) => payment.fileNumber === fileNumber && payment.identifier === identifier)) {
    violate(books, 'echoedPayment', file, on, fileNumber, identifier);
    return false;
  }
  account.told[identifier] = amountMinor;
  if (!isHeld(account)) {
    books.notes.push({ what: 'payment-not-held', on, file, fileNumber, reference: identifier });
    return false;
  }
  const raises = BATCH_TYPES.get(notice.batchType) === 'raises';
  account.balanceMinor += raises ? amountMinor : -amountMinor;
  const what = raises ? 'told raised' : 'told lowered';
  account.history.push({ on: notice.on, what, amountMinor, reference: identifier, file });
  return true;
}

/** Whether the recall changed what is held. One that crossed with the agency's own return is only noted. */
function takeRecall(books: AgencyBooks, recall: Recall, file: string, on: string): boolean {
  const { fileNumber, reason, objectUntil, kind } = recall;
  const account = books.accounts[fileNumber];
  if (!isHeld(account)) {
    books.notes.push({ what: 'recall-not-held', on, file, fileNumber, reference: `${kind} ${reason}` });
    return false;
  }
  if (!matches(books, account, recall, file, on)) return false;
  account.state = kind === 'CPEN' ? 'recall-pending' : 'recalled';
  account.recall = { reason, objectUntil };
  account.history.push({ on, what: account.state, reference: reason, file });
  return true;
}

function matches(
  books: AgencyBooks,
  held: HeldAccount,
  said: { readonly fileNumber: string; readonly account: string },
  file: string,
  on: string,
): boolean {
  if (held.account === said.account) return true;
  violate(books, 'accountMismatch', file, on, said.fileNumber, `${said.account} instead of ${held.account}`);
  return false;
}

function violate(
  books: AgencyBooks,
  rule: ViolationRule,
  file: string,
  on: string,
  fileNumber: string,
  detail: string,
): void {
  books.violations.push({ rule, on, file, fileNumber, detail });
}

function counted<T>(items: readonly T[], take: (item: T) => boolean): Taken {
  const accepted = items.filter(take).length;
  return { accepted, refused: items.length - accepted };
}

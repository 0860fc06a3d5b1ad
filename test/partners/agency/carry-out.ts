import {
  addressRecord,
  assetRecord,
  balanceRecord,
  bankruptcyRecord,
  objectionRecord,
  phoneRecord,
} from './agency-records.ts';
import type { AgencyBooks, HeldAccount } from './books.ts';
import { heldFileNumbers, isHeld } from './books.ts';
import type { AdoptedAccount, AgencyCommand, CommandResult, RefusalCode } from './commands.ts';
import { randomDay } from './day.ts';
import { inventedAddress, inventedPhone } from './invented-contacts.ts';
import { bounce, collect, remit } from './money.ts';
import type { Outgoing } from './outgoing.ts';
import { contradict, correct, resend } from './repeated-remittance.ts';
import type { StatusCode } from './statuses.ts';
import { status } from './statuses.ts';

/** What is done to one account that the agency holds. */
type AccountCommand = Extract<AgencyCommand, { readonly fileNumber: string }>;

const STATUS_OF = { dispute: 'DIS', insolvent: 'BKY', deceased: 'DEC', return: 'RET' } as const satisfies {
  readonly [command: string]: StatusCode;
};

/** Does one command to the books (in memory; the caller writes them), and makes the files that it brings. */
export function carryOut(books: AgencyBooks, command: AgencyCommand, outgoing: Outgoing): CommandResult {
  switch (command.do) {
    case 'remit':
      return remit(books, outgoing, command.date, 'remit') === null
        ? refused('NOTHING', 'nothing is collected or bounced that was not remitted')
        : { done: true, files: namesOf(outgoing) };
    case 'reverse': {
      const payment = books.payments.find(({ identifier }) => identifier === command.identifier);
      if (payment === undefined || payment.reversed) return refused('NO_PAYMENT', `${command.identifier} can't bounce`);
      bounce(books, payment, command.date);
      return { done: true, files: [], identifier: payment.identifier };
    }
    case 'reconcile': {
      const records = heldFileNumbers(books).flatMap((fileNumber) => {
        const account = books.accounts[fileNumber];
        return account === undefined ? [] : [balanceRecord('AREC', fileNumber, account)];
      });
      outgoing.add('AREC', records, command.date, 'reconcile');
      return { done: true, files: namesOf(outgoing) };
    }
    case 'resend':
      return resend(books, outgoing, command.file);
    case 'correct':
      return correct(books, outgoing, command.date);
    case 'contradict':
      return contradict(books, outgoing, command.date);
    case 'adopt':
      return adopt(books, command.accounts);
    case 'day': {
      const actions = randomDay(books, outgoing, command.date, String(command.seed));
      return { done: true, files: namesOf(outgoing), actions };
    }
    default:
      return onAccount(books, command, outgoing);
  }
}

function onAccount(books: AgencyBooks, command: AccountCommand, outgoing: Outgoing): CommandResult {
  const { date, fileNumber } = command;
  const account = books.accounts[fileNumber];
  const state = account?.state ?? 'not known';
  if (!isHeld(account)) return refused('NOT_HELD', `${fileNumber} is ${state}`);
  switch (command.do) {
    case 'collect': {
      if (account.state !== 'open') return refused('NOT_OPEN', `${fileNumber} is ${state}`);
      if (command.amountMinor > account.balanceMinor) {
        return refused('TOO_MUCH', `${fileNumber} owes ${account.balanceMinor}`);
      }
      const { identifier } = collect(books, fileNumber, command.amountMinor, date);
      return { done: true, files: [], identifier };
    }
    case 'object':
      if (account.state !== 'recall-pending') return refused('NOT_OPEN', `no recall of ${fileNumber} is pending`);
      account.history.push({ on: date, what: 'objected', reference: 'PAY' });
      outgoing.add('AOBJ', [objectionRecord(fileNumber, account, 'PAY', date)], date, 'object');
      break;
    case 'dispute':
    case 'insolvent':
    case 'deceased':
    case 'return':
      if (command.do === 'return') account.state = 'returned';
      outgoing.add('ASTS', [status(fileNumber, account, STATUS_OF[command.do], date)], date, command.do);
      break;
    case 'move': {
      const address = command.address ?? inventedAddress(fileNumber, date);
      account.history.push({ on: date, what: 'moved' });
      outgoing.add('AUAD', [addressRecord(fileNumber, account, address, date)], date, 'move');
      break;
    }
    case 'phone': {
      const number = command.number ?? inventedPhone(fileNumber, date);
      account.history.push({ on: date, what: 'phone found' });
      outgoing.add('AUPH', [phoneRecord(fileNumber, account, number, date)], date, 'phone');
      break;
    }
    case 'asset':
      account.history.push({ on: date, what: 'asset found', reference: command.asset.id });
      outgoing.add('AAST', [assetRecord(fileNumber, account, command.asset)], date, 'asset');
      break;
    case 'bankruptcy': {
      const { caseNumber, takenBack } = command.bankruptcy;
      account.history.push({ on: date, what: 'bankruptcy', reference: caseNumber });
      // What is taken back lifts nothing here either: the office says when work may go on.
      if (takenBack !== true) account.stopped = 'BKY';
      outgoing.add('ABKR', [bankruptcyRecord(fileNumber, account, command.bankruptcy)], date, 'bankruptcy');
      break;
    }
  }
  return { done: true, files: namesOf(outgoing) };
}

/** All or none: a list that names an account that is held already is a mistake in the list. */
function adopt(books: AgencyBooks, accounts: readonly AdoptedAccount[]): CommandResult {
  const held = accounts.find(({ fileNumber }) => isHeld(books.accounts[fileNumber]));
  if (held !== undefined) return refused('HELD', `${held.fileNumber} is held already`);
  for (const { fileNumber, account, placedMinor, balanceMinor, placedOn, debtorNumbers } of accounts) {
    const adopted: HeldAccount = {
      account,
      debtorNumbers: debtorNumbers ?? [],
      state: 'open',
      placedMinor,
      balanceMinor,
      placedOn,
      collectedMinor: 0,
      remittedMinor: 0,
      lastPayment: null,
      recall: null,
      stopped: null,
      miscellaneous: {},
      told: {},
      history: [{ on: placedOn, what: 'held since before', amountMinor: balanceMinor }],
    };
    books.accounts[fileNumber] = adopted;
  }
  return { done: true, files: [] };
}

function namesOf(outgoing: Outgoing): string[] {
  return outgoing.files.map(({ name }) => name);
}

function refused(code: RefusalCode, reason: string): CommandResult {
  return { done: false, code, reason };
}

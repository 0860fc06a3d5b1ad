import type { BalanceReported, DecodeContext, FileFault } from '@concord/plugin-sdk';
import type { AimSettings } from '../settings.js';
import { HeldBalances, type HeldBalance } from './held-balances.js';
import { amountIn, readRecords, textIn, type Line, type Read } from './read-records.js';

/** Accounts of one file that can wait for the date in its trailer. */
export const MOST_ACCOUNTS = 4_000_000;

/**
 * Reads the balances that the agency holds. As of which day, only the trailer can say, where its mapping names the field:
 * then all accounts wait for it. Otherwise the day on which the agency received the account is all there is, and the
 * file's name keeps one week's statement apart from the next.
 */
export async function* decodeReconciliations(
  bytes: AsyncIterable<Uint8Array>,
  context: DecodeContext<AimSettings>,
  most = MOST_ACCOUNTS,
): AsyncGenerator<Read> {
  const dateKey = context.settings.trailers?.reconciliations?.date;
  if (dateKey === undefined) {
    yield* readRecords('reconciliations', bytes, context, (line) => undated(line, context.fileName));
    return;
  }
  const held = new HeldBalances(most);
  let asOf = '';
  let overflow = false;
  const hold = (line: Line): null => {
    overflow ||= !held.add(balanceIn(line));
    return null;
  };
  const items = readRecords('reconciliations', bytes, context, hold, (trailer) => {
    asOf = textIn(trailer, dateKey);
  });
  yield* items;
  if (overflow) yield { fault: tooMany(context.fileName, most) };
  // Without its date the trailer was not read: the file is refused already.
  else if (asOf !== '') for (const balance of held.all()) yield statement(balance, asOf, asOf);
}

function balanceIn({ record, reference }: Line): HeldBalance {
  const account = textIn(record, 'account');
  return {
    reference,
    account: account === '' ? null : account,
    amountMinor: amountIn(record, 'currentBalance') ?? 0,
  };
}

function undated(line: Line, fileName: string): Read {
  const { record } = line;
  const asOf = textIn(record, 'receivedDate') || textIn(record, 'lastPaymentDate');
  if (asOf === '') return line.fault('required', 'receivedDate', 'Nothing says as of which day the balance is');
  return statement(balanceIn(line), asOf, fileName);
}

/** The same balance next time is a new statement; a corrected one of the same time too. */
function statement(balance: HeldBalance, asOf: string, occasion: string): BalanceReported {
  const { reference, amountMinor } = balance;
  return { ...balance, kind: 'balance-reported', naturalKey: `AREC:${reference}:${occasion}:${amountMinor}`, asOf };
}

function tooMany(file: string, most: number): FileFault {
  const message = `The file has more than ${most} accounts; no more can wait for its date`;
  return { severity: 'file', file, record: null, field: null, position: null, value: null, rule: 'too-many', message };
}

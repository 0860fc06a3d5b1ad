import { written as amountIn } from './cents.ts';
import type { Place, RecordLayout } from './aim-layouts.ts';
import {
  AACK,
  AAST,
  ABKR,
  AOBJ,
  APAY,
  ASTS,
  AUAD,
  AUPH,
  TRAILER_WITH_TOTAL,
  TRAILER_WITHOUT_TOTAL,
} from './aim-layouts.ts';
import type { HeldAccount } from './books.ts';
import type { FoundAsset, ToldBankruptcy } from './found-facts.ts';
import type { NewAddress } from './new-address.ts';

/** The kinds of files that an agency writes; also the first letters of their names and of their records. */
export type AgencyFileKind = 'AACK' | 'ASTS' | 'APAY' | 'AUAD' | 'AUPH' | 'AAST' | 'ABKR' | 'AOBJ' | 'AREC';

/** Where a record of this kind states the money that its file's trailer totals; null where the trailer states none. */
const TOTALLED: { readonly [kind in AgencyFileKind]: Place | null } = {
  AACK: AACK.fields.originalBalance,
  APAY: APAY.fields.amount,
  AREC: AACK.fields.currentBalance,
  ASTS: null,
  AUAD: null,
  AUPH: null,
  AAST: null,
  ABKR: null,
  AOBJ: null,
};

const LENGTH: { readonly [kind in AgencyFileKind]: number } = {
  AACK: AACK.length,
  ASTS: ASTS.length,
  APAY: APAY.length,
  AUAD: AUAD.length,
  AUPH: AUPH.length,
  AAST: AAST.length,
  ABKR: ABKR.length,
  AOBJ: AOBJ.length,
  AREC: AACK.length,
};

/** Acknowledges a placement (AACK) or states what is held (AREC). */
export function balanceRecord(kind: 'AACK' | 'AREC', fileNumber: string, held: HeldAccount): string {
  return written(kind, AACK, {
    fileNumber,
    account: held.account,
    originalBalance: money(held.placedMinor),
    receivedDate: compact(held.placedOn),
    currentBalance: money(held.balanceMinor),
    lastPaymentDate: held.lastPayment === null ? '' : compact(held.lastPayment.on),
    lastPaymentAmount: held.lastPayment === null ? '' : money(held.lastPayment.amountMinor),
  });
}

/** A payment or its reversal; both amounts are positive. The agency puts everything into the first bucket. */
export function paymentRecord(payment: {
  readonly fileNumber: string;
  readonly account: string;
  readonly amountMinor: number;
  readonly on: string;
  readonly type: 'PA' | 'PAR';
  readonly identifier: string;
}): string {
  const amount = money(payment.amountMinor);
  const nothing = money(0);
  return written('APAY', APAY, {
    fileNumber: payment.fileNumber,
    account: payment.account,
    amount,
    paymentDate: compact(payment.on),
    type: payment.type,
    paymentIdentifier: payment.identifier,
    bucket1: amount,
    bucket2: nothing,
    bucket3: nothing,
    bucket4: nothing,
    bucket5: nothing,
    bucket6: nothing,
    bucket7: nothing,
    bucket8: nothing,
  });
}

/** The same payment record with another amount, for an agency that contradicts itself. */
export function withAmount(text: string, amountMinor: number): string {
  const { amount, bucket1 } = APAY.fields;
  return placed(placed(text, amount, money(amountMinor)), bucket1, money(amountMinor));
}

/** A status code with its note. */
export function statusRecord(fileNumber: string, held: HeldAccount, code: string, note: string, on: string): string {
  return written('ASTS', ASTS, {
    debtorNumber: debtorOf(held),
    fileNumber,
    statusCode: code,
    note,
    noteDate: compact(on),
  });
}

export function addressRecord(fileNumber: string, held: HeldAccount, address: NewAddress, on: string): string {
  return written('AUAD', AUAD, { debtorNumber: debtorOf(held), fileNumber, ...address, date: compact(on) });
}

/** A new cell phone (type 3). */
export function phoneRecord(fileNumber: string, held: HeldAccount, number: string, on: string): string {
  return written('AUPH', AUPH, { debtorNumber: debtorOf(held), fileNumber, phoneType: '3', number, date: compact(on) });
}

export function assetRecord(fileNumber: string, held: HeldAccount, asset: FoundAsset): string {
  return written('AAST', AAST, {
    debtorNumber: debtorOf(held),
    fileNumber,
    assetId: asset.id,
    assetTypeId: asset.typeId ?? '',
    name: asset.name,
    value: asset.valueMinor === undefined ? '' : money(asset.valueMinor),
    lien: asset.lienMinor === undefined ? '' : money(asset.lienMinor),
  });
}

export function bankruptcyRecord(fileNumber: string, held: HeldAccount, told: ToldBankruptcy): string {
  return written('ABKR', ABKR, {
    debtorNumber: debtorOf(held),
    fileNumber,
    action: told.takenBack === true ? 'D' : 'A',
    chapter: told.chapter,
    caseNumber: told.caseNumber,
    court: told.court ?? '',
    filedDate: compact(told.filedOn ?? ''),
    dismissedDate: compact(told.dismissedOn ?? ''),
  });
}

export function objectionRecord(fileNumber: string, held: HeldAccount, reason: string, on: string): string {
  return written('AOBJ', AOBJ, { fileNumber, account: held.account, reason, date: compact(on) });
}

/** A whole file: its records and the trailer that counts and totals them, each ended by a line feed. */
export function agencyFile(kind: AgencyFileKind, records: readonly string[], createdOn: string): string {
  return [...records, trailer(kind, records, createdOn)].map((text) => `${text}\n`).join('');
}

/** The records of a file that the agency wrote, without the trailer. */
export function recordsOf(file: string): string[] {
  return file.split('\n').slice(0, -2);
}

/** What a record of an APAY file states. */
export function amountOf(text: string): number {
  return centsAt(text, APAY.fields.amount);
}

/** The same file with a trailer that states one cent too much, where it states money at all. */
export function withWrongTotal(kind: AgencyFileKind, file: string): string {
  if (TOTALLED[kind] === null) return file;
  const at = file.length - LENGTH[kind] - 1;
  const text = file.slice(at, -1);
  const wrong = money(centsAt(text, TRAILER_WITH_TOTAL.total) + 1);
  return `${file.slice(0, at)}${placed(text, TRAILER_WITH_TOTAL.total, wrong)}\n`;
}

/** The same file, broken off inside its trailer. */
export function withoutEnd(kind: AgencyFileKind, file: string): string {
  return file.slice(0, -Math.floor(LENGTH[kind] / 2));
}

function trailer(kind: AgencyFileKind, records: readonly string[], createdOn: string): string {
  const recordCount = String(records.length).padStart(10, '0');
  const place = TOTALLED[kind];
  if (place === null) {
    const layout = { length: LENGTH[kind], fields: TRAILER_WITHOUT_TOTAL };
    return written('ATRL', layout, { recordCount, createdDate: compact(createdOn) });
  }
  const total = money(records.reduce((sum, text) => sum + centsAt(text, place), 0));
  const layout = { length: LENGTH[kind], fields: TRAILER_WITH_TOTAL };
  return written('ATRL', layout, { recordCount, total, createdDate: compact(createdOn) });
}

function written(type: string, layout: RecordLayout, values: { readonly [field: string]: string }): string {
  let text = type.padEnd(layout.length);
  for (const [field, value] of Object.entries(values)) {
    const place = layout.fields[field];
    if (place === undefined) throw new Error(`${type} has no field ${field}`);
    text = placed(text, place, value);
  }
  return text;
}

function placed(text: string, [first, last]: Place, value: string): string {
  const size = last - first + 1;
  if (value.length > size) throw new Error(`${first}-${last} takes ${size} characters, not ${value.length}`);
  return text.slice(0, first - 1) + value.padEnd(size) + text.slice(last);
}

/** Cents as twelve positions, zero-filled, with the decimal point before the last two digits and a sign where negative. */
function money(minor: number): string {
  const sign = minor < 0 ? '-' : '';
  return sign + amountIn(Math.abs(minor)).padStart(12 - sign.length, '0');
}

function centsAt(text: string, [first, last]: Place): number {
  return Number(text.slice(first - 1, last).replace('.', ''));
}

/** Dates are CCYYMMDD. */
function compact(date: string): string {
  return date.replaceAll('-', '');
}

/** An account that was held since before came without debtor numbers. */
function debtorOf(held: HeldAccount): string {
  return held.debtorNumbers[0] ?? '000000000';
}

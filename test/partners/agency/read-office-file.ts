import { written } from './cents.ts';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RecordLayout } from './aim-layouts.ts';
import {
  CACT,
  CDBT,
  CMIS,
  CPAY,
  MONEY_COLUMNS,
  PLACEMENT_TRAILER,
  RECALL,
  TRAILER_WITH_TOTAL,
  TRAILER_WITHOUT_TOTAL,
} from './aim-layouts.ts';
import { BATCH_TYPES } from './batch-types.ts';
import type { FileReading, OfficeFile, PaymentNotice, PlacedAccount, Recall } from './office-file.ts';
import { RecordReader } from './record-reader.ts';

type FileKind = OfficeFile['kind'];

/** Which records stand in which kind of file. CAST and CUPP (assets, telephones) may come and say nothing here. */
const KIND_OF_RECORD: { readonly [type: string]: FileKind | undefined } = {
  CACT: 'placements',
  CDBT: 'placements',
  CMIS: 'placements',
  CAST: 'placements',
  CUPP: 'placements',
  CPAY: 'payments',
  CPEN: 'recalls',
  CFIN: 'recalls',
};
const RECORD_LENGTH: { readonly [kind in FileKind]: number } = { placements: 3000, payments: 222, recalls: 102 };

/** Long files are read in pieces, so that the front door stays open meanwhile. */
const LINES_A_TURN = 2_000;

/**
 * Reads one file of an office. Whatever does not hold (a record's length or type, a field, the trailer's count or total)
 * refuses the whole file with its reason: the receiver must not process it.
 */
export async function readOfficeFile(bytes: Buffer): Promise<FileReading> {
  const reading = new Reading();
  let from = 0;
  let line = 0;
  while (from < bytes.length && reading.refused === null) {
    const feed = bytes.indexOf(0x0a, from);
    const end = feed < 0 ? bytes.length : feed;
    line += 1;
    reading.take(bytes.toString('latin1', from, end).replace(/\r$/, ''), line);
    from = end + 1;
    if (line % LINES_A_TURN === 0) await nextTurn();
  }
  return reading.end();
}

class Reading {
  refused: string | null = null;
  private kind: FileKind | null = null;
  private records = 0;
  private totalMinor = 0;
  private createdOn: string | null = null;
  private readonly placed: PlacedAccount[] = [];
  private readonly byFileNumber = new Map<string, PlacedAccount>();
  private readonly notices: PaymentNotice[] = [];
  private readonly recalls: Recall[] = [];

  take(text: string, line: number): void {
    const type = text.slice(0, 4);
    if (this.createdOn !== null) return this.refuse(`LINE ${line}: MORE AFTER THE TRAILER`);
    const record = new RecordReader(text);
    if (type === 'CTRL') {
      this.takeTrailer(record);
    } else {
      const kind = KIND_OF_RECORD[type];
      if (kind === undefined) return this.refuse(`LINE ${line}: NO SUCH RECORD ${JSON.stringify(type)}`);
      if (this.kind !== null && this.kind !== kind)
        return this.refuse(`LINE ${line}: ${type} IN A FILE OF ${this.kind}`);
      this.kind = kind;
      if (text.length !== RECORD_LENGTH[kind]) {
        return this.refuse(`LINE ${line}: ${type} HAS ${text.length} POSITIONS, NOT ${RECORD_LENGTH[kind]}`);
      }
      this.records += 1;
      this.takeRecord(type, record);
    }
    if (record.fault !== null) this.refuse(`LINE ${line}: ${type} ${record.fault}`);
  }

  end(): FileReading {
    const { records, createdOn } = this;
    if (this.refused === null && createdOn === null) this.refuse('NO TRAILER');
    const lone = this.placed.find(({ debtorNumbers }) => debtorNumbers.length === 0);
    if (lone !== undefined) this.refuse(`CACT ${lone.fileNumber} WITHOUT A DEBTOR`);
    if (this.refused !== null || createdOn === null) return { refused: this.refused ?? 'NO TRAILER', records };
    switch (this.kind) {
      case 'payments':
        return { file: { kind: 'payments', records, createdOn, notices: this.notices } };
      case 'recalls':
        return { file: { kind: 'recalls', records, createdOn, recalls: this.recalls } };
      default:
        return { file: { kind: 'placements', records, createdOn, placed: this.placed } };
    }
  }

  private takeRecord(type: string, record: RecordReader): void {
    switch (type) {
      case 'CACT':
        return this.takeAccount(record);
      case 'CDBT':
        return this.takeDebtor(record);
      case 'CMIS':
        return this.takeMiscellaneous(record);
      case 'CPAY':
        return this.takeNotice(record);
      case 'CPEN':
      case 'CFIN':
        return this.takeRecall(type, record);
    }
  }

  private takeAccount(record: RecordReader): void {
    const amountMinor = this.columns(record);
    const placed: PlacedAccount = {
      fileNumber: record.number9(CACT.fields.fileNumber),
      account: record.requiredString(CACT.fields.account),
      amountMinor,
      debtorNumbers: [],
      miscellaneous: {},
    };
    this.placed.push(placed);
    this.byFileNumber.set(placed.fileNumber, placed);
  }

  private takeDebtor(record: RecordReader): void {
    const { fileNumber, debtorNumber, role, name } = CDBT.fields;
    record.requiredString(name);
    if (!/^[DCG]$/.test(record.string(role))) record.fail(role, 'IS NO ROLE');
    const placed = this.byFileNumber.get(record.number9(fileNumber));
    if (placed === undefined) return record.fail(fileNumber, 'HAS NO CACT BEFORE IT');
    placed.debtorNumbers.push(record.number9(debtorNumber));
  }

  private takeMiscellaneous(record: RecordReader): void {
    const { fileNumber, account, title, data } = CMIS.fields;
    const placed = this.byFileNumber.get(record.number9(fileNumber));
    if (placed === undefined) return record.fail(fileNumber, 'HAS NO CACT BEFORE IT');
    if (record.string(account) !== placed.account) record.fail(account, 'IS NOT THE ACCOUNT OF ITS CACT');
    placed.miscellaneous[record.requiredString(title)] = record.string(data);
  }

  private takeNotice(record: RecordReader): void {
    const { fileNumber, account, paymentDate, batchType, paymentIdentifier } = CPAY.fields;
    const code = record.string(batchType);
    if (!BATCH_TYPES.has(code)) record.fail(batchType, `${JSON.stringify(code)} IS NO AGREED BATCH TYPE`);
    const amountMinor = this.columns(record);
    if (amountMinor === 0) record.fail([44, 151], 'HAS NO AMOUNT');
    this.notices.push({
      fileNumber: record.number9(fileNumber),
      account: record.requiredString(account),
      amountMinor,
      on: record.requiredDate(paymentDate),
      batchType: code,
      identifier: record.requiredString(paymentIdentifier),
    });
  }

  private takeRecall(kind: Recall['kind'], record: RecordReader): void {
    const { fileNumber, account, reason, objectUntil } = RECALL.fields;
    this.recalls.push({
      kind,
      fileNumber: record.number9(fileNumber),
      account: record.requiredString(account),
      reason: record.requiredString(reason),
      objectUntil: record.date(objectUntil),
    });
  }

  /** The money columns of a CACT or CPAY, which the trailer totals. */
  private columns(record: RecordReader): number {
    const amount = MONEY_COLUMNS.reduce((sum, place) => sum + record.money(place), 0);
    this.totalMinor += amount;
    return amount;
  }

  /** A file without records is told apart by the length of its trailer alone. */
  private takeTrailer(record: RecordReader): void {
    const { length } = record.text;
    this.kind ??= (Object.keys(RECORD_LENGTH) as FileKind[]).find((kind) => RECORD_LENGTH[kind] === length) ?? null;
    if (this.kind === null || length !== RECORD_LENGTH[this.kind]) {
      return this.refuse(`TRAILER HAS ${length} POSITIONS`);
    }
    const fields: RecordLayout['fields'] =
      this.kind === 'placements'
        ? PLACEMENT_TRAILER.fields
        : this.kind === 'payments'
          ? TRAILER_WITH_TOTAL
          : TRAILER_WITHOUT_TOTAL;
    const { recordCount, total, createdDate } = fields;
    if (recordCount === undefined || createdDate === undefined) return;
    const count = record.count(recordCount);
    const stated = total === undefined ? null : record.money(total);
    this.createdOn = record.requiredDate(createdDate);
    if (record.fault !== null) return;
    if (count !== this.records) this.refuse(`COUNT SAYS ${count} FOUND ${this.records}`);
    else if (stated !== null && stated !== this.totalMinor) {
      this.refuse(`TOTAL SAYS ${written(stated)} FOUND ${written(this.totalMinor)}`);
    }
  }

  private refuse(reason: string): void {
    this.refused ??= reason;
  }
}

import { createWriteStream, renameSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isObject, readJson } from '../sftp/state-folder.ts';
import type { AnsweredVerdict } from './answered-verdict.ts';
import { DELETIONS, PAID } from './metro2-codes.ts';
import { BASE, K1, L1 } from './metro2-layouts.ts';
import type { AccountRecord } from './metro2-record.ts';
import { dateAt, isGiven, valueAt } from './metro2-record.ts';

/** What the bureau shows about one account today. Money in whole dollars, dates `YYYY-MM-DD`, unknown is left out. */
export interface Tradeline {
  identificationNumber: string;
  readonly portfolioType: string;
  readonly accountType: string;
  readonly status: string;
  /** The status said that the account was paid. */
  readonly paid: boolean;
  readonly currentBalance: number;
  readonly amountPastDue: number;
  readonly highestCredit: number;
  readonly specialComment: string;
  /** Stays until it is changed, or removed by XR. */
  readonly complianceConditionCode: string;
  readonly consumerInformationIndicator: string;
  readonly ecoaCode: string;
  readonly dateOpened: string | null;
  readonly dateAccountInformation: string | null;
  readonly dateFirstDelinquency: string | null;
  readonly surname: string;
  readonly firstName: string;
  readonly socialSecurityNumber: string | null;
  readonly dateOfBirth: string | null;
  readonly state: string;
  readonly originalCreditor: string | null;
  readonly creditorClassification: string | null;
  /** Associated consumers (J1 and J2) that came with the record. */
  readonly associatedConsumers: number;
}

/** What the bureau was told at one time, as it was told, and took. */
export interface HistoryItem {
  readonly fileName: string;
  /** Date Created of the file. */
  readonly date: string;
  readonly status: string;
  readonly complianceConditionCode: string;
  readonly consumerInformationIndicator: string;
  readonly specialComment: string;
  readonly currentBalance: number;
  readonly dateAccountInformation: string | null;
  /** Fingerprint of the record's content, by which the bureau knows that it took this before. */
  readonly content: string;
}

/**
 * The bureau's picture of one furnisher's accounts.
 *
 * On disk: `{"lastVerdict": ..., "tradelines": {account: Tradeline}, "history": {account: HistoryItem[]}}`. A removed
 * tradeline leaves `tradelines` and stays in `history`.
 */
export class Books {
  readonly tradelines = new Map<string, Tradeline>();
  readonly history = new Map<string, HistoryItem[]>();
  /** The file that these books were last written for. Written with them in one step, so that a kill can't part them. */
  lastVerdict: AnsweredVerdict | null = null;
  private readonly path: string;

  constructor(path: string) {
    this.path = path;
    const stored = readJson(path);
    if (!isObject(stored)) return;
    this.lastVerdict = (stored.lastVerdict ?? null) as AnsweredVerdict | null;
    for (const [account, line] of Object.entries(stored.tradelines ?? {}))
      this.tradelines.set(account, line as Tradeline);
    for (const [account, items] of Object.entries(stored.history ?? {}))
      this.history.set(account, items as HistoryItem[]);
  }

  tookBefore(account: string, content: string): boolean {
    return this.history.get(account)?.some((item) => item.content === content) ?? false;
  }

  /** Takes an accepted record over: a deletion removes the tradeline, anything else becomes what the bureau shows. */
  take(account: string, record: AccountRecord, told: HistoryItem): void {
    const items = this.history.get(account);
    if (items === undefined) this.history.set(account, [told]);
    else items.push(told);
    if (DELETIONS.has(told.status)) this.tradelines.delete(account);
    else this.tradelines.set(account, tradelineOf(record, this.tradelines.get(account)));
    this.change(account, record);
  }

  /** Writes the books in one step, streaming: they outgrow one string. */
  async write(): Promise<void> {
    const temporary = `${this.path}.writing`;
    await pipeline(Readable.from(this.lines()), createWriteStream(temporary, { mode: 0o600 }));
    renameSync(temporary, this.path);
  }

  /** L1 gives the account another number or another furnisher code; its past goes with it. */
  private change(account: string, record: AccountRecord): void {
    const segment = record.segments.find(({ id }) => id === 'L1');
    if (segment === undefined) return;
    const indicator = valueAt(record.text, L1['Change Indicator'], segment.offset);
    const line = this.tradelines.get(account);
    if (indicator !== '1' && line !== undefined) {
      line.identificationNumber = valueAt(record.text, L1['New Identification Number'], segment.offset);
    }
    if (indicator === '2') return;
    const renamed = valueAt(record.text, L1['New Consumer Account Number'], segment.offset);
    const items = this.history.get(account) ?? [];
    this.history.delete(account);
    this.history.set(renamed, [...(this.history.get(renamed) ?? []), ...items]);
    this.tradelines.delete(account);
    if (line !== undefined) this.tradelines.set(renamed, line);
  }

  private *lines(): Generator<string> {
    yield `{"lastVerdict":${JSON.stringify(this.lastVerdict)},\n"tradelines":{\n`;
    yield* chunks(this.tradelines);
    yield '},\n"history":{\n';
    yield* chunks(this.history);
    yield '}}\n';
  }
}

/** One account a line, many lines a chunk. */
function* chunks(entries: ReadonlyMap<string, unknown>): Generator<string> {
  let chunk = '';
  let first = true;
  for (const [key, value] of entries) {
    chunk += `${first ? '' : ',\n'}${JSON.stringify(key)}:${JSON.stringify(value)}`;
    first = false;
    if (chunk.length > 65_536) {
      yield chunk;
      chunk = '';
    }
  }
  yield `${chunk}\n`;
}

/** What one record tells, for the history. */
export function historyItem(record: AccountRecord, fileName: string, date: string, content: string): HistoryItem {
  const text = (field: keyof typeof BASE): string => valueAt(record.text, BASE[field]);
  return {
    fileName,
    date,
    status: text('Account Status'),
    complianceConditionCode: text('Compliance Condition Code'),
    consumerInformationIndicator: text('Consumer Information Indicator'),
    specialComment: text('Special Comment'),
    currentBalance: Number(text('Current Balance')),
    dateAccountInformation: dateAt(record.text, BASE['Date Account Information']) ?? null,
    content,
  };
}

function tradelineOf(record: AccountRecord, before: Tradeline | undefined): Tradeline {
  const text = (field: keyof typeof BASE): string => valueAt(record.text, BASE[field]);
  const date = (field: keyof typeof BASE): string | null => dateAt(record.text, BASE[field]) ?? null;
  const creditor = record.segments.find(({ id }) => id === 'K1');
  const compliance = text('Compliance Condition Code');
  return {
    identificationNumber: text('Identification Number'),
    portfolioType: text('Portfolio Type'),
    accountType: text('Account Type'),
    status: text('Account Status'),
    paid: PAID.has(text('Account Status')),
    currentBalance: Number(text('Current Balance')),
    amountPastDue: Number(text('Amount Past Due')),
    highestCredit: Number(text('Highest Credit')),
    specialComment: text('Special Comment'),
    complianceConditionCode: compliance === 'XR' ? '' : compliance || (before?.complianceConditionCode ?? ''),
    consumerInformationIndicator: text('Consumer Information Indicator'),
    ecoaCode: text('ECOA Code'),
    dateOpened: date('Date Opened'),
    dateAccountInformation: date('Date Account Information'),
    dateFirstDelinquency: date('Date First Delinquency'),
    surname: text('Surname'),
    firstName: text('First Name'),
    socialSecurityNumber: isGiven(text('Social Security Number')) ? text('Social Security Number') : null,
    dateOfBirth: date('Date Birth'),
    state: text('State'),
    originalCreditor:
      creditor === undefined ? null : valueAt(record.text, K1['Original Creditor Name'], creditor.offset),
    creditorClassification:
      creditor === undefined ? null : valueAt(record.text, K1['Creditor Classification'], creditor.offset),
    associatedConsumers: record.segments.filter(({ id }) => id === 'J1' || id === 'J2').length,
  };
}

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** One file as the bureau judged it. */
export interface Arrival {
  readonly copy: string;
  readonly name: string;
  readonly result: 'processed' | 'refused' | 'duplicate';
  readonly records: number;
  readonly accepted: number;
  readonly refused: number;
}

/** An account as the bureau holds it today; money in whole dollars. */
export interface Tradeline {
  readonly status: string;
  readonly paid: boolean;
  readonly currentBalance: number;
  readonly specialComment: string;
  readonly complianceConditionCode: string;
  readonly consumerInformationIndicator: string;
  readonly surname: string;
  readonly firstName: string;
}

/** What the bureau took about an account at one time, as it was told. */
export interface Told extends Omit<Tradeline, 'paid' | 'surname' | 'firstName'> {
  readonly fileName: string;
  readonly date: string;
}

interface Books {
  readonly tradelines: Readonly<Record<string, Tradeline>>;
  readonly history: Readonly<Record<string, readonly Told[]>>;
}

/** Where the account number stands in a record that has its Record Descriptor Word: positions 43 to 72. */
const ACCOUNT_NUMBER = [42, 72] as const;

/** What a simulated bureau has of one office: read from its disk, where Concord has no part in it. */
export class BureauAccount {
  private readonly state: string;

  constructor(
    data: string,
    bureau: string,
    private readonly office: string,
  ) {
    this.state = join(data, 'partners', bureau);
  }

  /** Every file that arrived, in order. */
  arrivals(): Arrival[] {
    const log = join(this.state, 'received', `${this.office}.jsonl`);
    if (!existsSync(log)) return [];
    const lines = readFileSync(log, 'utf8').split('\n').filter(Boolean);
    return lines.map((line) => JSON.parse(line) as Arrival);
  }

  /** Names of what lies in the inbox, unfinished files included. */
  inbox(): string[] {
    return readdirSync(join(this.state, 'accounts', this.office, 'inbox')).sort();
  }

  /** Bytes of an arrived file. */
  received({ copy }: Pick<Arrival, 'copy'>): Buffer {
    return readFileSync(join(this.state, 'received', this.office, copy));
  }

  /** Account numbers in an arrived file, one a base record. */
  accountsIn(arrival: Pick<Arrival, 'copy'>): string[] {
    return this.recordsIn(arrival).map(accountNumberIn);
  }

  /** What arrived about an account, a record of each file that has one. */
  recordsOf(account: string): string[] {
    return this.arrivals()
      .flatMap((arrival) => this.recordsIn(arrival))
      .filter((record) => accountNumberIn(record) === account);
  }

  books(): Books {
    const path = join(this.state, 'books', `${this.office}.json`);
    if (!existsSync(path)) return { tradelines: {}, history: {} };
    return JSON.parse(readFileSync(path, 'utf8')) as Books;
  }

  /** The base records of an arrived file with their segments, without header and trailer. */
  private recordsIn(arrival: Pick<Arrival, 'copy'>): string[] {
    return this.received(arrival).toString('latin1').split(/\r?\n/).filter(Boolean).slice(1, -1);
  }
}

function accountNumberIn(record: string): string {
  return record.slice(...ACCOUNT_NUMBER).trim();
}

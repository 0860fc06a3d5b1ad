import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** An account as the agency holds it; money in cents. */
export interface AgencyHolding {
  readonly account: string;
  readonly state: 'open' | 'recall-pending' | 'recalled' | 'returned' | 'refused';
  readonly placedMinor: number;
  readonly balanceMinor: number;
  readonly collectedMinor: number;
  readonly remittedMinor: number;
  /** The office's codes: PIF paid in full, SIF settled, WDR withdrawn, DSP disputed, BKY bankrupt, DEC deceased. */
  readonly recall: { readonly reason: string; readonly objectUntil: string | null } | null;
  /** What the office told of its ledger, by the entries' identifiers: payments and reversals alike above zero. */
  readonly told: Readonly<Record<string, number>>;
  readonly history: readonly { readonly on: string; readonly what: string; readonly amountMinor?: number }[];
}

/** A payment that the agency collected. */
export interface AgencyPayment {
  readonly identifier: string;
  readonly fileNumber: string;
  readonly amountMinor: number;
  readonly reversed: boolean;
  readonly remittedIn: string | null;
}

interface Books {
  readonly accounts: Readonly<Record<string, AgencyHolding>>;
  readonly payments: readonly AgencyPayment[];
  /** What we did that no agency would put up with. */
  readonly violations: readonly unknown[];
  /** What it was told of accounts that it did not hold. */
  readonly notes: readonly unknown[];
}

/** One file as the agency took it. */
export interface AgencyArrival {
  readonly name: string;
  readonly result: 'processed' | 'refused' | 'duplicate';
}

/** How agencies number a debt: Concord's number of it in nine digits. */
export function fileNumberOf({ number }: { readonly number: number }): string {
  return String(number).padStart(9, '0');
}

/** What a simulated agency has of one office: read from its disk, where Concord has no part in it. */
export class AgencyAccount {
  private readonly state: string;

  constructor(
    data: string,
    agency: string,
    private readonly office: string,
  ) {
    this.state = join(data, 'partners', agency);
  }

  books(): Books {
    const path = join(this.state, 'books', `${this.office}.json`);
    if (!existsSync(path)) return { accounts: {}, payments: [], violations: [], notes: [] };
    return JSON.parse(readFileSync(path, 'utf8')) as Books;
  }

  /** What it has of one debt; undefined when it was never placed there. */
  holding(debt: { readonly number: number }): AgencyHolding | undefined {
    return this.books().accounts[fileNumberOf(debt)];
  }

  /** Every file that arrived, in order. */
  arrivals(): AgencyArrival[] {
    const log = join(this.state, 'received', `${this.office}.jsonl`);
    if (!existsSync(log)) return [];
    const lines = readFileSync(log, 'utf8').split('\n').filter(Boolean);
    return lines.map((line) => JSON.parse(line) as AgencyArrival);
  }
}

/** Agencies that only acknowledge or refuse what is placed: nobody pays, disputes or moves by himself. */
export function quietAgencies(data: string, agencies: readonly string[]): void {
  // As Concord makes it: the database server, another user, passes through.
  mkdirSync(data, { recursive: true, mode: 0o711 });
  for (const agency of agencies) {
    const state = join(data, 'partners', agency);
    mkdirSync(state, { recursive: true, mode: 0o700 });
    writeFileSync(join(state, 'faults.json'), JSON.stringify({ quiet: true }), { mode: 0o600 });
  }
}

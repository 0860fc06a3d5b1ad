import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { AskedBy } from '../cases/case-commands.js';
import type { Jurisdiction } from '../configuration/jurisdiction-file.js';
import { officeDate } from '../configuration/office-date.js';
import type { Clock } from '../platform/clock.js';
import { Refusal } from '../platform/errors.js';
import { CLOCK, GATEWAY_DATABASE, JURISDICTIONS } from '../platform/tokens.js';
import { postDay } from './post-day.js';
import { readTotals, writeGlFile } from './write-file.js';
import type { GlTotal } from './write-file.js';

/** A day's file for the general ledger. */
export interface GlPostings {
  readonly jurisdictionId: string;
  readonly date: string;
  readonly currency: string;
  readonly lines: readonly GlTotal[];
  /** Parts of entries that are in the file, and by how much they raised what is owed. */
  readonly entries: number;
  readonly amountMinor: number;
  /** The file, in base64. */
  readonly content: string;
}

/** Posts out to the office's general ledger. */
@Injectable()
export class GeneralLedgerCommands {
  constructor(
    @Inject(GATEWAY_DATABASE) private readonly gateway: DataSource,
    @Inject(JURISDICTIONS) private readonly jurisdictions: readonly Jurisdiction[],
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The file of a day that is over. Asked for again, it is the same.
   *
   * @throws Refusal `jurisdiction-unknown`, `gl-not-configured`, `gl-day-not-over`, `gl-day-past`, `gl-account-missing` or
   *   `gl-not-writable`
   */
  async postings(by: AskedBy, jurisdictionId: string, date: string): Promise<GlPostings> {
    const jurisdiction = this.jurisdictions.find(({ id }) => id === jurisdictionId);
    if (!jurisdiction) throw new Refusal('jurisdiction-unknown', `no jurisdiction has the id ${jurisdictionId}`);
    const { generalLedger: settings, currency } = jurisdiction;
    if (!settings) throw new Refusal('gl-not-configured', `${jurisdictionId} has no accounts of a general ledger`);
    const today = await officeDate(this.gateway, this.clock, jurisdictionId);
    if (date >= today) throw new Refusal('gl-day-not-over', `${date} is not over: the office's today is ${today}`);
    return this.gateway.transaction(async (manager) => {
      const id = await postDay(manager, jurisdiction, settings, date, { actor: by.actor, at: this.clock.now() });
      const lines = await readTotals(manager, id);
      const content = await writeGlFile(settings, lines, { date, currency });
      return {
        ...{ jurisdictionId, date, currency, lines, content: content.toString('base64') },
        entries: lines.reduce((sum, line) => sum + line.entries, 0),
        amountMinor: lines.reduce((sum, line) => sum + line.amountMinor, 0),
      };
    });
  }
}

import { loadKeyRing } from '@concord/core/crypto/key-file';
import { openTestDatabase } from '../../support/test-database.js';
import type { TestDatabase } from '../../support/test-database.js';
import type { Api } from '../api.js';
import { OneProcessHub } from '../thirty-days/hub.js';
import type { Partners } from '../thirty-days/partners.js';
import { writeOffices } from './configuration.js';
import type { RuleNumber } from './configuration.js';

/** A Concord in one process, over a database whose tables a test can read, with its partners beside it. */
export class RulesHub {
  private opened: TestDatabase | null = null;
  private readonly hub: OneProcessHub;

  /** @param rules numbers of rules that its offices have otherwise */
  constructor(rules: readonly RuleNumber[] = []) {
    const databaseUrl = () => ({ DATABASE_URL: this.database.url });
    this.hub = new OneProcessHub('ordered', (folder) => writeOffices(folder, rules), databaseUrl);
  }

  async open(): Promise<void> {
    this.opened = await openTestDatabase();
    await this.hub.launchPartners();
    // Over a database from outside, a start does not make keys by itself.
    await loadKeyRing({ env: {}, dataFolder: this.hub.data, createIfMissing: true });
    this.hub.partners.bureauRefusesNothing();
  }

  get database(): TestDatabase {
    if (this.opened === null) throw new Error('no database is open yet');
    return this.opened;
  }

  get api(): Api {
    return this.hub.api;
  }

  get partners(): Partners {
    return this.hub.partners;
  }

  async stay(date: string, expectsSilence: boolean): Promise<void> {
    await this.hub.stay(date, expectsSilence);
  }

  async remove(): Promise<void> {
    await this.hub.remove();
    await this.opened?.close();
  }
}

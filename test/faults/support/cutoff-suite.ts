import { beforeEach } from '@jest/globals';
import { AgencySuite } from '../../support/agency-suite.js';
import { HARBOR } from '../../support/test-agencies.js';
import { TODAY } from '../../support/test-office.js';
import { TestSchedule } from '../../support/test-schedule.js';

const HOUR_MS = 3_600_000;

/**
 * An agency in New York that works on Sundays, too (its clock is changed on one) and not on Saturdays, with its first file
 * sent before each test.
 */
export class CutoffSuite extends AgencySuite {
  private schedule!: TestSchedule;

  /** @param at hour of its cutoffs, on its own clock */
  constructor(at: string) {
    super({
      timeZone: 'America/New_York',
      calendar: { country: 'US', weekend: [6] },
      schedule: { every: 'business-day', at },
    });
    beforeEach(async () => {
      const { agencies, office } = this;
      this.schedule = new TestSchedule(office, agencies.registry, (id) => agencies.engine(id || HARBOR));
      await this.referred();
      await agencies.judge();
      await agencies.engine().send({ connectorId: HARBOR, businessDate: TODAY, correlationId: 'test' });
    });
  }

  /** Looks at the clock once. @returns what it asked for */
  at(instant: string | number): Promise<string[]> {
    this.office.clock.set(new Date(instant).toISOString());
    return this.schedule.turn();
  }

  /** Each cutoff that was run since a day, the first file left out, with how many exchanges of each kind it has. */
  async cutoffs(since = ''): Promise<Map<string, number>> {
    const found = await this.database.asOwner<{ key: string; times: number }>(
      `select cutoff_key as key, max(times)::integer as times
       from (select cutoff_key, kind, count(*) as times from exchange.exchange
             where connector_id = $1 and direction = 'out' and cutoff_key <> 'initial' and cutoff_key >= $2
             group by cutoff_key, kind) as each
       group by cutoff_key order by cutoff_key`,
      [HARBOR, since],
    );
    return new Map(found.map(({ key, times }) => [key, times]));
  }
}

/** Instants from one to before another: each hour, and each quarter of an hour in those at which a cutoff of New York's night is. */
export function* turns(from: string, to: string): Generator<number> {
  for (let time = Date.parse(from); time < Date.parse(to);) {
    yield time;
    const hour = new Date(time).getUTCHours();
    time += hour >= 5 && hour < 9 ? HOUR_MS / 4 : HOUR_MS;
  }
}

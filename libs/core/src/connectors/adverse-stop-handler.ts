import type { DataSource } from 'typeorm';
import { z } from 'zod';
import type { CommandHandler, OrderedCommand } from '../commands/command-handler.js';
import type { Jurisdiction } from '../configuration/jurisdiction-file.js';
import { rows } from '../database/sql.js';
import type { Clock } from '../platform/clock.js';
import { Refusal } from '../platform/errors.js';

const order = z.strictObject({
  jurisdictionId: z.string(),
  stopped: z.boolean(),
  reason: z.string().trim().min(1).max(500),
});

/**
 * The one switch: stops all adverse output of a jurisdiction, or lets it go again. While it stands, every connector of it that
 * is `on` does what one that is `paused` does.
 */
export class AdverseStopHandler implements CommandHandler {
  readonly kind = 'adverse-stop';

  constructor(
    private readonly exchange: DataSource,
    private readonly jurisdictions: readonly Jurisdiction[],
    private readonly clock: Clock,
  ) {}

  /**
   * One that stands already is left as it is, with who stopped it first.
   *
   * @throws Refusal `jurisdiction-unknown`, or `reason-missing`
   */
  async carryOut({ body, actor }: OrderedCommand): Promise<{ readonly stopped: boolean }> {
    const parsed = order.safeParse(body);
    if (!parsed.success)
      throw new Refusal('reason-missing', 'say in up to 500 characters why the output is stopped or resumed');
    const { jurisdictionId, stopped, reason } = parsed.data;
    if (!this.jurisdictions.some(({ id }) => id === jurisdictionId)) {
      throw new Refusal('jurisdiction-unknown', `no jurisdiction has the id ${jurisdictionId}`);
    }
    if (stopped) {
      await rows(
        this.exchange,
        `insert into exchange.adverse_stop (jurisdiction_id, actor, reason, since) values ($1, $2, $3, $4)
         on conflict do nothing`,
        [jurisdictionId, actor, reason, this.clock.now()],
      );
    } else {
      await rows(this.exchange, 'delete from exchange.adverse_stop where jurisdiction_id = $1', [jurisdictionId]);
    }
    return { stopped };
  }
}

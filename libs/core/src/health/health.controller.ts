import { Controller, Get, Inject, ServiceUnavailableException } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { HEALTH_CHECKS } from './health-checks.js';
import type { HealthCheck } from './health-checks.js';

/** What each thing that this process needs says: `ok`, or why not. */
interface Readiness {
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, 'ok' | readonly string[]>>;
  /** What holds on purpose and is not to be forgotten; left out while there is nothing. */
  readonly notices?: readonly string[];
}

/** For whatever watches processes. Nothing here says anything about a case. */
@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(@Inject(HEALTH_CHECKS) private readonly checks: readonly HealthCheck[]) {}

  /** Answers as long as the process does anything at all: one that does not should be started anew. */
  @Get('live')
  live(): { readonly live: true } {
    return { live: true };
  }

  /** 200 while the process can do its work, otherwise 503 with the reasons. */
  @Get('ready')
  async ready(): Promise<Readiness> {
    const results = await Promise.all(this.checks.map(async ({ name, reasons }) => [name, await reasons()] as const));
    const readiness: Readiness = {
      ready: results.every(([, reasons]) => reasons.length === 0),
      checks: Object.fromEntries(results.map(([name, reasons]) => [name, reasons.length === 0 ? 'ok' : reasons])),
    };
    if (!readiness.ready) throw new ServiceUnavailableException(readiness);
    const notices = (await Promise.all(this.checks.map(async (check) => (await check.notices?.()) ?? []))).flat();
    return notices.length > 0 ? { ...readiness, notices } : readiness;
  }
}

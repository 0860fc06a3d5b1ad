import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { FINDINGS_REPORTED } from '../../events/findings-event.js';
import type { FindingsEvent } from '../../events/findings-event.js';
import { withCorrelation } from '../../platform/correlation.js';
import { TakeFindings } from './take-findings.js';

/** What partners said becomes changes of cases: part by part of their files, in their order. */
@Controller()
export class FindingsController {
  constructor(@Inject(TakeFindings) private readonly findings: TakeFindings) {}

  @EventPattern(FINDINGS_REPORTED)
  async take(@Payload() events: readonly FindingsEvent[]): Promise<void> {
    for (const event of events) await withCorrelation(event.correlationid, () => this.findings.take(event));
  }
}

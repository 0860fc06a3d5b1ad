import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { DataSource } from 'typeorm';
import { CASE_EVENT_TYPES } from '../events/catalogue.js';
import type { CaseEvent } from '../events/catalogue.js';
import { POSITIONS_CONSUMER } from '../events/inbox.js';
import { CONNECTORS_DATABASE } from '../platform/tokens.js';
import { lookAtChangedCases } from './looks.js';

/** Whatever changes in a case may change what partners should hold: its debts are marked to be judged. */
@Controller()
export class CaseEventsController {
  constructor(@Inject(CONNECTORS_DATABASE) private readonly exchange: DataSource) {}

  @EventPattern(CASE_EVENT_TYPES)
  async mark(@Payload() events: readonly CaseEvent[]): Promise<void> {
    await lookAtChangedCases(this.exchange, POSITIONS_CONSUMER, events);
  }
}

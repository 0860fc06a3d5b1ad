import { Module } from '@nestjs/common';
import { ArrangementsModule } from '../arrangements/arrangements.module.js';
import { CasesModule } from '../cases/cases.module.js';
import { HostIntakeModule } from '../intake/host-intake.module.js';
import { StrategyReviews } from '../strategies/strategy-reviews.js';
import { GatewayWork } from './gateway-work.js';
import { RunDay } from './run-day.js';

/** The gateway's side of days: it orders them, and first posts what they bring and refers debts. */
@Module({
  imports: [ArrangementsModule, CasesModule, HostIntakeModule],
  providers: [GatewayWork, RunDay, StrategyReviews],
  exports: [GatewayWork, RunDay, StrategyReviews],
})
export class GatewayDayModule {}

import { Module } from '@nestjs/common';
import { ConnectorsModule } from '../connectors/connectors.module.js';
import { StrategyReviews } from '../strategies/strategy-reviews.js';
import { LiveWork } from './live-work.js';
import { Pumps } from './pumps.js';
import { RunDay } from './run-day.js';

/** The running of days, in the process that holds both halves. */
@Module({
  imports: [ConnectorsModule],
  providers: [Pumps, RunDay, LiveWork, StrategyReviews],
  exports: [Pumps, RunDay],
})
export class DayModule {}

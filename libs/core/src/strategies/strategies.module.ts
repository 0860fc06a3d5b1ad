import { Module } from '@nestjs/common';
import { StrategiesController } from './http/strategies.controller.js';
import { StrategyCommands } from './strategy-commands.js';

/** Strategies with their API: what is in force, what would come of them, and what waits for a person. */
@Module({
  controllers: [StrategiesController],
  providers: [StrategyCommands],
  exports: [StrategyCommands],
})
export class StrategiesModule {}

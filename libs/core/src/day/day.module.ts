import { Module } from '@nestjs/common';
import { ConnectorsModule } from '../connectors/connectors.module.js';
import { Pumps } from './pumps.js';
import { RunDay } from './run-day.js';

/** The running of days, in the process that holds both halves. */
@Module({ imports: [ConnectorsModule], providers: [Pumps, RunDay], exports: [Pumps, RunDay] })
export class DayModule {}

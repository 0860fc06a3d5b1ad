import { Module } from '@nestjs/common';
import { ConnectorsModule } from '../connectors/connectors.module.js';
import { GatewayDayModule } from './gateway-day.module.js';
import { OneProcessWork } from './one-process-work.js';
import { WORK } from './work.js';

/** The running of days, in the process that holds both halves. */
@Module({
  imports: [ConnectorsModule, GatewayDayModule],
  providers: [OneProcessWork, { provide: WORK, useExisting: OneProcessWork }],
  exports: [WORK],
})
export class DayModule {}

import { Module } from '@nestjs/common';
import { HostIntakeCommands } from './host-intake-commands.js';
import { HostIntakeController } from './http/host-intake.controller.js';

/** Daily files of host billing systems, with their API. */
@Module({
  controllers: [HostIntakeController],
  providers: [HostIntakeCommands],
  exports: [HostIntakeCommands],
})
export class HostIntakeModule {}

import { Module } from '@nestjs/common';
import { CaseCommands } from './case-commands.js';
import { FindingsController } from './findings/findings.controller.js';
import { FindingsWorkController } from './findings/http/findings-work.controller.js';
import { TakeFindings } from './findings/take-findings.js';
import { CasesController } from './http/cases.controller.js';

/** The case core with its API. */
@Module({
  controllers: [CasesController, FindingsController, FindingsWorkController],
  providers: [CaseCommands, TakeFindings],
  exports: [CaseCommands],
})
export class CasesModule {}

import { Module } from '@nestjs/common';
import { CaseCommands } from './case-commands.js';
import { CasesController } from './http/cases.controller.js';

/** The case core with its API. */
@Module({ controllers: [CasesController], providers: [CaseCommands], exports: [CaseCommands] })
export class CasesModule {}

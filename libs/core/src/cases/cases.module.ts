import { Module } from '@nestjs/common';
import { CaseCommands } from './case-commands.js';
import { FindingsController } from './findings/findings.controller.js';
import { FindingsWorkController } from './findings/http/findings-work.controller.js';
import { TakeFindings } from './findings/take-findings.js';
import { DebtDetailCommands } from './details/debt-detail-commands.js';
import { CasesController } from './http/cases.controller.js';
import { DebtDetailsController } from './http/debt-details.controller.js';
import { LedgerController } from './http/ledger.controller.js';
import { LedgerCommands } from './ledger/ledger-commands.js';
import { LedgerRuns } from './ledger/ledger-runs.js';

/** The case core with its API. */
@Module({
  controllers: [CasesController, LedgerController, DebtDetailsController, FindingsController, FindingsWorkController],
  providers: [CaseCommands, LedgerCommands, LedgerRuns, DebtDetailCommands, TakeFindings],
  exports: [CaseCommands, LedgerCommands, LedgerRuns, DebtDetailCommands],
})
export class CasesModule {}

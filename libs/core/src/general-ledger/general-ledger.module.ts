import { Module } from '@nestjs/common';
import { GeneralLedgerCommands } from './general-ledger-commands.js';
import { GeneralLedgerController } from './http/general-ledger.controller.js';

/** Postings out to the general ledger, with their API. */
@Module({
  controllers: [GeneralLedgerController],
  providers: [GeneralLedgerCommands],
  exports: [GeneralLedgerCommands],
})
export class GeneralLedgerModule {}

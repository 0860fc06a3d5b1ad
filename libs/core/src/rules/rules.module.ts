import { Module } from '@nestjs/common';
import { RulesController } from './http/rules.controller.js';
import { RuleQueries } from './rule-queries.js';

/** The register of rules with its API. */
@Module({
  controllers: [RulesController],
  providers: [RuleQueries],
  exports: [RuleQueries],
})
export class RulesModule {}

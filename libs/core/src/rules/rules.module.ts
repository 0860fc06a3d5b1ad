import { Module } from '@nestjs/common';
import { RulesController } from './http/rules.controller.js';
import { RuleQueries } from './rule-queries.js';
import { RulesPreviews } from './rules-previews.js';

/** The register of rules with its API. */
@Module({
  controllers: [RulesController],
  providers: [RuleQueries, RulesPreviews],
  exports: [RuleQueries, RulesPreviews],
})
export class RulesModule {}

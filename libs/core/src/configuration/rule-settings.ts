import { z } from 'zod';
import { overrideFaults } from '../rules/domain/parameters.js';
import type { OverrideFault, ParameterOverride } from '../rules/domain/parameters.js';
import { RULES } from '../rules/domain/register/index.js';

const day = z.iso.date('must be a date that exists, written YYYY-MM-DD');

const override = z
  .strictObject({
    /** Id in the register. */
    rule: z.string().trim().min(1, 'must not be blank'),
    /** First and last day; left out: without limit. */
    from: day.optional(),
    to: day.optional(),
    parameters: z
      .record(
        z.string(),
        z.union([z.int('must be a whole number').nonnegative('must not be negative'), z.string().trim().min(1)]),
      )
      .refine((values) => Object.keys(values).length > 0, 'must name a parameter'),
    /** Who decided it, or where it is written: asked for, since the number in the law stands in the register already. */
    because: z.string().trim().min(1, 'must not be blank').max(300, 'must be at most 300 characters'),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to'],
    message: 'is before from',
  });

type Override = z.output<typeof override>;

const WORDS: Readonly<Record<OverrideFault['code'], string>> = {
  'unknown-rule': 'the register has no such rule',
  'unknown-parameter': 'the rule has no such parameter',
  'wrong-type': 'must be of the kind that the register has: a number or a word',
};

/** Numbers of rules that this office has otherwise, each for a time. One that could have no effect is a fault. */
export const ruleSettings = z.array(override).superRefine((list, context) => {
  for (const [index, each] of list.entries()) {
    for (const { code, parameter } of overrideFaults([asOverride(each, '')], RULES)) {
      const path = parameter === null ? [index, 'rule'] : [index, 'parameters', parameter];
      context.addIssue({ code: 'custom', path, message: WORDS[code] });
    }
  }
});

/** The numbers of an office as its file has them. */
export type RuleSettings = readonly Override[];

/** The overrides of an office as rules are judged by them. */
export function parameterOverrides({
  id,
  rules = [],
}: {
  readonly id: string;
  readonly rules?: RuleSettings | undefined;
}): readonly ParameterOverride[] {
  return rules.map((each) => asOverride(each, id));
}

function asOverride({ rule, from, to, parameters }: Override, jurisdiction: string): ParameterOverride {
  return { rule, jurisdiction, effectiveFrom: from ?? null, effectiveTo: to ?? null, values: parameters };
}

import { z } from 'zod';
import { overrideFaults } from '../rules/domain/parameters.js';
import type { OverrideFault, ParameterOverride } from '../rules/domain/parameters.js';
import { IN_STOP_TABLES } from '../rules/domain/register/in-stop-tables.js';
import { RULES } from '../rules/domain/register/index.js';
import { NOT_ACTS } from '../rules/domain/register/not-acts.js';

const day = z.iso.date('must be a date that exists, written YYYY-MM-DD');

/** What is no entry at all; other faults of an entry say themselves what is wrong. */
const NO_ENTRY = {
  error: ({ code }: { readonly code?: string }) =>
    code === 'invalid_type' ? 'must be an entry with rule, parameters and because' : undefined,
};

const override = z
  .strictObject(
    {
      /** Id in the register. */
      rule: z.string("is missing: a rule's id").trim().min(1, 'must not be blank'),
      /** First and last day; left out: without limit. */
      from: day.optional(),
      to: day.optional(),
      parameters: z
        .record(
          z.string(),
          z.union(
            [z.int().nonnegative('must be a whole number from 0 up'), z.string().trim().min(1)],
            'must be a whole number from 0 up, or a word',
          ),
          'must name parameters, each with its number or word',
        )
        .refine((values) => Object.keys(values).length > 0, 'must name a parameter'),
      /** Who decided it, or where it is written: asked for, since the number in the law stands in the register already. */
      because: z
        .string('is missing: who decided it, or where it is written')
        .trim()
        .min(1, 'must not be blank')
        .max(300, 'must be at most 300 characters'),
    },
    NO_ENTRY,
  )
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to'],
    message: 'is before from',
  });

type Override = z.output<typeof override>;

/** Rules of the register that have no code of their own, and so no numbers. */
const WITHOUT_NUMBERS: ReadonlySet<string> = new Set([...IN_STOP_TABLES, ...NOT_ACTS].map(({ id }) => id));

function inWords({ rule: id, code, parameter }: OverrideFault): string {
  const parameters = RULES.find((rule) => rule.id === id)?.parameters ?? {};
  const names = Object.keys(parameters);
  switch (code) {
    case 'unknown-rule':
      return WITHOUT_NUMBERS.has(id) ? `${id} has no numbers` : `the register has no such rule: ${id}`;
    case 'unknown-parameter':
      return names.length === 0
        ? `the rule has no such parameter: ${id} has none`
        : `the rule has no such parameter: ${id} has ${names.join(', ')}`;
    case 'wrong-type': {
      const standard = parameters[parameter ?? ''];
      return `must be of the kind that the register has: a ${typeof standard === 'number' ? 'number' : 'word'}, as in ${standard}`;
    }
  }
}

/** Numbers of rules that this office has otherwise, each for a time. One that could have no effect is a fault. */
export const ruleSettings = z.array(override, 'must be a list').superRefine((list, context) => {
  for (const [index, each] of list.entries()) {
    for (const fault of overrideFaults([asOverride(each, '')], RULES)) {
      const { parameter } = fault;
      const path = parameter === null ? [index, 'rule'] : [index, 'parameters', parameter];
      context.addIssue({ code: 'custom', path, message: inWords(fault) });
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

import { STOP_KINDS } from '@concord/plugin-sdk';
import type { Act, IsoDate } from '@concord/plugin-sdk';
import { RULES } from './register/index.js';
import type { Confirmation, Rule, RuleJurisdictions, RuleParameters } from './rule.js';
import { STOPS_BY_ACT } from './stops-by-act.js';

/** A rule without its code: what a person or a program is shown. */
export interface RuleDescription {
  readonly id: string;
  readonly title: string;
  readonly jurisdictions: RuleJurisdictions;
  readonly acts: readonly Act[];
  readonly effectiveFrom: IsoDate | null;
  readonly effectiveTo: IsoDate | null;
  readonly citation: string | null;
  readonly confirmed: Confirmation;
  readonly note: string | null;
  readonly parameters: RuleParameters;
}

export function describeRule(rule: Rule): RuleDescription {
  const { id, title, jurisdictions, acts, effectiveFrom, effectiveTo, citation, confirmed, note, parameters } = rule;
  return { id, title, jurisdictions, acts, effectiveFrom, effectiveTo, citation, confirmed, note, parameters };
}

/** Something that the office's counsel should confirm. */
export interface Unconfirmed {
  /** Rule id, or `STOP:<kind>` with the act and, where it is one country's, the country. */
  readonly id: string;
  readonly confirmed: Exclude<Confirmation, 'yes'>;
  readonly note: string | null;
}

/** Every rule, and every effect of a stop, whose source has not been seen in full. */
export function unconfirmed(): readonly Unconfirmed[] {
  const effects = Object.entries(STOPS_BY_ACT).flatMap(([act, column]) =>
    STOP_KINDS.flatMap((kind) => [
      { id: `STOP:${kind} ${act}`, effect: column[kind] },
      ...Object.entries(column[kind].countries ?? {}).map(([country, effect]) => ({
        id: `STOP:${kind} ${act} ${country}`,
        effect,
      })),
    ]),
  );
  return [
    ...RULES.map(({ id, confirmed, note }) => ({ id, confirmed, note })),
    ...effects.map(({ id, effect }) => ({ id, confirmed: effect.confirmed, note: effect.note })),
  ].flatMap(({ id, confirmed, note }) => (confirmed === 'yes' ? [] : [{ id, confirmed, note }]));
}

import type { RuleJurisdictions } from '@concord/core/rules/domain/rule';

/** Where a rule holds, as people read it. */
export function whereText(jurisdictions: RuleJurisdictions): string {
  const places = Object.values(jurisdictions).flatMap((each: readonly string[] | undefined) => each ?? []);
  return places.length === 0 ? 'everywhere' : places.join(', ');
}

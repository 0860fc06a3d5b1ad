import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUREAU, OFFICES, connectorId, writeConfiguration } from '../thirty-days/offices.js';

/** A number of a rule that an office is given otherwise than the register has it. */
export interface RuleNumber {
  readonly rule: string;
  readonly parameters: { readonly [name: string]: number };
  readonly because: string;
}

interface WrittenOffice {
  readonly connectors: readonly { readonly id: string; readonly [key: string]: unknown }[];
  readonly [key: string]: unknown;
}

/**
 * The three offices of the thirty days, whose bureaus take a file each business day: what is told is judged on every day, and
 * nothing waits for the end of a month. A payment plan is breached on the second day after an instalment is missed.
 *
 * @param rules for a run in which a protection is switched off; none otherwise
 */
export function writeOffices(folder: string, rules: readonly RuleNumber[] = []): void {
  writeConfiguration(folder);
  for (const { id } of OFFICES) {
    const path = join(folder, 'jurisdictions', `${id}.yaml`);
    const office = JSON.parse(readFileSync(path, 'utf8')) as WrittenOffice;
    const daily = { schedule: { every: 'business-day', at: '18:00' } };
    const connectors = office.connectors.map((each) =>
      each.id === connectorId(id, BUREAU) ? { ...each, ...daily } : each,
    );
    const arrangements = { graceDays: 1, graceIn: 'business-days' };
    const changed = { ...office, connectors, arrangements, ...(rules.length === 0 ? {} : { rules }) };
    writeFileSync(path, JSON.stringify(changed, null, 2));
  }
}

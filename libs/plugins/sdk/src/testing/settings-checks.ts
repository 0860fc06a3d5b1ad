import { z } from 'zod';
import { CONTRACT_VERSION } from '../contract/plugin.js';
import { ACTS } from '../contract/snapshot.js';
import type { CheckList } from './check-list.js';
import type { Subject } from './subject.js';
import { ensure } from './test-framework.js';

/** The checks of what a plugin says of itself, and of its settings. */
export function addSettingsChecks(subject: Subject, list: CheckList): void {
  const { definition, samples, expect } = subject;

  list.add('always', 'names itself and the contract that it was written for', () => {
    ensure(/^[a-z][a-z0-9-]*$/.test(definition.id), 'The id has small letters, digits and hyphens');
    ensure(definition.title.trim() !== '' && definition.family.trim() !== '', 'Title and family are needed');
    ensure(isForThisContract(definition.requires), `Requires ${definition.requires}`);
    const { position } = definition;
    ensure(position === undefined || ACTS.includes(position.act), `No rules judge the act ${position?.act}`);
  });

  list.add('always', 'takes its example settings, and the same twice', async () => {
    const entered = await subject.entered();
    const settings = definition.settings.parse(entered);
    ensure(typeof settings === 'object' && settings !== null, 'The settings are no object');
    expect(definition.settings.parse(await subject.entered())).toEqual(settings);
    expect(entered).toEqual(await subject.entered());
  });

  list.add('always', 'describes its settings as JSON Schema', () => {
    const schema = z.toJSONSchema(definition.settings, { io: 'input', unrepresentable: 'any' });
    ensure(
      schema.type === 'object' ||
        schema.anyOf !== undefined ||
        schema.oneOf !== undefined ||
        schema.allOf !== undefined,
      'The settings are described as no object, so that no form can be made of them',
    );
  });

  for (const bad of samples.badSettings) {
    list.add('always', `refuses settings: ${bad.name}`, () => {
      const parsed = definition.settings.safeParse(bad.settings);
      ensure(!parsed.success, 'The settings were taken');
      ensure(parsed.error.issues.length > 0, 'Nothing says what is wrong');
    });
  }

  list.add('always', 'refuses settings that are none', () => {
    ensure(samples.badSettings.length > 0, 'The samples need settings that are refused');
    for (const none of [undefined, null, 'settings', 1, []]) {
      ensure(!definition.settings.safeParse(none).success, `Took ${JSON.stringify(none)}`);
    }
  });

  list.add('always', 'refuses a setting that it does not know', async () => {
    const entered = (await subject.entered()) as object;
    const misspelled = definition.settings.safeParse({ ...entered, 'no-such-setting': 1 });
    ensure(!misspelled.success, 'A misspelled setting would be taken for one that is left out');
  });

  list.add('always', 'says in words what an office must know', async () => {
    const settings = await subject.settings();
    const cautions: readonly unknown[] = definition.cautions?.(settings) ?? [];
    for (const caution of cautions) {
      const { code, message, loopbackOnly } = (caution ?? {}) as { readonly [key: string]: unknown };
      ensure(typeof code === 'string' && code.trim() !== '', 'A caution has no code');
      ensure(typeof message === 'string' && message.trim() !== '', `The caution ${code} says nothing`);
      ensure(typeof loopbackOnly === 'boolean', `The caution ${code} does not say whether it keeps to this machine`);
    }
  });

  const { position } = definition;
  if (position === undefined) return;
  list.add('always', 'says how its positions are confirmed', async () => {
    const confirm: unknown = position.confirm(await subject.settings());
    ensure(
      confirm === 'answer' || confirm === 'delivery',
      `Positions can't be confirmed by ${JSON.stringify(confirm)}`,
    );
    ensure(position.states.includes('closed') || position.states.includes('active'), 'No state is declared');
    ensure(new Set(position.states).size === position.states.length, 'A state is declared twice');
  });
}

/** Whether a range such as `^1` or `^1.1` takes in the contract that the kit stands for. */
function isForThisContract(requires: string): boolean {
  const [major, minor] = CONTRACT_VERSION.split('.').map(Number);
  const range = /^\^(\d+)(?:\.(\d+))?$/.exec(requires);
  return range !== null && Number(range[1]) === major && Number(range[2] ?? 0) <= (minor ?? 0);
}

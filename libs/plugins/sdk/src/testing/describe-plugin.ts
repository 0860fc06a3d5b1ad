import { readFile } from 'node:fs/promises';
import { CONTRACT_VERSION, type Plugin, type PluginDefinition } from '../contract/plugin.js';
import { readSettingsFile } from '../settings/read-settings-file.js';
import { describeCarries } from './carries-checks.js';
import { checkContent, checkStops, checkWithoutReferral, desireOf } from './desire-checks.js';
import { effectsOf } from './effect-traps.js';
import { describeInbound, describeOutbound } from './file-checks.js';
import type { PluginSamples, SkippableCheck } from './samples.js';
import { ensure, type TestFramework } from './test-framework.js';
import { decodeFindings, encodeChanges } from './run-plugin.js';

/**
 * Registers the tests that every plugin must pass. The framework's functions are handed in, so that the kit itself
 * depends on none.
 */
export function describePlugin(plugin: Plugin, samples: PluginSamples, framework: TestFramework): void {
  const { describe, test, expect } = framework;
  const definition = plugin as PluginDefinition<unknown>;
  let parsed: Promise<unknown> | undefined;
  // Parsed once: a format is compiled once for its settings, and hundreds of files are read with it.
  const settings = (): Promise<unknown> =>
    (parsed ??= readSettingsFile(definition.example).then((example) => definition.settings.parse(example)));
  const unlessSkipped = (check: SkippableCheck, name: string, body: () => void | Promise<void>): void => {
    const reason = samples.skip?.[check];
    if (reason === undefined) test(name, body);
    else test(`${name} (left out: ${reason})`, () => ensure(reason.trim() !== '', 'A check is left out for a reason'));
  };

  describe(`plugin ${definition.id}`, () => {
    test('names itself and the contract that it was written for', () => {
      ensure(/^[a-z][a-z0-9-]*$/.test(definition.id), 'The id has small letters, digits and hyphens');
      ensure(definition.title.trim() !== '' && definition.family.trim() !== '', 'Title and family are needed');
      ensure(isForThisContract(definition.requires), `Requires ${definition.requires}`);
    });

    test('takes its example settings', async () => {
      ensure(typeof (await settings()) === 'object', 'The settings are no object');
    });

    for (const bad of samples.badSettings) {
      test(`refuses settings: ${bad.name}`, () => {
        const parsed = definition.settings.safeParse(bad.settings);
        ensure(!parsed.success, 'The settings were taken');
        ensure(parsed.error.issues.length > 0, 'Nothing says what is wrong');
      });
    }
    test('refuses settings that are none', () => {
      ensure(samples.badSettings.length > 0, 'The samples need settings that are refused');
      for (const none of [undefined, null, 'settings', 1, []]) {
        ensure(!definition.settings.safeParse(none).success, `Took ${JSON.stringify(none)}`);
      }
    });

    const { position } = definition;
    if (position !== undefined) {
      unlessSkipped('desire', 'has debts to judge', () => ensure(samples.debts.length > 0, 'The samples have no debt'));
      for (const { name, debt } of samples.debts) {
        unlessSkipped('desire', `no stop opens a position or makes one more adverse: ${name}`, async () => {
          const desire = desireOf(position, await settings(), samples.date);
          checkStops(desire, debt, samples.date);
          checkWithoutReferral(desire, debt);
        });
        unlessSkipped(
          'desire',
          `wants the same thing twice, as JSON, in states that it declares: ${name}`,
          async () => {
            const desire = desireOf(position, await settings(), samples.date);
            const decision = { outcome: 'allow', reasons: [] } as const;
            const wanted = desire(debt, decision);
            checkContent(wanted, Object.values(samples.identifiers), samples.date);
            for (const { state } of wanted) ensure(position.states.includes(state), `${state} is not declared`);
            expect(desire(structuredClone(debt), decision)).toEqual(wanted);
          },
        );
      }
    }

    describeCarries(definition, settings, samples, framework);
    for (const outbound of definition.outbound) describeOutbound(outbound, settings, samples, framework, unlessSkipped);
    for (const inbound of definition.inbound) describeInbound(inbound, settings, samples, framework, unlessSkipped);

    test('takes no effect from outside its context', async () => {
      const example = await settings();
      const files = await Promise.all(
        definition.inbound.flatMap((inbound) =>
          (samples.inbound[inbound.kind] ?? []).map(async ({ file }) => ({
            inbound,
            file,
            bytes: await readFile(new URL(file, samples.fixtures)),
          })),
        ),
      );
      const effects = await effectsOf(async () => {
        for (const { debt } of samples.debts) {
          if (position !== undefined)
            desireOf(position, example, samples.date)(debt, { outcome: 'allow', reasons: [] });
        }
        for (const outbound of definition.outbound) {
          await encodeChanges(outbound, example, samples, samples.outbound[outbound.kind]?.changes ?? []);
        }
        for (const { inbound, file, bytes } of files) await decodeFindings(inbound, example, file, bytes);
      });
      expect(effects).toEqual([]);
    });
  });
}

/** Whether a range such as `^1` or `^1.1` takes in the contract that the kit stands for. */
function isForThisContract(requires: string): boolean {
  const [major, minor] = CONTRACT_VERSION.split('.').map(Number);
  const range = /^\^(\d+)(?:\.(\d+))?$/.exec(requires);
  return range !== null && Number(range[1]) === major && Number(range[2] ?? 0) <= (minor ?? 0);
}

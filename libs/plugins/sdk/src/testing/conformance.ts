import type { Plugin } from '../contract/plugin.js';
import { addCarriesChecks } from './carries-checks.js';
import { CheckList, ensureKnownSkips, type ConformanceCheck } from './check-list.js';
import { addDesireChecks } from './desire-checks.js';
import { effectsOf } from './effect-traps.js';
import { doEverything, readInboundSamples } from './everything.js';
import { addInboundChecks } from './inbound-checks.js';
import { addNameChecks } from './name-checks.js';
import { addOutboundChecks } from './outbound-checks.js';
import { outboundSamples, type PluginSamples } from './samples.js';
import { addSettingsChecks } from './settings-checks.js';
import { Subject } from './subject.js';
import { ensure, type Expect } from './test-framework.js';

/** Every check that a plugin must pass, in the order in which they are told. */
export function conformanceChecks(
  plugin: Plugin,
  samples: PluginSamples,
  expect?: Expect,
): readonly ConformanceCheck[] {
  const subject = new Subject(plugin, samples, expect);
  const { definition } = subject;
  const list = new CheckList(samples.skip);

  addSettingsChecks(subject, list);
  if (definition.position !== undefined) addDesireChecks(subject, definition.position, list);
  addNameChecks(subject, list);
  addCarriesChecks(subject, list);
  for (const outbound of definition.outbound) addOutboundChecks(subject, outbound, list);
  for (const inbound of definition.inbound) addInboundChecks(subject, inbound, list);

  list.add('always', 'takes no effect from outside its context', async () => {
    const received = await readInboundSamples(subject);
    const everything = (): Promise<void> => doEverything(subject, received, () => undefined);
    // What is loaded on first use is not the plugin's doing.
    await everything();
    subject.expect(await effectsOf(everything)).toEqual([]);
  });

  list.add('always', 'leaves checks out for reasons only', () => {
    ensureKnownSkips(samples.skip);
    for (const { kind } of definition.outbound) {
      for (const { skip } of outboundSamples(samples, kind)) ensureKnownSkips(skip);
    }
    for (const sample of Object.values(samples.inbound).flat()) ensureKnownSkips(sample.skip);
  });

  list.add('always', 'has samples for kinds of file that there are', () => {
    const strays = (given: object, kinds: readonly { readonly kind: string }[]): string[] =>
      Object.keys(given).filter((name) => !kinds.some(({ kind }) => kind === name));
    const unknown = [...strays(samples.outbound, definition.outbound), ...strays(samples.inbound, definition.inbound)];
    ensure(unknown.length === 0, `Samples of no kind of file: ${unknown.join(', ')}`);
  });
  return list.checks;
}

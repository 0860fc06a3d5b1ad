import type { Plugin } from '../contract/plugin.js';
import { ensureReason, type ConformanceCheck } from './check-list.js';
import { conformanceChecks } from './conformance.js';
import type { PluginSamples } from './samples.js';
import type { TestFramework } from './test-framework.js';

/**
 * Registers the tests that every plugin must pass. The framework's functions are handed in, so that the kit itself
 * depends on none. What is left out is listed at the end, each check with its reason.
 */
export function describePlugin(plugin: Plugin, samples: PluginSamples, framework: TestFramework): void {
  const { describe, test, expect } = framework;
  const checks = conformanceChecks(plugin, samples, expect);
  describe(`plugin ${plugin.id}`, () => {
    for (const [part, own] of Map.groupBy(runnable(checks), (check) => check.part)) {
      const register = (): void => own.forEach((check) => void test(check.name, async () => check.run()));
      if (part === '') register();
      else describe(part, register);
    }
    const leftOut = checks.filter((check) => check.leftOut !== null);
    if (leftOut.length === 0) return;
    describe('left out', () => {
      for (const { part, name, leftOut: reason } of leftOut) {
        test([part, name, reason].filter((word) => word !== '').join(': '), () => ensureReason(reason));
      }
    });
  });
}

function runnable(checks: readonly ConformanceCheck[]): readonly ConformanceCheck[] {
  return checks.filter((check) => check.leftOut === null);
}

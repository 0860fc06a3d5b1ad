export { describePlugin } from './describe-plugin.js';
export { checkPlugin, pluginFingerprint } from './check-plugin.js';
export type { CheckResult } from './check-plugin.js';
export { collected, inPieces, joined, oneByOne } from './byte-streams.js';
export type { InboundSample, OutboundSample, PluginSamples, SkippableCheck, SkipReason, Skips } from './samples.js';
export type { TestFramework } from './test-framework.js';

export { describePlugin } from './describe-plugin.js';
export { collected, inPieces, joined, oneByOne } from './byte-streams.js';
export type { InboundSample, OutboundSample, PluginSamples, SkippableCheck } from './samples.js';
export type { TestFramework } from './test-framework.js';

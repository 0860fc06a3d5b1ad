import { plainPlugin } from './plain-plugin.mjs';

/** Does nothing wrong, on the same days as the one that does. */
export default plainPlugin(
  'sound',
  () => null,
  () => null,
  () => undefined,
);

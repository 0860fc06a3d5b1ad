import { STOP_KINDS } from '@concord/plugin-sdk';
import type { StopKind } from '@concord/plugin-sdk';

/**
 * The kinds of stops that people, sources and partners place. An arrangement is none: it comes and goes with what was
 * agreed.
 */
export const PLACED_STOP_KINDS: readonly StopKind[] = STOP_KINDS.filter((kind) => kind !== 'arrangement');

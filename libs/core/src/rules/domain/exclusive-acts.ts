import type { Act } from '@concord/plugin-sdk';

/**
 * Acts that one partner at a time may do on a debt, by the name of their group: two agencies that collect the same debt
 * would collect the same money twice.
 */
const GROUPS: { readonly [act in Act]?: string } = { place: 'place' };

/** The group in which a debt is with one connector at a time, or null where several may act side by side. */
export function exclusiveGroup(act: Act): string | null {
  return GROUPS[act] ?? null;
}

/** The two halves of Concord: the case core with its API, and the connectors. A process holds one of them or both. */
export type Half = 'gateway' | 'connectors';

export const BOTH_HALVES: readonly Half[] = ['gateway', 'connectors'];

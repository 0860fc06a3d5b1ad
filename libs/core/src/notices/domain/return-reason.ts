import type { DeliveryMethod } from '../../cases/domain/proof.js';

/** Why a letter came back. */
export const RETURN_REASONS = [
  'moved',
  'not-known',
  'no-such-address',
  'vacant',
  /** The addressee would not take it. */
  'refused',
  /** Nobody fetched it. */
  'unclaimed',
  'other',
] as const;
export type ReturnReason = (typeof RETURN_REASONS)[number];

/** Those that say that the address is wrong: who refuses a letter, or does not fetch it, may live there all the same. */
export const UNDELIVERABLE: readonly ReturnReason[] = ['moved', 'not-known', 'no-such-address', 'vacant'];

/** Ways that lead to a postal address. */
export const BY_POST: readonly DeliveryMethod[] = ['mail', 'certified-mail', 'courier'];

/** Whether what came back says that nothing more is to be written to the address. */
export function tellsOfAddress(reason: ReturnReason, method: DeliveryMethod | null): boolean {
  return UNDELIVERABLE.includes(reason) && method !== null && BY_POST.includes(method);
}

import { telephone } from '../../cases/domain/intake-text.js';
import type { ContactKind } from './party-words.js';

const EMAIL = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/u;

/** A telephone as digits, an e-mail address with its domain in small letters; null for what is neither. */
export function contactValue(kind: ContactKind, value: string): string | null {
  if (kind === 'telephone') {
    const parsed = telephone.safeParse(value);
    return parsed.success ? parsed.data : null;
  }
  const trimmed = value.trim();
  if (kind === 'post' || !EMAIL.test(trimmed)) return null;
  const at = trimmed.lastIndexOf('@');
  return trimmed.slice(0, at) + trimmed.slice(at).toLowerCase();
}

import { ValidateBy } from 'class-validator';
import { isPrintable } from '../domain/intake-text.js';

/** Text on one line, as debts come in with it: what breaks the files of partners is refused where it is entered. */
export function IsPrintableText(): PropertyDecorator {
  return ValidateBy({
    name: 'isPrintableText',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isPrintable(value),
      defaultMessage: () => '$property must be text without control characters',
    },
  });
}

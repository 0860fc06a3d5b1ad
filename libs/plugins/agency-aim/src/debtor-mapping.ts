import { z } from 'zod';
import { fieldKey, recordLayoutSchema, type FieldLayout, type RecordLayout } from '@concord/plugin-sdk/codec';

/** Key of a field of the debtor record. */
const key = z.string().regex(/^[a-z][A-Za-z0-9]*$/, 'a field key');
const code = z.string().min(1).max(10);

const meaningSchema = z.strictObject({
  debtorNumber: key,
  fileNumber: key,
  /** 1 for the debtor, then the others in the case's order. */
  sequence: key.optional(),
  role: z.strictObject({ field: key, debtor: code, coDebtor: code, guarantor: code }).optional(),
  kind: z.strictObject({ field: key, person: code, business: code }).optional(),
  /** A person as "last, first MI", a business as it is called. */
  name: key.optional(),
  /** The same in parts, for layouts that have fields for them. A business stands in `surname`. */
  surname: key.optional(),
  firstName: key.optional(),
  middleName: key.optional(),
  generation: key.optional(),
  street1: key.optional(),
  street2: key.optional(),
  city: key.optional(),
  state: key.optional(),
  zip: key.optional(),
  telephone: key.optional(),
  ssn: key.optional(),
  dateOfBirth: key.optional(),
});

export type DebtorMeaning = z.infer<typeof meaningSchema>;

/**
 * How to write the debtor record of a placement file. It is not public, so that the administrator supplies it from the
 * agency's own document; what is only an example says so with `madeUp`.
 */
export const debtorMappingSchema = z
  .strictObject({
    /** The layout comes from no agency: nothing but this machine may be talked to with it. */
    madeUp: z.boolean(),
    record: recordLayoutSchema,
    meaning: meaningSchema,
  })
  .superRefine(({ record, meaning }, context) => {
    for (const { path, message } of meaningFaults(record, meaning)) {
      context.addIssue({ code: 'custom', path: ['meaning', ...path], message });
    }
  });

export type DebtorMapping = z.infer<typeof debtorMappingSchema>;

interface MeaningFault {
  readonly path: string[];
  readonly message: string;
}

/** Facts that identify a person beyond their name: no fault may show them. */
const IDENTIFYING = ['ssn', 'dateOfBirth'] as const;

function meaningFaults(record: RecordLayout, meaning: DebtorMeaning): MeaningFault[] {
  const fields = new Map<string, FieldLayout>(record.fields.map((field) => [fieldKey(field), field]));
  const faults: MeaningFault[] = [];
  for (const [fact, place] of Object.entries(meaning)) {
    const named = typeof place === 'string' ? place : place?.field;
    if (named === undefined) continue;
    const path = typeof place === 'string' ? [fact] : [fact, 'field'];
    const field = fields.get(named);
    if (field === undefined) faults.push({ path, message: `there is no field ${named}` });
    else if (field.type === 'filler' || field.type === 'constant' || field.type === 'record-length') {
      faults.push({ path, message: `${named} carries nothing of its own` });
    }
  }
  for (const fact of IDENTIFYING) {
    const named = meaning[fact];
    if (named === undefined || fields.get(named)?.sensitive === true) continue;
    faults.push({ path: [fact], message: `${named} must be marked sensitive` });
  }
  if (meaning.name === undefined && meaning.surname === undefined) {
    faults.push({ path: ['name'], message: 'a debtor needs a name, whole or in parts' });
  }
  return faults;
}

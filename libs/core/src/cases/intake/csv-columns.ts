/** A column of the CSV form of intake. */
export interface CsvColumn {
  readonly name: string;
  /** Without a required column the file is refused; a blank cell in it is a fault of the row. */
  readonly required: boolean;
  /** Where the cell goes in the intake row; null for the columns that become ledger entries and proofs. */
  readonly path: string | null;
}

const column = (name: string, path: string | null, required = false): CsvColumn => ({ name, path, required });

/** The columns that a CSV file may have, in any order. One row is one debt with its one debtor. */
export const CSV_COLUMNS: readonly CsvColumn[] = [
  column('source_reference', 'sourceReference', true),
  column('type', 'type', true),
  column('arose_from_contract', 'aroseFromContract'),
  column('original_creditor_name', 'originalCreditor.name'),
  column('original_creditor_classification', 'originalCreditor.classification'),
  column('incurred_on', 'incurredOn'),
  column('delinquent_on', 'delinquentOn'),
  column('itemised_on', 'itemisedOn'),
  column('notice_sent_on', null),
  column('currency', 'currency'),
  column('amount', null, true),
  column('interest', null),
  column('fees', null),
  column('paid', null),
  column('last_payment_on', null),
  column('debtor_reference', 'debtor.sourceReference', true),
  column('debtor_kind', 'debtor.kind', true),
  column('surname', 'debtor.surname', true),
  column('first_name', 'debtor.firstName'),
  column('middle_name', 'debtor.middleName'),
  column('generation', 'debtor.generation'),
  column('line1', 'debtor.address.line1'),
  column('line2', 'debtor.address.line2'),
  column('city', 'debtor.address.city'),
  column('region', 'debtor.address.region'),
  column('postal_code', 'debtor.address.postalCode'),
  column('country', 'debtor.address.country'),
  column('telephone', 'debtor.telephone'),
  column('ssn', 'debtor.ssn'),
  column('sin', 'debtor.sin'),
  column('date_of_birth', 'debtor.dateOfBirth'),
  column('due_on', 'dueOn'),
  column('judgment_court', 'judgment.court'),
  column('judgment_case_number', 'judgment.caseNumber'),
  column('judgment_entered_on', 'judgment.enteredOn'),
  column('judgment_principal', 'judgment.principalMinor'),
  column('judgment_interest', 'judgment.interestMinor'),
  column('judgment_fees', 'judgment.feesMinor'),
  column('judgment_costs', 'judgment.costsMinor'),
  column('judgment_yearly_percent', 'judgment.yearlyPercent'),
  column('judgment_enforceable_until', 'judgment.enforceableUntil'),
];

/** The header in the order in which the documentation lists it. */
export const CSV_HEADER: string = CSV_COLUMNS.map(({ name }) => name).join(',');

const KNOWN: ReadonlySet<string> = new Set(CSV_COLUMNS.map(({ name }) => name));

/**
 * Reads the header row. An unknown column refuses the file rather than being passed over: a misspelt `fees` would
 * otherwise change every balance without a word.
 *
 * @returns the columns' names in the file's order, or the reasons for refusing it.
 */
export function readHeader(
  cells: readonly string[],
): { readonly names: readonly string[]; readonly reasons?: undefined } | { readonly reasons: readonly string[] } {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  if (names.length === 1 && /[;\t|]/.test(names[0] ?? '')) {
    return { reasons: ['columns must be separated by commas'] };
  }
  const reasons = [
    ...names.filter((name) => !KNOWN.has(name)).map((name) => `unknown column ${JSON.stringify(name.slice(0, 60))}`),
    ...names
      .filter((name, index) => KNOWN.has(name) && names.indexOf(name) !== index)
      .map((name) => `column ${name} appears twice`),
    ...CSV_COLUMNS.filter(({ name, required }) => required && !names.includes(name)).map(
      ({ name }) => `missing column ${name}`,
    ),
  ];
  // Every ledger entry needs a date.
  if (!names.includes('incurred_on') && !names.includes('delinquent_on')) {
    reasons.push('missing column incurred_on or delinquent_on: one of them dates the assessment');
  }
  return reasons.length > 0 ? { reasons } : { names };
}

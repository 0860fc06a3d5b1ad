/**
 * The day from which an entry counts, as the ledger as of a day has it: a reversal never counts before what it undoes.
 *
 * @param entry alias of `cases.ledger_entry`
 */
export function effectiveDay(entry: string): string {
  return `case when ${entry}.reverses is null then ${entry}.effective_on else greatest(${entry}.effective_on,
    (select undone.effective_on from cases.ledger_entry undone where undone.id = ${entry}.reverses)) end`;
}

/**
 * The day on which an entry came onto the ledger, whenever it takes effect: the business date under which it was booked,
 * and not before the office's date on which it was written. Months that are over keep what they had.
 *
 * @param entry alias of `cases.ledger_entry`
 * @param zone parameter with the office's time zone
 */
export function postedDay(entry: string, zone: string): string {
  return `greatest(${entry}.booked_on, (${entry}.recorded_at at time zone ${zone}::text)::date)`;
}

/** What is owed on each debt of office $1 at the end of day $2; debts without entries by then are not among them. */
export const BALANCES = `
  select e.debt_id, sum(e.effect_minor) as minor
  from cases.ledger_entry e join cases.debt d on d.id = e.debt_id
  where d.jurisdiction_id = $1 and ${effectiveDay('e')} <= $2::date
  group by e.debt_id`;

/**
 * Since when a debt counts as overdue, in the order in which the strategies look for it; the day on which it was registered
 * is the office's.
 *
 * @param debt alias of `cases.debt`
 */
export function overdueSince(debt: string): string {
  return `coalesce(${debt}.delinquent_on, ${debt}.due_on, ${debt}.incurred_on, (${debt}.registered_at at time zone
    (select office.time_zone from cases.jurisdiction office where office.id = ${debt}.jurisdiction_id))::date)`;
}

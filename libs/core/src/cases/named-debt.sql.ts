/**
 * A condition that holds for the debt that a person means, by its id or by Concord's number of it. The columns are left as their
 * indexes have them: one that is cast reads every debt that there is.
 *
 * @param debt alias of a table of debts in the statement
 * @param name placeholder of the parameter, e.g. `$1`
 */
export function isNamedDebt(debt: string, name: string): string {
  return `(${debt}.id = case when ${name}::text ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then ${name}::text::uuid end
    or ${debt}.number = case when ${name}::text ~ '^[0-9]{1,18}$' then ${name}::text::bigint end)`;
}

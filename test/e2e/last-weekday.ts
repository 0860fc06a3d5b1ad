/**
 * The last day of a month that is neither Saturday nor Sunday: its last business day where no holiday is near.
 *
 * @param month 1 to 12
 * @returns `YYYY-MM-DD`
 */
export function lastWeekday(year: number, month: number): string {
  const day = new Date(Date.UTC(year, month, 0));
  while ([0, 6].includes(day.getUTCDay())) day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 10);
}

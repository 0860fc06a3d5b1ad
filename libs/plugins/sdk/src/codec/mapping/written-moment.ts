const DAY = 24 * 60 * 60 * 1_000;

/**
 * A moment in a partner's own way of writing it.
 *
 * @param pattern of `CCYY` (or `YYYY`), `YY`, `MM`, `DD`, `DDD` (day of the year), `hh`, `mm`, `ss`; all else is literal
 * @param moment local, `YYYY-MM-DDThh:mm:ss`
 */
export function writtenMoment(pattern: string, moment: string): string {
  const [year, month, day] = [moment.slice(0, 4), moment.slice(5, 7), moment.slice(8, 10)];
  const parts: Readonly<Record<string, string>> = {
    CCYY: year,
    YYYY: year,
    YY: year.slice(2),
    MM: month,
    DD: day,
    DDD: String(dayOfYear(Number(year), Number(month), Number(day))).padStart(3, '0'),
    hh: moment.slice(11, 13),
    mm: moment.slice(14, 16),
    ss: moment.slice(17, 19),
  };
  return pattern.replace(/CCYY|YYYY|YY|MM|DDD|DD|hh|mm|ss/g, (token) => parts[token] ?? token);
}

function dayOfYear(year: number, month: number, day: number): number {
  return (Date.UTC(year, month - 1, day) - Date.UTC(year, 0, 1)) / DAY + 1;
}

import type { Api } from '../api.js';
import type { OfficeDay } from './check-told.js';

interface Listed {
  readonly counts: { readonly open: number; readonly overdue: number };
}

interface Alerted {
  readonly jurisdiction: string | null;
  readonly connector: string | null;
}

/** Releases that no partner confirmed in time must be counted by the list of releases, and alerted for each connector. */
export async function overdueFaults(api: Pick<Api, 'get'>, day: OfficeDay): Promise<string[]> {
  const { office, date, duties } = day;
  const overdue = duties.filter(({ dueOn }) => dueOn < date);
  const { counts } = await api.get<Listed>(`/releases?jurisdiction=${office.id}&state=overdue`);
  const alerts = await api.get<Alerted[]>('/alerts?standing=true&cause=release-overdue');
  const alerted = alerts.filter(({ jurisdiction }) => jurisdiction === office.id).map(({ connector }) => connector);
  const late = new Set(overdue.map(({ connector }) => connector));
  const untold = [...late].filter((each) => !alerted.includes(each));
  const untrue = alerted.filter((each) => !late.has(each ?? ''));
  const where = `${date} ${office.id}`;
  return [
    ...(counts.open === duties.length ? [] : [`${where}: ${counts.open} open releases, stored are ${duties.length}`]),
    ...(counts.overdue === overdue.length ? [] : [`${where}: ${counts.overdue} overdue, stored are ${overdue.length}`]),
    ...untold.map((each) => `${where}: releases at ${each} are overdue, and no alert says so`),
    ...untrue.map((each) => `${where}: an alert for ${each ?? 'nobody'}, where nothing is overdue`),
  ];
}

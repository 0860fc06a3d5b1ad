/** The two ends of the day, with half an hour between in one of them. */
export const TIME_ZONES = ['Pacific/Kiritimati', 'Pacific/Niue', 'Asia/Kolkata'] as const;

/** Runs `body` as on a machine in another time zone. Test frameworks that guard the environment may keep it where it was. */
export async function inTimeZone<T>(zone: string, body: () => Promise<T>): Promise<T> {
  const before = process.env['TZ'];
  process.env['TZ'] = zone;
  try {
    return await body();
  } finally {
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
  }
}

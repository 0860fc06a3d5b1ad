/**
 * Waits for some work no longer than a stated time. The work itself is not ended.
 *
 * @param otherwise what is said of work that is late, before the time
 * @throws Error when it is late
 */
export async function within<T>(work: Promise<T>, ms: number, otherwise: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${otherwise} within ${ms / 1000} seconds`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The first half of the advisory locks by which processes of connectors show that they live; the second is their number. */
export const PROCESS_LOCK = 1_129_270_851;

/** The second half where the lock is not a process's but that of the one process that acts by the clock. Numbers begin with 1. */
export const CLOCK_LOCK = 0;

/**
 * How the server notices that the other end is gone although nobody said so, as when a machine lost its power: asked after 10
 * seconds of silence, three times, every 5. A killed process's connection is closed at once.
 */
export const NOTICE_LOSS = '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3';

const { CONCORD_TEST_SEED: chosen, CONCORD_FAULTS_SEED: ofThisRun } = process.env;

/** Other faults every time; `CONCORD_TEST_SEED` repeats a run. Names of tests that depend on it have it. */
export const SEED = Number(chosen ?? ofThisRun ?? Math.floor(Math.random() * 2 ** 31));

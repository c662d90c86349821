import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

// Who may know whom (docs/explanation/architecture.md). Run through Nx: without a project graph the boundary rule passes everything.
const boundaries = {
  allow: [],
  depConstraints: [
    { sourceTag: 'type:contracts', onlyDependOnLibsWithTags: ['type:contracts'] },
    { sourceTag: 'type:kernel', onlyDependOnLibsWithTags: ['type:kernel'] },
    { sourceTag: 'type:driver', onlyDependOnLibsWithTags: ['type:kernel', 'type:testkit'] },
    // Published: what it needs comes along with it, so it may need little.
    { sourceTag: 'type:client', onlyDependOnLibsWithTags: ['type:contracts', 'type:adapter', 'type:testkit'] },
    { sourceTag: 'type:adapter', onlyDependOnLibsWithTags: ['type:contracts', 'type:kernel', 'type:driver', 'type:testkit'] },
    { sourceTag: 'type:testkit', onlyDependOnLibsWithTags: ['type:contracts', 'type:kernel'] },
    { sourceTag: 'type:kit', onlyDependOnLibsWithTags: ['type:contracts', 'type:kernel', 'type:driver', 'type:adapter', 'type:testkit'] },
    {
      sourceTag: 'type:service',
      onlyDependOnLibsWithTags: ['type:contracts', 'type:kernel', 'type:driver', 'type:adapter', 'type:kit', 'type:testkit'],
    },
    { sourceTag: 'type:composition', onlyDependOnLibsWithTags: ['*'] },
    { sourceTag: 'type:e2e', onlyDependOnLibsWithTags: ['type:contracts', 'type:testkit', 'type:tools'] },
    { sourceTag: 'type:tools', onlyDependOnLibsWithTags: ['*'] },
  ],
};

const size = (lines, params) => ({
  'max-lines': ['error', { max: lines, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
  'max-params': ['error', params],
  'max-depth': ['error', 3],
  complexity: ['error', 8],
});

const noRandom = { object: 'Math', property: 'random', message: 'domain/ is not random.' };
const noClock = [
  "CallExpression[callee.object.name='Date'][callee.property.name='now']",
  "NewExpression[callee.name='Date'][arguments.length=0]",
].map((selector) => ({ selector, message: 'domain/ knows no clock: the time is an argument.' }));
// So that whole services can run on a time that a test or a simulation moves.
const throughPorts = [
  "NewExpression[callee.name='Date'][arguments.length=0]",
  "CallExpression[callee.object.name='Date'][callee.property.name='now']",
  'CallExpression[callee.name=/^set(Timeout|Interval)$/]',
  ":matches(ImportDeclaration, ExportNamedDeclaration)[source.value='node:timers/promises']",
  "MemberExpression[object.name='Math'][property.name='random']",
  "MemberExpression[object.name='performance']",
  "MemberExpression[property.name='randomUUID']",
  "ImportSpecifier[imported.name='randomUUID']",
].map((selector) => ({
  selector,
  message: 'Time, timers, ids and randomness come through ports below the edge: Clock, bell, Pauses, newId.',
}));
// What Node itself throws is of another realm's Error wherever code runs in a context of its own, as under Jest.
const byShape = {
  selector: "BinaryExpression[operator='instanceof'][right.name=/^(Aggregate|Range|Reference|Syntax|Type|URI|Eval)?Error$/]",
  message: 'instanceof of a built-in error is false for errors of another realm: ask isError, codeOf or messageOf.',
};
const noEnv = {
  object: 'process',
  property: 'env',
  message: 'process.env is read in the kit only (libs/service-kit/src/settings); everybody else is given settings.',
};

const forbid = (regex, message) => ({ 'no-restricted-imports': ['error', { patterns: [{ regex, message }] }] });

export default tseslint.config(
  // What the console is typed by is generated (tools/console).
  { ignores: ['**/dist', '**/.nx', '**/node_modules', '**/*.cjs', '**/*.mjs', 'services/console/web/src/api/schema.ts'] },
  ...tseslint.configs.recommended,
  prettier,
  {
    files: ['**/*.ts', '**/*.tsx'],
    plugins: { '@nx': nx },
    // Without these, the type-import rule would turn DTO imports into types and take Nest's validation away.
    languageOptions: { parserOptions: { emitDecoratorMetadata: true, experimentalDecorators: true } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      ...size(200, 4),
      '@nx/enforce-module-boundaries': ['error', boundaries],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      'no-console': 'error',
      'no-restricted-properties': ['error', noEnv],
      'no-restricted-syntax': ['error', byShape],
    },
  },
  {
    files: ['libs/contracts/src/**', 'libs/eventsourcing/src/**'],
    ignores: ['**/*.spec.ts'],
    rules: forbid('^(?!\\.{1,2}/)', 'contracts and eventsourcing import no package at all.'),
  },
  {
    files: ['libs/postgres/src/**', 'libs/event-store/src/**', 'libs/messaging/src/**', 'libs/views/src/**'],
    ignores: ['**/*.spec.ts', 'libs/messaging/src/nest/**'],
    rules: forbid('^@nestjs/', 'Adapters know no Nest.'),
  },
  {
    files: ['libs/{eventsourcing,event-store,messaging,views}/src/**', 'services/*/src/app/**'],
    ignores: [
      '**/*.{spec,fixture,contract}.ts',
      '**/fixture.ts',
      // The port itself.
      'libs/eventsourcing/src/clock.ts',
      // Names its own connection, so that it does not wake itself; nothing that is stored or told.
      'libs/event-store/src/postgres/notifications.ts',
    ],
    rules: { 'no-restricted-syntax': ['error', byShape, ...throughPorts] },
  },
  {
    files: ['services/*/src/domain/**'],
    ignores: ['**/*.spec.ts'],
    rules: {
      ...size(200, 3),
      ...forbid('^(?!\\./|@cartage/(contracts|eventsourcing)$)', 'domain/ imports contracts and eventsourcing only.'),
      'no-restricted-globals': ['error', 'crypto', 'process', 'setTimeout', 'setInterval', 'performance'],
      'no-restricted-syntax': ['error', byShape, ...noClock],
      'no-restricted-properties': ['error', noEnv, noRandom],
    },
  },
  {
    files: ['services/*/src/app/**'],
    ignores: ['**/*.{spec,fixture}.ts'],
    rules: forbid('^(@nestjs/|kafkajs|fastify|.*/edge/)', 'app/ knows ports, never Nest, Kafka, HTTP or edge/.'),
  },
  {
    files: ['services/*/src/edge/**'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: 'class-validator',
              importNames: ['ValidateNested', 'ValidateIf'],
              message: 'A part of a DTO is @Nested or @NestedList (service-kit): it may not be missing.',
            },
            { name: 'class-transformer', message: 'Values are spelt by the decorators of service-kit.' },
          ],
        },
      ],
    },
  },
  // A handler's parameters are what Nest injects into it: route, body, headers, reply.
  { files: ['services/*/src/edge/**/*.controller.ts'], rules: { 'max-params': ['error', 6] } },
  {
    files: ['**/*.spec.ts', '**/*.contract.ts', 'libs/testkit/**', 'tools/console/pages/*'],
    rules: { ...size(300, 4), 'max-lines-per-function': 'off' },
  },
  {
    files: ['tools/**', 'e2e/**', 'libs/testkit/**', '**/*.spec.ts', '**/*.contract.ts', 'libs/service-kit/src/settings/**'],
    rules: { 'no-restricted-properties': 'off' },
  },
  { files: ['tools/**'], rules: { 'no-console': 'off' } },
  { files: ['**/*.spec.ts'], rules: { 'no-restricted-syntax': 'off' } },
);

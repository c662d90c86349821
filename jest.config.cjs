// Three suites: `unit` needs nothing, `integration` needs servers (Postgres is started once for all, Kafka by the specs that use it), `e2e` runs real processes.
const { swc, withElements } = require('./tools/swc.cjs');
const { compilerOptions } = require('./tsconfig.base.json');

const moduleNameMapper = Object.fromEntries(
  Object.entries(compilerOptions.paths).map(([name, [file]]) => [`^${name}$`, `<rootDir>/${file.slice(2)}`]),
);
const shared = {
  rootDir: __dirname,
  roots: ['<rootDir>/libs', '<rootDir>/services', '<rootDir>/tools', '<rootDir>/e2e'],
  testEnvironment: '<rootDir>/libs/testkit/jest/shared-environment.cjs',
  runtime: '<rootDir>/libs/testkit/jest/shared-runtime.cjs',
  moduleNameMapper,
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  transform: { '^.+\\.ts$': ['@swc/jest', swc], '^.+\\.tsx$': ['@swc/jest', withElements] },
  setupFiles: ['reflect-metadata'],
};
const postgres = {
  globalSetup: '<rootDir>/libs/testkit/jest/start-postgres.mjs',
  globalTeardown: '<rootDir>/libs/testkit/jest/stop-postgres.mjs',
};

module.exports = {
  maxWorkers: 2,
  // Hooks start services and servers; on a busy machine that takes longer than Jest's 5 s.
  testTimeout: 30_000,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['**/*.spec.ts'],
      testPathIgnorePatterns: ['/node_modules/', '\\.int\\.spec\\.ts$', '\\.e2e\\.spec\\.ts$'],
    },
    { ...shared, ...postgres, displayName: 'integration', testMatch: ['**/*.int.spec.ts'] },
    {
      ...shared,
      ...postgres,
      displayName: 'e2e',
      testMatch: ['**/*.e2e.spec.ts'],
      testEnvironment: '<rootDir>/libs/testkit/jest/show-output.cjs',
    },
  ],
};

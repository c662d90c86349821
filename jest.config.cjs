// Three suites: `unit` needs nothing, `integration` needs servers (Postgres is started once for all, Kafka by the specs that use it), `e2e` runs real processes.
const { chmodSync, mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { swc, withElements } = require('./tools/swc.cjs');
const { compilerOptions } = require('./tsconfig.base.json');

// What Jest compiled stays for the next run. What tests write goes with this one: its workers, and the servers that they start (Postgres as a user of its own), know no other place for it.
const cacheDirectory = join(tmpdir(), 'cartage-jest-cache');
process.env['TMPDIR'] = mkdtempSync(join(tmpdir(), 'cartage-tests-'));
chmodSync(process.env['TMPDIR'], 0o1777);
process.on('exit', () => rmSync(process.env['TMPDIR'], { recursive: true, force: true }));

const moduleNameMapper = Object.fromEntries(
  Object.entries(compilerOptions.paths).map(([name, [file]]) => [`^${name}$`, `<rootDir>/${file.slice(2)}`]),
);
const shared = {
  rootDir: __dirname,
  cacheDirectory,
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

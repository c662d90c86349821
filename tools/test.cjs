// Runs the suites one after the other, says which servers served them and what could not run for lack of one, and ends with the counts.
// `node tools/test.cjs [unit] [integration] [e2e]`; without names, all of them.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { build } = require('./build.cjs');

const suites = ['unit', 'integration', 'e2e'];
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !suites.includes(name));
if (unknown.length > 0) {
  console.error(`No suite ${unknown.join(', ')}; there are ${suites.join(', ')}.`);
  process.exit(2);
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cartage-tests-'));
// Specs report here which server they found and which they had to do without (libs/testkit/src/servers.ts).
const serversFile = path.join(folder, 'servers.ndjson');
fs.writeFileSync(serversFile, '');

const run = (suite) => {
  const output = path.join(folder, `${suite}.json`);
  // Real processes share two cores badly: e2e files go one at a time.
  const args = ['jest', '--selectProjects', suite, '--json', '--outputFile', output, ...(suite === 'e2e' ? ['--runInBand'] : [])];
  const started = Date.now();
  const { status } = spawnSync('npx', args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, CARTAGE_TEST_SERVERS: serversFile },
  });
  const result = fs.existsSync(output) ? JSON.parse(fs.readFileSync(output, 'utf8')) : undefined;
  return {
    suite,
    seconds: Math.round((Date.now() - started) / 1000),
    passed: result?.numPassedTests ?? 0,
    failed: (result?.numFailedTests ?? 0) + (result?.numRuntimeErrorTestSuites ?? 0) + (result ? 0 : 1),
    skipped: (result?.numPendingTests ?? 0) + (result?.numTodoTests ?? 0),
    ok: status === 0 && Boolean(result),
  };
};

// Processes that e2e starts run from dist/.
build();
const results = (wanted.length > 0 ? wanted : suites).map(run);

const lines = [...new Set(fs.readFileSync(serversFile, 'utf8').split('\n').filter(Boolean))].map((line) => JSON.parse(line));
const servers = lines.filter(({ missing }) => !missing);
const missing = lines.filter(({ missing: lacks }) => lacks);
fs.rmSync(folder, { recursive: true, force: true });

console.log('\nServers used');
for (const { server, servedBy } of servers) console.log(`  ${server}: ${servedBy}`);
if (missing.length > 0) console.log('\nNot run, for lack of a server');
for (const { server, servedBy } of missing) console.log(`  ${server}: ${servedBy}`);
console.log('\nSuites');
for (const { suite, passed, failed, skipped, seconds } of results)
  console.log(
    `  ${suite.padEnd(12)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${String(skipped).padStart(4)} skipped ${String(seconds).padStart(5)} s`,
  );
const sum = (key) => results.reduce((total, result) => total + result[key], 0);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
process.exit(results.every(({ ok }) => ok) ? 0 : 1);

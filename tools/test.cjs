// Runs the suites one after the other, says which servers served them and what could not run for lack of one, and ends with the counts.
// `node tools/test.cjs [unit] [integration] [e2e]`; without names, all of them.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

if (!fs.existsSync(path.join(__dirname, '..', 'node_modules', 'jest'))) {
  console.error('The packages of this workspace are not installed: `npm ci` does it.');
  process.exit(78);
}
const { build, dist } = require('./build.cjs');

const jest = require.resolve('jest/bin/jest');
const suites = ['unit', 'integration', 'e2e'];
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !suites.includes(name));
if (unknown.length > 0) {
  console.error(`No suite ${unknown.join(', ')}; there are ${suites.join(', ')}.`);
  process.exit(2);
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cartage-tests-'));
// Specs report here which servers they found (libs/testkit/src/served-by.ts), and which suites they had to leave out (describe-with.ts).
const servedByFile = path.join(dist, 'tests-served-by.jsonl');
const notRunFile = path.join(dist, 'tests-not-run.jsonl');
fs.mkdirSync(dist, { recursive: true });
for (const file of [servedByFile, notRunFile]) fs.writeFileSync(file, '');
const linesIn = (file) => [...new Set(fs.readFileSync(file, 'utf8').split('\n').filter(Boolean))].map((line) => JSON.parse(line));

/** A worker waits for its servers almost half of the time; two with real processes, a browser or a cluster are as much as two cores and the patience of tests bear. */
const workers = { unit: [], integration: ['--maxWorkers', '3'], e2e: ['--maxWorkers', '2'] };

/** What failed, a block for each: long outputs are cut in their middle, and whoever reads only the end is to see it. */
const failuresOf = ({ testResults = [] }) =>
  testResults.flatMap(({ name, message, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    const file = path.relative(path.join(__dirname, '..'), name);
    if (failed.length === 0) return message && assertionResults.length === 0 ? [`${file}\n${message}`] : [];
    return failed.map(({ fullName, failureMessages }) => `${file} › ${fullName}\n${failureMessages.join('\n')}`);
  });

const run = (suite) => {
  const output = path.join(folder, `${suite}.json`);
  const args = [jest, '--selectProjects', suite, '--json', '--outputFile', output, ...workers[suite]];
  const started = Date.now();
  // The Node that runs this runs them, too, whichever one `npx` would find.
  const { status } = spawnSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const result = fs.existsSync(output) ? JSON.parse(fs.readFileSync(output, 'utf8')) : undefined;
  return {
    suite,
    seconds: Math.round((Date.now() - started) / 1000),
    passed: result?.numPassedTests ?? 0,
    failed: (result?.numFailedTests ?? 0) + (result?.numRuntimeErrorTestSuites ?? 0) + (result ? 0 : 1),
    skipped: (result?.numPendingTests ?? 0) + (result?.numTodoTests ?? 0),
    failures: result ? failuresOf(result) : [`${suite}: Jest wrote no result.`],
    ok: status === 0 && Boolean(result),
  };
};

// Processes that e2e starts run from dist/.
build();
const results = (wanted.length > 0 ? wanted : suites).map(run);

fs.rmSync(folder, { recursive: true, force: true });

const servers = linesIn(servedByFile);
const notRun = linesIn(notRunFile);
if (servers.length > 0) console.log('\nServers used');
for (const { what, server } of servers) console.log(`  ${what}: ${server}`);
if (notRun.length > 0) console.log('\nNot run, for lack of a server');
for (const { suite, reason } of notRun) console.log(`  ${suite}: ${reason}`);
const failures = results.flatMap((result) => result.failures);
const MOST_LINES = 30;
if (failures.length > 0) console.log('\nFailed');
for (const failure of failures) console.log(failure.split('\n').slice(0, MOST_LINES).join('\n    ').replace(/^/, '  '));
console.log('\nSuites');
for (const { suite, passed, failed, skipped, seconds } of results)
  console.log(
    `  ${suite.padEnd(12)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${String(skipped).padStart(4)} skipped ${String(seconds).padStart(5)} s`,
  );
const sum = (key) => results.reduce((total, result) => total + result[key], 0);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
process.exit(results.every(({ ok }) => ok) ? 0 : 1);

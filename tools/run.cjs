// Builds what changed and runs a program of the workspace in this very process, so that signals and the exit code are its own.
// `node tools/run.cjs services/order` runs its src/main.ts, `node tools/run.cjs tools/simulator/demo.ts …` that file.
const path = require('node:path');
const { build, dist } = require('./build.cjs');
const { buildAside } = require('./build-console.cjs');

const [program, ...args] = process.argv.slice(2);
if (!program) {
  console.error('usage: node tools/run.cjs <service folder | file.ts> [arguments]');
  process.exit(2);
}
build();
// Whoever serves the console serves it as soon as it is built, and does not wait for it.
if (['services/embedded', 'services/console', 'tools/distributed/start.ts'].includes(program)) buildAside();
const entry = path.join(dist, program.endsWith('.ts') ? program.replace(/\.ts$/, '.js') : path.join(program, 'src', 'main.js'));
process.argv = [process.argv[0], entry, ...args];
require(entry);

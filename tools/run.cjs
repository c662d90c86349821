// Builds what changed and runs a program of the workspace in this very process, so that signals and the exit code are its own.
// `node tools/run.cjs services/order` runs its src/main.ts, `node tools/run.cjs tools/simulator/demo.ts …` that file.
const fs = require('node:fs');
const path = require('node:path');

const end = (code, line) => {
  (code === 0 ? console.log : console.error)(line);
  process.exit(code);
};

const root = path.join(__dirname, '..');
const { engines } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
const least = engines.node.replace('>=', '');
if (least.localeCompare(process.versions.node, 'en', { numeric: true }) > 0)
  end(78, `This is Node ${process.versions.node} (${process.execPath}); Cartage needs ${least} or newer.`);
if (!fs.existsSync(path.join(root, 'node_modules', '@swc', 'core')))
  end(78, 'The packages of this workspace are not installed: `npm ci` does it.');

const [program, ...args] = process.argv.slice(2);
const usage = 'usage: node tools/run.cjs <service folder | file.ts> [arguments]';
if (!program) end(2, usage);
const source = path.join(root, program.endsWith('.ts') ? program : path.join(program, 'src', 'main.ts'));
if (!fs.existsSync(source)) end(2, `There is no ${path.relative(root, source)} here.\n${usage}`);
// A service is told everything by its settings: who gives it arguments believes that they mean something.
const settings = 'It takes no arguments: settings are environment variables, such as PORT=4000 npm start (docs/reference/settings.md).';
if (!program.endsWith('.ts') && args.length > 0) {
  if (args.includes('--help') || args.includes('-h')) end(0, settings);
  end(2, `${args.join(' ')} means nothing here. ${settings}`);
}

const { build, dist } = require('./build.cjs');
const { buildAside } = require('./build-console.cjs');

try {
  build();
} catch (error) {
  // Somebody else, such as root, has built here before.
  if (error.code !== 'EACCES' && error.code !== 'EPERM' && error.code !== 'EROFS') throw error;
  end(78, `${error.path ?? dist} cannot be written (${error.code}): make ${dist} this user's, or delete it.`);
}
// Whoever serves the console serves it as soon as it is built, and does not wait for it.
if (['services/embedded', 'services/console', 'tools/distributed/start.ts'].includes(program)) buildAside();
const entry = path.join(dist, program.endsWith('.ts') ? program.replace(/\.ts$/, '.js') : path.join(program, 'src', 'main.js'));
process.argv = [process.argv[0], entry, ...args];
require(entry);

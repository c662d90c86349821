// Builds the console's program for the browser (services/console/web) into dist/, where its sources are newer than what is there. `npm run build` does it for good; `npm start` has it done
// beside the start of the services, which does not wait for it: until it is there the console says that it is being built.
const fs = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '..');
const web = path.join(root, 'services', 'console', 'web');
const page = path.join(root, 'dist', 'services', 'console', 'web', 'index.html');

const newestIn = (folder) =>
  fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.spec\.tsx?$/.test(entry.name))
    .reduce((newest, entry) => Math.max(newest, fs.statSync(path.join(entry.parentPath ?? entry.path, entry.name)).mtimeMs), 0);

const lockFile = path.join(root, 'package-lock.json');

/** Whether the program that is there is of these sources and these packages. */
const isBuilt = () => {
  if (!fs.existsSync(page)) return false;
  const packages = fs.existsSync(lockFile) ? fs.statSync(lockFile).mtimeMs : 0;
  return fs.statSync(page).mtimeMs > Math.max(newestIn(web), packages);
};

/** Built beside, then put in its place at once: whoever is served meanwhile is served one program or the other. */
const build = async () => {
  if (isBuilt()) return;
  // Whoever runs this, as a test for example: what is built is for those who use it.
  process.env.NODE_ENV = 'production';
  const { build: bundle } = await import('vite');
  const [there, fresh] = [path.dirname(page), `${path.dirname(page)}.${process.pid}`];
  await bundle({ configFile: path.join(web, 'vite.config.mjs'), logLevel: 'warn', build: { outDir: fresh } });
  put(fresh, there);
};

const put = (fresh, there) => {
  fs.rmSync(there, { recursive: true, force: true });
  try {
    fs.renameSync(fresh, there);
  } catch (error) {
    // Whoever built beside us was quicker: theirs is of the same sources.
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    fs.rmSync(fresh, { recursive: true, force: true });
  }
};

/** In a process of its own that nobody waits for; where Vite was not installed nothing is done, and the console says what to do. */
const buildAside = () => {
  if (isBuilt()) return;
  require('node:child_process').spawn(process.execPath, [__filename], { stdio: 'ignore' }).unref();
};

module.exports = { build, buildAside, isBuilt };

if (require.main === module)
  build().catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });

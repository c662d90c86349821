// Compiles TypeScript to dist/ with swc, one file at a time, and only what changed. `node tools/build.cjs [folder …]`; without a folder, everything that runs.
const { transformFileSync } = require('@swc/core');
const fs = require('node:fs');
const path = require('node:path');
const { swc } = require('./swc.cjs');

const root = path.resolve(__dirname, '..');
const dist = path.join(root, 'dist');
const { compilerOptions } = require('../tsconfig.base.json');

/** Big packages that many a process never needs: each is loaded when something of it is used first, so that a service starts without waiting for it. */
const tracing = ['core', 'exporter-trace-otlp-http', 'resources', 'sdk-trace'].map((name) => `@opentelemetry/${name}`);
const mime = ['mime-node', 'base64', 'qp'].map((name) => `nodemailer/lib/${name}`);
const guard = ['@fastify/helmet', '@fastify/rate-limit', 'jose'];
const files = ['csv-parse', 'csv-parse/sync', 's3mini'];
const documents = ['bidi-js', 'bwip-js', 'fontkit', 'pdfkit'];
const onFirstUse = ['@kurrent/kurrentdb-client', 'kafkajs', 'nodemailer', ...mime, 'stripe', ...documents, ...files, ...guard, ...tracing];
const options = {
  ...swc,
  sourceMaps: true,
  // A stack trace needs the lines, not the text: every process keeps its maps in memory.
  inlineSourcesContent: false,
  module: { ...swc.module, lazy: onFirstUse },
  jsc: {
    ...swc.jsc,
    baseUrl: root,
    paths: compilerOptions.paths,
    // Nor does a process need comments, which it would keep, too; and one character that is not Latin would double what it keeps of a file.
    minify: { compress: false, mangle: false, format: { comments: false, asciiOnly: true } },
  },
};

const changedAt = (file) => fs.statSync(file).mtimeMs;
/** How is compiled decides what comes out, too. */
const compilerChangedAt = Math.max(...[__filename, path.join(__dirname, 'swc.cjs'), path.join(root, 'tsconfig.base.json')].map(changedAt));
const isNewer = (file, out) => !fs.existsSync(out) || changedAt(out) < Math.max(changedAt(file), compilerChangedAt);

/** At once: who starts from it, or builds beside us, finds all of a file or none of it. */
const put = (file, text) => {
  const fresh = `${file}.${process.pid}`;
  fs.writeFileSync(fresh, text);
  fs.renameSync(fresh, file);
};

const compile = (file) => {
  const out = path.join(dist, path.relative(root, file).replace(/\.ts$/, '.js'));
  if (!isNewer(file, out)) return 0;
  // Relative to the map, so that two builds of the same sources are the same, wherever they stand.
  const { code, map } = transformFileSync(file, { ...options, sourceFileName: path.relative(path.dirname(out), file) });
  fs.mkdirSync(path.dirname(out), { recursive: true });
  put(`${out}.map`, map);
  put(out, `${code}\n//# sourceMappingURL=${path.basename(out)}.map`);
  return 1;
};

const sourcesIn = (folder) =>
  fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ts$/.test(entry.name) && !/\.(spec|fixture|d)\.ts$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    // The console's program is the browser's: tools/build-console.cjs builds it.
    .filter((file) => !file.includes(`${path.sep}node_modules${path.sep}`) && !file.includes(path.join('services', 'console', 'web')));

/** Compiles these folders (relative to the workspace) and says how many files were written. */
const build = (folders = ['libs', 'services', 'tools']) =>
  folders
    .map((folder) => path.join(root, folder))
    .filter((folder) => fs.existsSync(folder))
    .flatMap(sourcesIn)
    .reduce((written, file) => written + compile(file), 0);

module.exports = { build, dist, root };

if (require.main === module) build(process.argv.length > 2 ? process.argv.slice(2) : undefined);

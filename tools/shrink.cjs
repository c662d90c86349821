// Takes comments and blanks out of the JavaScript below a folder, and writes other scripts than Latin as escapes: `node tools/shrink.cjs <folder>`, of libraries on their way into an
// image. V8 keeps the text of every file that it has loaded, at two bytes a character as soon as one of them is not Latin. Names stay as they are, so does what a program does, and
// comments that say whose it is (`@license`, `/*!`).
const { minifySync } = require('@swc/core');
const fs = require('node:fs');
const path = require('node:path');

const options = {
  compress: false,
  mangle: false,
  module: 'unknown',
  sourceMap: false,
  format: { asciiOnly: true, comments: 'some' },
};

/** Libraries bring files that nothing loads and no parser takes, such as faulty ones to test themselves with: they stay as they are. */
const shrunk = (text) => {
  try {
    return minifySync(text, options).code;
  } catch {
    return text;
  }
};

/** In place of the file, and not into it: whoever has a hard link to it keeps what he had. */
const shrink = (file) => {
  const { mode } = fs.statSync(file);
  const text = shrunk(fs.readFileSync(file, 'utf8'));
  fs.rmSync(file);
  fs.writeFileSync(file, text, { mode });
};

const [folder] = process.argv.slice(2);
for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true }))
  if (entry.isFile() && /\.[cm]?js$/.test(entry.name)) shrink(path.join(entry.parentPath ?? entry.path, entry.name));

// Draws Vega-Lite as SVG: a list of specifications on stdin, a list of pictures on stdout. A program of its own, because these packages are modules of ECMAScript.
// A specification loads nothing: its data stand in it.
import { text } from 'node:stream/consumers';
import { parse, View, Warn } from 'vega';
import { compile } from 'vega-lite';

const refuse = (uri) => Promise.reject(new Error(`A picture loads nothing: ${uri} has to be an answer of the notebook.`));
const loader = { load: refuse, sanitize: refuse, http: refuse, file: refuse };
const config = { font: 'system-ui, sans-serif', background: null, axis: { labelFontSize: 12, titleFontSize: 12 } };

const faults = [];
// What is drawn, for people; and whether its answer has no rows: then there is nothing to scale by, and the picture is empty as it should be.
let [about, isEmpty] = ['', false];
const note = (...said) => {
  if (!isEmpty || !said.join(' ').startsWith('Infinite extent')) faults.push(`${about}: ${said.join(' ')}`);
};
const logger = {
  level: () => Warn,
  error: note,
  warn: note,
  info: () => logger,
  debug: () => logger,
};

const draw = async (spec) => {
  const view = new View(parse(compile(spec, { config, logger }).spec), { renderer: 'none', loader, logger });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
};

const pictures = [];
for (const [i, spec] of JSON.parse(await text(process.stdin)).entries()) {
  about = typeof spec.title === 'string' ? spec.title : `number ${i + 1}`;
  isEmpty = spec.data?.values?.length === 0;
  await draw(spec).then(
    (picture) => pictures.push(picture),
    ({ message }) => faults.push(`${about}: ${message}`),
  );
}
if (faults.length > 0) {
  process.stderr.write(`${[...new Set(faults)].join('\n')}\n`);
  process.exitCode = 1;
} else process.stdout.write(JSON.stringify(pictures));

import type { Answer, Value } from './asking';
import { escaped, htmlOf } from './markdown';

/** A cell as the page shows it. */
export type Part =
  | { readonly kind: 'text'; readonly markdown: string }
  | { readonly kind: 'question'; readonly sql: string; readonly answer: Answer; readonly isTableShown: boolean }
  /** Without `svg`: there was nothing to draw. */
  | { readonly kind: 'picture'; readonly svg: string | undefined; readonly about: string };

const SHOWN_ROWS = 20;

const cellOf = (value: Value): string => {
  if (value === null) return '<td></td>';
  if (typeof value === 'number') return `<td class="number">${value.toLocaleString('en', { maximumFractionDigits: 2 })}</td>`;
  return `<td>${escaped(String(value))}</td>`;
};

const tableOf = ({ columns, rows }: Answer): string => {
  const head = columns.map((name) => `<th>${escaped(name)}</th>`).join('');
  const body = rows.slice(0, SHOWN_ROWS).map((row) => `<tr>${row.map(cellOf).join('')}</tr>`);
  const rest = rows.length > SHOWN_ROWS ? `<p class="rest">${(rows.length - SHOWN_ROWS).toLocaleString('en')} more rows</p>` : '';
  return `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table></div>${rest}`;
};

const figureOf = ({ svg, about }: Extract<Part, { kind: 'picture' }>): string =>
  svg === undefined
    ? `<p class="rest">${escaped(about)}: the answer has no rows, so there is nothing to draw.</p>`
    : `<figure role="img" aria-label="${escaped(about)}">${svg}</figure>`;

const partOf = (part: Part): string => {
  if (part.kind === 'text') return htmlOf(part.markdown);
  if (part.kind === 'picture') return figureOf(part);
  const sql = `<details><summary>SQL</summary><pre><code>${escaped(part.sql)}</code></pre></details>`;
  return part.isTableShown ? `${tableOf(part.answer)}\n${sql}` : sql;
};

const STYLE = `
:root { color-scheme: light; }
body { font: 16px/1.5 system-ui, sans-serif; color: #1d2530; background: #fff; max-width: 54rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3 { line-height: 1.2; } h2 { margin-top: 2.5rem; }
figure { margin: 1rem 0; overflow-x: auto; } figure svg { max-width: 100%; height: auto; }
.wide { overflow-x: auto; } table { border-collapse: collapse; font-size: .9rem; }
th, td { padding: .2rem .8rem; border-bottom: 1px solid #d8dee6; text-align: left; } .number { text-align: right; font-variant-numeric: tabular-nums; }
details { margin: .5rem 0; } summary { cursor: pointer; color: #5a6675; } pre { background: #f4f6f9; padding: .8rem; overflow-x: auto; font-size: .85rem; }
.rest, footer { color: #5a6675; font-size: .85rem; }`;

export interface Page {
  readonly title: string;
  readonly parts: readonly Part[];
  /** How fresh the numbers are. */
  readonly footer: string;
}

/** One file that needs nothing beside it: no script, nothing that is loaded. */
export const pageOf = ({ title, parts, footer }: Page): string =>
  [
    '<!doctype html>',
    '<html lang="en">',
    `<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)}</title>`,
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<style>${STYLE}\n</style></head>`,
    '<body>',
    ...parts.map(partOf),
    `<footer><p>${escaped(footer)}</p></footer>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');

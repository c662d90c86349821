import { Trouble } from '../client/client';

/** What a notebook is made of, in its order. */
export type Cell =
  | { readonly kind: 'text'; readonly markdown: string }
  /** A question, whose answer later pictures may name. */
  | { readonly kind: 'question'; readonly name: string; readonly sql: string; readonly isTableShown: boolean }
  /** A picture of an answer, as Vega-Lite has it. */
  | { readonly kind: 'picture'; readonly of: string; readonly spec: object };

const FENCE = /^```(sql|vega-lite) +([a-z][a-z0-9_]*)( +pictures-only)? *$/;
const LONGEST = 1_000_000;

const specOf = (line: number, body: string): object => {
  try {
    const spec: unknown = JSON.parse(body);
    if (typeof spec === 'object' && spec !== null && !Array.isArray(spec)) return spec;
  } catch {
    // Said below, with its place.
  }
  throw new Trouble(`Line ${line}: the specification of a picture is a JSON object.`);
};

const requireKnown = (line: number, name: string, cells: readonly Cell[]): void => {
  const isKnown = cells.some((cell) => cell.kind === 'question' && cell.name === name);
  if (!isKnown) throw new Trouble(`Line ${line}: no \`\`\`sql ${name} stands above this picture.`);
};

const blockOf = (line: number, opening: RegExpExecArray, body: string, before: readonly Cell[]): Cell => {
  const [, language = '', name = '', more] = opening;
  if (language === 'vega-lite') {
    requireKnown(line, name, before);
    return { kind: 'picture', of: name, spec: specOf(line, body) };
  }
  if (before.some((cell) => cell.kind === 'question' && cell.name === name))
    throw new Trouble(`Line ${line}: there are two answers ${name}.`);
  return { kind: 'question', name, sql: body, isTableShown: more === undefined };
};

const textOf = (lines: readonly string[]): readonly Cell[] => {
  const markdown = lines.join('\n').trim();
  return markdown === '' ? [] : [{ kind: 'text', markdown }];
};

/** Markdown with blocks ```sql <name> and ```vega-lite <name of an answer>. Throws `Trouble` with the line. */
export const cellsIn = (source: string): readonly Cell[] => {
  if (source.length > LONGEST) throw new Trouble(`A notebook has ${LONGEST} letters at most.`);
  const lines = source.split(/\r?\n/);
  const cells: Cell[] = [];
  let text: string[] = [];
  for (let i = 0; i < lines.length; i += 1) {
    const opening = FENCE.exec(lines[i] ?? '');
    if (!opening) {
      text.push(lines[i] ?? '');
      continue;
    }
    const end = lines.indexOf('```', i);
    if (end < 0) throw new Trouble(`Line ${i + 1}: this block has no end: a line of three backticks.`);
    cells.push(...textOf(text));
    cells.push(
      blockOf(
        i + 1,
        opening,
        lines
          .slice(i + 1, end)
          .join('\n')
          .trim(),
        cells,
      ),
    );
    [text, i] = [[], end];
  }
  return [...cells, ...textOf(text)];
};

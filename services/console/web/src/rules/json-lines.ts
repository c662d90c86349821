/** What stands in a JSON text one after the other: what has a meaning for where a field is. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

interface Inside {
  readonly kind: 'object' | 'list';
  readonly path: string;
  /** The name of the field that comes next, or the place of the item. */
  next: string | number;
}

const under = ({ kind, path, next }: Inside): string => {
  if (kind === 'list') return `${path}[${next}]`;
  return path === '' ? String(next) : `${path}.${next}`;
};

const nameIn = (token: string): string => {
  try {
    return String(JSON.parse(token));
  } catch {
    return token;
  }
};

/** Walks through a text, and notes on which line each field begins. What is no JSON is noted as far as it can be understood. */
class FieldLines {
  readonly lines = new Map<string, number>();
  readonly #inside: Inside[] = [];
  #name: string | undefined;

  read(token: string, line: number): void {
    if (token === '{' || token === '[') this.#enter(token === '{' ? 'object' : 'list', line);
    else if (token === '}' || token === ']') this.#inside.pop();
    else if (token === ',') this.#step();
    else if (token === ':') this.#open(line);
    else this.#value(token, line);
  }

  #here(): string {
    const inside = this.#inside.at(-1);
    return inside ? under(inside) : '';
  }

  #note(line: number): void {
    if (!this.lines.has(this.#here())) this.lines.set(this.#here(), line);
  }

  #enter(kind: Inside['kind'], line: number): void {
    this.#note(line);
    this.#inside.push({ kind, path: this.#here(), next: kind === 'list' ? 0 : '' });
  }

  #step(): void {
    const inside = this.#inside.at(-1);
    if (inside?.kind === 'list') inside.next = Number(inside.next) + 1;
  }

  /** What stood before a colon was the name of a field. */
  #open(line: number): void {
    const inside = this.#inside.at(-1);
    if (inside?.kind !== 'object' || this.#name === undefined) return;
    inside.next = this.#name;
    this.#note(line);
  }

  #value(token: string, line: number): void {
    this.#name = nameIn(token);
    if (this.#inside.at(-1)?.kind === 'list') this.#note(line);
  }
}

/** On which line of a JSON text each field begins, by its path as services name it: `rates[2].amount`. */
export const fieldLines = (text: string): ReadonlyMap<string, number> => {
  const reading = new FieldLines();
  let [line, at] = [1, 0];
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    line += text.slice(at, index).split('\n').length - 1;
    at = index;
    reading.read(token, line);
  }
  return reading.lines;
};

/** The line of a field, or of the nearest thing around it that is there: a field may be missing. */
export const lineOf = (lines: ReadonlyMap<string, number>, path: string): number | undefined => {
  const found = lines.get(path);
  if (found !== undefined || path === '') return found;
  return lineOf(lines, path.replace(/(^|\.)[^.[\]]+$|\[\d+\]$/, '').replace(/^\./, ''));
};

/** Where a fault is in the text, of a field as the service names it; `prefix`: what the text stands below in the request. */
export const faultLine = (text: string, field: string, prefix: string): number | undefined => {
  const path = prefix !== '' && field.startsWith(`${prefix}.`) ? field.slice(prefix.length + 1) : field;
  return lineOf(fieldLines(text), path);
};

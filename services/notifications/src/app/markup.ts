import { Refused } from '@cartage/eventsourcing';
import { escaped } from '@cartage/service-kit';
import { IntlMessageFormat } from 'intl-messageformat';

/** A value that a template can name: a text, a number, a day by the customer's clock as if it were UTC, a list of such values. */
export type Value = string | number | Date | readonly Values[];
export interface Values {
  readonly [name: string]: Value | undefined;
}

/** A template that was taken apart once, and is filled in as often as needed. */
export type Filled = (values: Values) => string;

/** How a text is written where it goes. */
export type Escape = (text: string) => string;

export const inHtml: Escape = escaped;
export const asItIs: Escape = (text) => text;

/** A template that cannot be filled in: the words say what to mend. */
const broken = (why: string): Refused =>
  new Refused('TEMPLATE_BROKEN', why, 'invalid', [{ field: 'source', code: 'TEMPLATE_BROKEN', message: why }]);

const formats = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat | Intl.PluralRules>();
const kept = <Format extends Intl.DateTimeFormat | Intl.NumberFormat | Intl.PluralRules>(key: string, make: () => Format): Format => {
  const found = (formats.get(key) as Format | undefined) ?? make();
  formats.set(key, found);
  return found;
};
const keyOf = (kind: string, given: readonly unknown[]): string => kind + JSON.stringify(given);

/** Days come as the customer's clock shows them, so that one format serves every zone. */
const formatters = {
  getDateTimeFormat: (...given: ConstructorParameters<typeof Intl.DateTimeFormat>) =>
    kept(keyOf('date', given), () => new Intl.DateTimeFormat(given[0], { ...given[1], timeZone: 'UTC' })),
  getNumberFormat: (...given: ConstructorParameters<typeof Intl.NumberFormat>) =>
    kept(keyOf('number', given), () => new Intl.NumberFormat(...given)),
  getPluralRules: (...given: ConstructorParameters<typeof Intl.PluralRules>) =>
    kept(keyOf('plural', given), () => new Intl.PluralRules(...given)),
};

/** The values at one place of a template. */
interface Scope {
  readonly values: Values;
  /** Those that a message can name, escaped: once for all messages of this place. */
  readonly named: Readonly<Record<string, string | number | Date>>;
}

const scopeOf = (values: Values, escape: Escape): Scope => {
  const named: Record<string, string | number | Date> = {};
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'string') named[name] = escape(value);
    else if (typeof value === 'number' || value instanceof Date) named[name] = value;
  }
  return { values, named };
};

/** A part of a template, as it stands in a place. */
type Part = (scope: Scope) => string;

const messageOf = (source: string, locale: string): Part => {
  try {
    const message = new IntlMessageFormat(source, locale, undefined, { ignoreTag: true, formatters });
    return ({ named }) => String(message.format(named));
  } catch (error) {
    throw broken(`"${source}" is no ICU message: ${error instanceof Object && 'message' in error ? String(error.message) : 'unreadable'}`);
  }
};

const TOKEN = /\[\[([#^/]?)([\s\S]*?)\]\]/g;

interface Open {
  readonly name: string;
  readonly sign: string;
  readonly parts: Part[];
}

const isThere = (value: Value | undefined): boolean => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);

const joined =
  (parts: readonly Part[]): Part =>
  (scope) =>
    parts.map((part) => part(scope)).join('');

const section = ({ name, sign, parts }: Open, escape: Escape): Part => {
  const all = joined(parts);
  if (sign === '^') return (scope) => (isThere(scope.values[name]) ? '' : all(scope));
  return (scope) => {
    const value = scope.values[name];
    if (!isThere(value)) return '';
    if (!Array.isArray(value)) return all(scope);
    return (value as readonly Values[]).map((item) => all(scopeOf({ ...scope.values, ...item }, escape))).join('');
  };
};

/** Takes the parts in, one after the other; sections may stand in sections. */
class Assembly {
  private readonly stack: Open[] = [{ name: '', sign: '', parts: [] }];

  constructor(
    private readonly locale: string,
    private readonly escape: Escape,
  ) {}

  add(part: Part): void {
    this.stack.at(-1)?.parts.push(part);
  }

  take(sign: string, body: string): void {
    const name = body.trim();
    if (sign === '') return this.add(messageOf(body, this.locale));
    if (sign !== '/') return void this.stack.push({ name, sign, parts: [] });
    const closed = this.stack.pop();
    if (!closed || closed.name !== name || this.stack.length === 0) throw broken(`[[/${name}]] closes nothing that is open.`);
    this.add(section(closed, this.escape));
  }

  end(): Filled {
    const [whole, unclosed] = this.stack;
    if (!whole || unclosed) throw broken(`[[#${unclosed?.name ?? ''}]] is not closed.`);
    const all = joined(whole.parts);
    return (values) => all(scopeOf(values, this.escape));
  }
}

/**
 * Between `[[` and `]]` stands an ICU message; `[[#name]] … [[/name]]` stands for each item of a list, or once where there is such a value, `[[^name]] … [[/name]]` where
 * there is none. Everything else is as it is. Texts of values are escaped, those of the template are not.
 */
export const taken = (source: string, locale: string, escape: Escape): Filled => {
  const assembly = new Assembly(locale, escape);
  let read = 0;
  for (const match of source.matchAll(TOKEN)) {
    const before = source.slice(read, match.index);
    assembly.add(() => before);
    assembly.take(match[1] ?? '', match[2] ?? '');
    read = match.index + match[0].length;
  }
  const rest = source.slice(read);
  assembly.add(() => rest);
  return assembly.end();
};

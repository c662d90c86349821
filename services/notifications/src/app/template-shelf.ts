import { Refused } from '@cartage/eventsourcing';
import type { Medium, MessageKind } from '../domain/kinds';
import { BUILT_IN, type TemplateSource } from '../domain/template';
import { builtIn } from './built-in';
import { compiled, type MjmlToHtml, type Render } from './rendering';
import { templateName } from './template-name';
import type { ActiveTemplate } from './views/template-version';

export interface Wanted {
  readonly kind: MessageKind;
  readonly medium: Medium;
  readonly brand: string;
  /** The best first; the last has every message built in. */
  readonly locales: readonly string[];
}

export interface TemplateInUse {
  readonly name: string;
  readonly version: number;
  readonly locale: string;
  readonly render: Render;
}

/** The template that a message is written by. */
export type TemplateShelf = (wanted: Wanted) => Promise<TemplateInUse>;

interface Found {
  readonly name: string;
  readonly version: number;
  readonly locale: string;
  readonly source: TemplateSource;
}

/** In the best locale that there is: the brand's own words, then the house's, then those that are built in. */
const findIn = (active: ReadonlyMap<string, ActiveTemplate>, { locales, brand, ...of }: Wanted): Found => {
  for (const locale of locales) {
    for (const name of [templateName({ ...of, locale, brand }), templateName({ ...of, locale })]) {
      const own = active.get(name);
      if (own) return { name, version: own.version, locale, source: own.source };
      const source = builtIn.get(name);
      if (source) return { name, version: BUILT_IN, locale, source };
    }
  }
  throw new Error(`No words for ${of.kind} by ${of.medium} in ${locales.join(', ')}.`);
};

/** Templates are compiled once for each version, when they are first needed. */
export const templateShelf = (active: () => Promise<readonly ActiveTemplate[]>, mjmlToHtml: MjmlToHtml): TemplateShelf => {
  const ready = new Map<string, Promise<Render>>();
  const renderOf = ({ name, version, locale, source }: Found): Promise<Render> => {
    const key = `${name} ${version}`;
    const known = ready.get(key);
    if (known) return known;
    const made = compiled(source, locale, mjmlToHtml);
    ready.set(key, made);
    // What is wrong with its words stays wrong; a compiler that was away may be there the next time.
    made.catch((error: unknown) => error instanceof Refused || ready.delete(key));
    return made;
  };

  let read: readonly ActiveTemplate[] = [];
  let byName: ReadonlyMap<string, ActiveTemplate> = new Map();
  return async (wanted) => {
    const now = await active();
    if (now !== read) [read, byName] = [now, new Map(now.map((each) => [each.template, each]))];
    const found = findIn(byName, wanted);
    const { name, version, locale } = found;
    return { name, version, locale, render: await renderOf(found) };
  };
};

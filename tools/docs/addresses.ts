import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A request as pages name it: a method and a path without its query. */
export interface Address {
  readonly method: string;
  readonly path: string;
}

/** What answers beside controllers: metrics, OpenAPI and contracts. */
const besides: readonly Address[] = ['/metrics', '/docs', '/docs-json', '/docs-yaml', '/docs/:page', '/docs/schemas/:type/:version'].map(
  (path) => ({ method: 'GET', path }),
);

const sources = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts') && !file.includes('node_modules'))
    .map((file) => join(folder, file));

const literalsIn = (text = "''"): readonly string[] => [...text.matchAll(/['`]([^'`]*)['`]/g)].map(([, path = '']) => path);

const ofController = (text: string): readonly Address[] => {
  const [, at] = /^\(\s*(?:\{[^}]*path:\s*)?(\[[^\]]*\]|'[^']*'|`[^`]*`)?/.exec(text) ?? [];
  return [...text.matchAll(/@(Get|Post|Put|Patch|Delete)\(\s*(\[[^\]]*\]|'[^']*'|`[^`]*`)?/g)].flatMap(([, verb = '', path]) =>
    literalsIn(at).flatMap((base) =>
      literalsIn(path).map((sub) => ({
        method: verb.toUpperCase(),
        path: `/${base}/${sub}`.replaceAll(/\/+/g, '/').replace(/(.)\/$/, '$1'),
      })),
    ),
  );
};

/** Every address of every service, as its controllers' decorators say it. */
export const addressesOfServices = (): readonly Address[] => [
  ...besides,
  ...['services', 'libs/service-kit/src'].flatMap(sources).flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    return text.includes('@Controller(') ? text.split('@Controller').slice(1).flatMap(ofController) : [];
  }),
];

const partsOf = (path: string): readonly string[] => path.replace(/\/$/, '').split('/').slice(1);
/** What somebody is to put in: `<orderId>`, `:id`, `{queue}`, `$ORDER`, `…`. */
const isOpen = (part: string): boolean => /[<:{$…]/.test(part);

const isAt = (named: readonly string[], path: string): boolean => {
  const parts = partsOf(path);
  return parts.length === named.length && parts.every((part, i) => part.startsWith(':') || part === named[i] || isOpen(named[i] ?? ''));
};

export const isAnswered = ({ method, path }: Address, by: readonly Address[]): boolean => {
  const named = partsOf(path);
  return by.some((each) => each.method === method && isAt(named, each.path));
};

const NAMED = /\b(GET|POST|PUT|PATCH|DELETE) (\/[^\s`'"?#|,)]*)/g;
const ASKED = /\bcurl\b[^\n]*?(?:\$\{?(?:URL|url|CARTAGE)\}?|(?:https?:\/\/)?(?:localhost|127\.0\.0\.1):\d+)(\/[^\s`'"?#|)]*)[^\n]*/g;
/** The two functions that the answers to alerts ask by. */
const BY_FUNCTION = /^(ask|say) ['"]?(\/[^\s`'"?#|)]*)/gm;

const methodOf = (curl: string): string => {
  const [, said] = /-X ?([A-Z]+)/.exec(curl) ?? [];
  return said ?? (/ (?:-d|--data(?:-binary)?) /.test(curl) ? 'POST' : 'GET');
};

/** `T="$CARTAGE/inventory/transfers/<id>"` stands for that in what follows it. */
const inFull = (page: string): string =>
  [...page.matchAll(/^([A-Z])=["']?(\$(?:URL|CARTAGE)\/[^\s"']*)["']?$/gm)].reduceRight(
    (text, { 0: whole, 1: name = '', 2: value = '', index }) =>
      text.slice(0, index) + text.slice(index + whole.length).replaceAll(new RegExp(`\\$${name}(?=[/"\\s])`, 'g'), value),
    page,
  );

/** The addresses that a page names, `GET /orders`, or asks by curl. */
export const addressesIn = (page: string): readonly Address[] => {
  const text = inFull(page).replaceAll(/\\\n\s*/g, ' ');
  const named = [...text.matchAll(NAMED)].map(([, method = '', path = '']) => ({ method, path: path.replace(/[.;:]+$/, '') }));
  const asked = [...text.matchAll(ASKED)].map(([curl, path = '']) => ({ method: methodOf(curl), path }));
  const others = [...text.matchAll(BY_FUNCTION)].map(([, verb, path = '']) => ({ method: verb === 'ask' ? 'GET' : 'POST', path }));
  return [...named, ...asked, ...others].filter(({ path }) => !path.includes('/realms/'));
};

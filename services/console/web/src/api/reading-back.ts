import type { Middleware } from 'openapi-fetch';
import listPaths from './lists.json';

/** Views are behind by less than this, or say so of themselves. */
const BEHIND_MS = 15_000;

const lists: ReadonlySet<string> = new Set(listPaths);

/** All that begins alike is one service’s; operations are told for each service by its name. */
const serviceOf = ({ url }: Request): string => {
  const [first = '', second = ''] = new URL(url).pathname.split('/').slice(1);
  return first === 'operations' ? `${first}/${second}` : first;
};

/** The same question, as of a position; absent: of how it is. */
const asOf = (request: Request, position?: string): Request => {
  const url = new URL(request.url);
  if (position === undefined) url.searchParams.delete('minPosition');
  else url.searchParams.set('minPosition', position);
  return new Request(url, request);
};

interface Written {
  readonly position: string;
  readonly at: number;
}

/** Whoever has changed something sees it in the next list: it is asked for as of the last command to its service. A view that is too far behind answers as it is. */
export const readingBack = (now: () => number = Date.now): Middleware => {
  const written = new Map<string, Written>();
  return {
    onRequest({ request, schemaPath }) {
      const last = written.get(serviceOf(request));
      if (request.method !== 'GET' || !lists.has(schemaPath) || !last || now() - last.at > BEHIND_MS) return undefined;
      return asOf(request, last.position);
    },
    onResponse({ request, response, options }) {
      const position = response.headers.get('cartage-position');
      if (request.method !== 'GET' && position !== null) written.set(serviceOf(request), { position, at: now() });
      if (response.status !== 412 || !new URL(request.url).searchParams.has('minPosition')) return undefined;
      written.delete(serviceOf(request));
      return options.fetch(asOf(request));
    },
  };
};

import { createHash } from 'node:crypto';

/* Pages for people who have a link and no account: they load nothing from elsewhere, no cache keeps them, no search engine finds them, and nobody is told where their readers come from. */

const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

/** Text as text, whatever stands in it; also between quotes of an attribute. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities.get(character) ?? '');

const ROBOTS = 'noindex, nofollow, noarchive';
const fromTheRight: ReadonlySet<string> = new Set(['ar', 'fa', 'he', 'ur']);

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** What a page may run and look like: this, and nothing else. A script may ask our own server. */
export interface PageAssets {
  readonly style: string;
  readonly script?: string;
  /** Its forms may be sent to our own server. */
  readonly forms?: boolean;
}

export interface PageContent {
  /** BCP 47, without a region. */
  readonly language: string;
  readonly title: string;
  /** HTML. */
  readonly body: string;
  /** HTML that stands before what the page is about, such as a choice of languages. */
  readonly before?: string;
  /** The page's script is run. */
  readonly runs?: boolean;
}

export interface PublicPage {
  readonly headers: Readonly<Record<string, string>>;
  readonly html: (content: PageContent) => string;
}

const policyOf = ({ style, script, forms = false }: PageAssets): string =>
  [
    `default-src 'none'`,
    `style-src ${hashOf(style)}`,
    ...(script === undefined ? [] : [`script-src ${hashOf(script)}`, `connect-src 'self'`]),
    ...[`base-uri 'none'`, `form-action ${forms ? `'self'` : `'none'`}`, `frame-ancestors 'none'`],
  ].join('; ');

export const publicPage = (assets: PageAssets): PublicPage => ({
  headers: {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Robots-Tag': ROBOTS,
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Content-Security-Policy': policyOf(assets),
  },
  html: ({ language, title, body, before = '', runs = false }) => `<!doctype html>
<html lang="${language}" dir="${fromTheRight.has(language) ? 'rtl' : 'ltr'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="${ROBOTS}"><title>${escaped(title)}</title><style>${assets.style}</style></head>
<body>${before}<main>${body}</main>${runs && assets.script !== undefined ? `<script>${assets.script}</script>` : ''}</body></html>
`,
});

/** Tags of `Accept-Language` (RFC 9110, 12.5.4), the most wanted first. */
const wanted = (header: string): readonly string[] =>
  header
    .split(',')
    .map((part) => {
      const [tag = '', ...options] = part.split(';');
      const q = options.map((each) => /^\s*q=([\d.]+)\s*$/.exec(each)?.[1]).find((each) => each !== undefined);
      return { tag, q: q === undefined ? 1 : Number(q) };
    })
    .filter(({ q }) => q > 0)
    .toSorted((a, b) => b.q - a.q)
    .map(({ tag }) => tag);

/** What the reader asks for by name, and what the browser says. */
export interface Reader {
  readonly asked?: string | undefined;
  readonly acceptLanguage?: string | undefined;
}

/** The language of a page: what was asked for, else what the browser speaks, else the first of those that the page has. */
export const languageFor = <Language extends string>(
  languages: readonly [Language, ...Language[]],
  { asked, acceptLanguage = '' }: Reader,
): Language => {
  const tags = [...(asked === undefined ? [] : [asked]), ...wanted(acceptLanguage.slice(0, 1_000))];
  const spoken = tags.map((tag) => languages.find((each) => each === tag.trim().toLowerCase().split(/[-_]/)[0]));
  return spoken.find((each) => each !== undefined) ?? languages[0];
};

import type { ConsoleTerms } from '../app/login';

const originOf = (url: string): string => new URL(url).origin;

/** The program runs and looks like what is built, asks our own server and the issuer, and nobody else: nothing inline, nothing from elsewhere, in nobody's frame. */
export const policyOf = ({ login }: ConsoleTerms): string =>
  [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self'`,
    `img-src 'self' data:`,
    `connect-src 'self'${login ? ` ${originOf(login.issuer)}` : ''}`,
    ...[`base-uri 'none'`, `form-action 'none'`, `frame-ancestors 'none'`],
  ].join('; ');

export const pageHeaders = (terms: ConsoleTerms): Readonly<Record<string, string>> => ({
  'cache-control': 'no-cache',
  'content-security-policy': policyOf(terms),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
});

/** What is seen while the program is not built yet: after a clone, for a moment, and where somebody left the build out. */
export const beingBuilt = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Cartage console</title></head>
<body><main><h1>The console is being built</h1><p>This page looks again by itself. If it stays, run <code>npm run build</code>.</p></main></body></html>
`;

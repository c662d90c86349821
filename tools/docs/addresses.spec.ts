import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressesIn, addressesOfServices, isAnswered } from './addresses';

const answered = addressesOfServices();
const pages = ['README.md', ...readdirSync('docs', { recursive: true, encoding: 'utf8' }).map((file) => join('docs', file))].filter(
  (file) => file.endsWith('.md') && !file.includes('reference'),
);
const text = (page: string): string => readFileSync(page, 'utf8');
const scripts = (JSON.parse(text('package.json')) as { readonly scripts: Readonly<Record<string, string>> }).scripts;

describe('what reads addresses in a page', () => {
  it.each([
    ['`GET /orders?status=on-hold` lists them', 'GET /orders'],
    ['`DELETE /orders/<orderId>/links/<linkId>`.', 'DELETE /orders/<orderId>/links/<linkId>'],
    ['curl -X PUT "$CARTAGE/inventory/items/MUG/unit-cost" -d \'{}\'', 'PUT /inventory/items/MUG/unit-cost'],
    ["curl -s localhost:3000/orders -H 'x: y' \\\n  -d '{}'", 'POST /orders'],
    [
      'E=$URL/subscriptions/webhook-endpoints/<endpointId>\ncurl -sS -X POST "$E/test"',
      'POST /subscriptions/webhook-endpoints/<endpointId>/test',
    ],
    ["ask '/audit/findings?open=true&kind=<kind>'", 'GET /audit/findings'],
  ])('finds in %j the address %s', (page, address) =>
    expect(addressesIn(page).map(({ method, path }) => `${method} ${path}`)).toEqual([address]),
  );

  it('knows those that somebody answers, by method and path', () => {
    expect(answered.length).toBeGreaterThan(400);
    expect(isAnswered({ method: 'GET', path: '/orders/$ORDER' }, answered)).toBe(true);
    expect(isAnswered({ method: 'DELETE', path: '/orders/$ORDER' }, answered)).toBe(false);
    expect(isAnswered({ method: 'GET', path: '/order/4711' }, answered)).toBe(false);
  });
});

describe('every address', () => {
  it.each(pages)('that %s names or asks is answered by some service', (page) =>
    expect(
      addressesIn(text(page))
        .filter((address) => !isAnswered(address, answered))
        .map(({ method, path }) => `${method} ${path}`),
    ).toEqual([]),
  );
});

describe('every command', () => {
  it.each(pages)('of npm that %s runs is there', (page) =>
    expect(
      [...text(page).matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name = '']) => name).filter((name) => !(name in scripts)),
    ).toEqual([]),
  );
});

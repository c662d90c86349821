import type { Embedded } from './embedded';

const order = {
  customer: { id: 'customer-1', name: 'Ada Lovelace', email: 'ada@example.com' },
  shipTo: { lines: ['12 St James’s Square'], city: 'London', postalCode: 'SW1Y 4JH', country: 'GB' },
  currency: 'GBP',
  lines: [{ sku: 'MUG-BLUE', quantity: 2, unitPrice: 1250 }],
  payment: { method: 'card', token: 'tok_visa' },
};

/** One line that places an order when it is pasted into a shell; the address has a typographic apostrophe, so no quote needs escaping. */
export const placeOrder = (url: string): string =>
  `curl -sS ${url}/orders -H 'content-type: application/json' -H "idempotency-key: $(date +%s)-$$-$RANDOM" -d '${JSON.stringify(order)}'`;

/** What a person sees when all of Cartage runs. */
export const banner = ({ url, databaseUrl, folder }: Embedded): string => `
Cartage is running; Ctrl-C stops it.

  Console    ${url}/console
  API        ${url}/docs        (machines: ${url}/docs-json)
  Health     ${url}/health/ready
  Postgres   ${databaseUrl}
  Data       ${folder}

Place an order:

  ${placeOrder(url)}

Without stock it is held as stock-short; the first five minutes are in docs/tutorial/first-order.md, and \`npm run demo\` shows a few hundred orders.
`;

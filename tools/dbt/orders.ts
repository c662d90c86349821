/** What is sold before dbt looks: over some months, in three currencies, by customers who come again, and by guests. */
export interface Sold {
  readonly externalOrderId: string;
  readonly placedAt: string;
  readonly currency: string;
  readonly total: number;
  readonly isCancelled: boolean;
  readonly customer: string | undefined;
}

const currencies = ['EUR', 'GBP', 'USD'] as const;

/** Major units for one euro, on every day. */
export const perEuro: Readonly<Record<string, number>> = { EUR: 1, GBP: 0.8, USD: 1.25 };

export const SKU = 'MUG';
export const categories = ['mugs', 'gifts'] as const;

const MONTHS = 4;
const DAYS = 28;

export const sales: readonly Sold[] = Array.from({ length: 60 }, (_, n) => ({
  externalOrderId: `DBT-${n}`,
  placedAt: new Date(Date.UTC(2024, n % MONTHS, 1 + ((n * 5) % DAYS), 12)).toISOString(),
  currency: currencies[n % currencies.length] ?? 'EUR',
  total: 1_000 + n * 40,
  isCancelled: n % 11 === 0,
  customer: n % 5 === 0 ? undefined : `customer-${n % 9}`,
}));

/** As `POST /imports` takes it. */
export const importLine = ({ externalOrderId, placedAt, currency, total, isCancelled, customer }: Sold): string =>
  JSON.stringify({
    ...{ channel: Number(externalOrderId.slice(4)) % 2 === 0 ? 'web' : 'store', externalOrderId, placedAt, currency },
    endedAt: new Date(Date.parse(placedAt) + 86_400_000).toISOString(),
    outcome: isCancelled ? 'cancelled' : 'completed',
    customer: { ...(customer === undefined ? {} : { id: customer }), name: 'Ada Miller', email: 'ada@example.org' },
    shipTo: { lines: ['1 High Street'], city: 'Berlin', postalCode: '10115', country: 'DE' },
    lines: [{ lineId: '1', sku: SKU, quantity: 1, unitPrice: total }],
    payment: { method: 'card' },
  });

/** A day for each of these months and some before: a day without a rate has that of the last one that has one, ten days back at most. */
export const ratesFile = (): string => {
  const days = Array.from({ length: MONTHS * 31 + 10 }, (_, i) => new Date(Date.UTC(2023, 11, 25 + i)).toISOString().slice(0, 10));
  return ['Date,GBP,USD', ...days.map((day) => `${day},${perEuro['GBP']},${perEuro['USD']}`)].join('\n');
};

/** What `daily_sales` must come to, in cents of a euro, counted without it. */
export const expectedTotal = (): number =>
  sales.reduce((sum, { total, currency, isCancelled }) => sum + (isCancelled ? 0 : Math.round(total / (perEuro[currency] ?? 1))), 0);

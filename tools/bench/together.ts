import { randomUUID } from 'node:crypto';
import { httpTo, type Http } from '../simulator/http';
import { awaited, patiently } from '../simulator/patience';
import { channelOrder, skus } from './bodies';
import { startEmbeddedProcess } from './embedded-process';
import type { Figure } from './figure';
import { withFolder } from './places';

const [ORDERS, LOCATIONS, WINDOW_MS] = [40, 20, 1_000];
const PATIENCE_MS = 120_000;

type Json = Readonly<Record<string, unknown>>;

const post = (http: Http, path: string, body: object) => http.send<Json>({ method: 'POST', path, key: randomUUID(), body });

/** Few of each SKU at many places, and rules by which they differ: then there is something to plan. */
const open = async (http: Http): Promise<void> => {
  for (let n = 0; n < LOCATIONS; n += 1) {
    const profile = { name: `Place ${n}`, kind: 'warehouse', country: 'GB', latitude: 50.5 + n / 4, longitude: -3 + (n % 5), active: true };
    await http.send({ method: 'PUT', path: `/inventory/locations/P-${n}`, body: profile });
    const lines = skus.filter((_, s) => (s + n) % 4 === 0).map((sku) => ({ sku, quantity: 3 }));
    await post(http, '/inventory/receipts', { location: `P-${n}`, lines });
  }
  const { body } = await http.send<{ readonly rules: Json }>({ method: 'GET', path: '/fulfillment/rules/settings' });
  const rates = [...Array.from({ length: 8 }, (_, n) => ({ upToKm: 75 * (n + 1), amount: 300 + 60 * n })), { amount: 900 }];
  const rules = { ...body.rules, cost: { currency: 'GBP', halfCost: 500, handling: {}, rates } };
  const drafted = await post(http, '/fulfillment/rules', { note: 'By cost.', rules });
  await post(http, `/fulfillment/rules/${String(drafted.body['version'])}/activation`, { note: 'By cost.' });
};

interface Decided {
  readonly size: number;
  readonly batchId: string;
  readonly isExact: boolean;
}

interface Decisions {
  readonly items: readonly { readonly request: { readonly batch?: Json } }[];
}

/** As soon as the first decision of an order is there. */
const decidedOf = (http: Http, orderId: string): Promise<Decided> => {
  const path = `/fulfillment/orders/${orderId}/decisions`;
  const look = async (): Promise<Decided | undefined> => {
    const { body } = await patiently(() => http.send<Decisions>({ method: 'GET', path }), ['BROKERING_UNKNOWN']);
    const [first] = body.items;
    if (!first) return undefined;
    const { batch } = first.request;
    return { size: Number(batch?.['size'] ?? 1), batchId: String(batch?.['batchId'] ?? orderId), isExact: batch?.['method'] === 'exact' };
  };
  return awaited('a decision', look, PATIENCE_MS);
};

const figuresOf = (decided: readonly Decided[], ms: number): readonly Figure[] => {
  const batches = new Map(decided.map((each) => [each.batchId, each]));
  const largest = [...batches.values()].toSorted((a, b) => b.size - a.size)[0];
  return [
    {
      name: `${ORDERS} orders placed at once over ${LOCATIONS} locations: until the last is decided`,
      ...{ value: ms / 1_000, unit: 's' },
      note: `in windows of ${WINDOW_MS / 1_000} s: ${batches.size} batches, the largest of ${largest?.size ?? 0}, ${[...batches.values()].filter(({ isExact }) => isExact).length} of them exact`,
    },
  ];
};

/** Orders that come together, decided together by the running service, from the channel on. */
export const decidedTogether = (): Promise<readonly Figure[]> =>
  withFolder(async (folder) => {
    const embedded = await startEmbeddedProcess(folder, { BATCH_WINDOW_MS: String(WINDOW_MS) });
    const http = httpTo(embedded.url);
    try {
      await open(http);
      const begun = performance.now();
      const placed = await Promise.all(
        Array.from({ length: ORDERS }, (_, n) =>
          http.send<{ readonly orderId: string }>({ method: 'PUT', path: `/channels/web/orders/together-${n}`, body: channelOrder(n) }),
        ),
      );
      const decided = await Promise.all(placed.map(({ body }) => decidedOf(http, body.orderId)));
      return figuresOf(decided, performance.now() - begun);
    } finally {
      http.close();
      await embedded.stop();
    }
  });

import type { PaymentMethod } from '@cartage/contracts';
import type { Meta } from '@cartage/eventsourcing';
import type { World } from './world';

export const LOCATIONS = ['LDN-1', 'MAN-1', 'GLA-1'] as const;
export const SKUS = ['MUG', 'CUP', 'PLATE', 'BOWL', 'SPOON', 'FORK'] as const;

const PRICES: Readonly<Record<(typeof SKUS)[number], number>> = { MUG: 1_199, CUP: 799, PLATE: 1_450, BOWL: 2_050, SPOON: 350, FORK: 333 };
const PLACES = { 'LDN-1': [51.5, 0], 'MAN-1': [53.5, -2.2], 'GLA-1': [55.9, -4.3] } as const;

interface Locations {
  change(code: string, profile: object, meta: Meta): Promise<unknown>;
}

interface Stocks {
  receive(receipt: object, meta: Meta): Promise<unknown>;
  adjust(adjustment: object, meta: Meta): Promise<unknown>;
}

export const openShop = (world: World): void => {
  for (const code of LOCATIONS) {
    const [latitude, longitude] = PLACES[code];
    const profile = { name: code, kind: 'warehouse', country: 'GB', latitude, longitude, active: true };
    world.act(`open ${code}`, { service: 'inventory', token: 'Locations', when: {} }, (locations: Locations, meta) =>
      locations.change(code, profile, meta),
    );
  }
};

/** Goods come in; `units` of each of these. */
const receive = (
  world: World,
  who: string,
  location: string,
  lines: readonly { readonly sku: string; readonly quantity: number }[],
): void =>
  world.act(who, { service: 'inventory', token: 'Stocks', when: {} }, (stocks: Stocks, meta) => stocks.receive({ location, lines }, meta));

/** What lies on the shelves at first: enough for most, but not for all. */
export const fillShelves = (world: World, lives: number): void => {
  for (const location of LOCATIONS) {
    const { whole } = world.chance('shelves', location);
    const lines = SKUS.map((sku) => ({ sku, quantity: whole(0, Math.ceil(lives * 1.2)) })).filter(({ quantity }) => quantity > 0);
    if (lines.length > 0) receive(world, `fill ${location}`, location, lines);
  }
};

/** Enough for everybody. */
export const replenishShelves = (world: World, lives: number): void => {
  for (const location of LOCATIONS)
    receive(
      world,
      `replenish ${location}`,
      location,
      SKUS.map((sku) => ({ sku, quantity: lives * 6 })),
    );
};

/** Goods are found, or found missing, at random. */
export const countShelf = (world: World, n: number): void => {
  const { pick, whole } = world.chance('count', n);
  const found = { location: pick(LOCATIONS), sku: pick(SKUS), quantity: pick([-3, -2, -1, 1, 2]), cause: 'count' };
  world.act('count', { service: 'inventory', token: 'Stocks', when: { ms: whole(0, 4_000) } }, (stocks: Stocks, meta) =>
    stocks.adjust(found, meta),
  );
};

const TOKENS = {
  tok_ok: 50,
  tok_decline: 4,
  tok_timeout_once: 5,
  tok_timeout: 1,
  tok_capture_timeout: 1,
  tok_capture_timeout_once: 4,
  tok_void_timeout: 1,
  tok_refund_timeout: 1,
  tok_capture_decline_once: 3,
  tok_void_decline_once: 2,
  tok_refund_timeout_once: 4,
  tok_refund_decline_once: 3,
  tok_pending_3ds_paid: 4,
  tok_pending_upi_refused: 2,
  tok_pending_net_banking: 2,
  tok_expires: 3,
} as const;

/** What a customer orders. */
export const orderOf = (world: World, life: number) => {
  const { whole, pick, drawn, percent } = world.chance('order', life);
  const lines = Array.from({ length: whole(1, 3) }, (_, i) => {
    const sku = pick(SKUS);
    return { lineId: String(i + 1), sku, quantity: whole(1, 3), unitPrice: PRICES[sku] };
  });
  const method = drawn<PaymentMethod>({ card: 70, cod: 20, prepaid: 10 } as Record<PaymentMethod, number>);
  const token = drawn(TOKENS);
  return {
    ...{ channel: 'web', externalOrderId: `W-${life}`, currency: 'GBP', lines },
    customer: { id: `c${whole(1, 40)}`, name: 'Ada Example', email: `c${life}@example.com` },
    shipTo: { lines: ['1 High Road'], city: 'London', postalCode: 'N1 9GU', country: 'GB', latitude: 51.5, longitude: -0.1 },
    ...(percent(30) ? { shipping: { amount: 495 } } : {}),
    payment: { method, ...(method === 'card' ? { token } : {}) },
  };
};

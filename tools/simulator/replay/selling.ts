import { meanwhile, type Actor } from '../actors';
import { carrier } from '../carriers';
import type { ItemProfile } from '../bodies';
import { everyItem, type Cartage } from '../cartage';
import { inParallel } from '../crowd';
import { operator } from '../operator';
import { patiently, reaching } from '../patience';
import { stands } from '../settled';
import type { Progress } from '../terminal';
import { warehouseStaff } from '../warehouse';
import type { Row, Source } from './file';
import { CHANNEL, LOCATION, orderOf } from './order';
import { blocksOf, salesOf, type Plan } from './plan';
import { Window } from './window';

export interface Selling {
  readonly cartage: Cartage;
  readonly source: Source;
  readonly plan: Plan;
  readonly secret: string | undefined;
  readonly progress: (what: string, total: number) => Progress;
}

const AT_ONCE = 32;
const ON_THE_WAY = 400;

/** The file says neither weight nor origin; customs abroad ask for both. */
const itemOf = (sku: string): ItemProfile => ({ sku, title: sku, weightGrams: 240, customs: { hsCode: '392640', originCountry: 'CN' } });

/** One location with what all sales of the file will take. Answers with the units received of each SKU. */
export const stockUp = async ({ cartage, source, plan }: Selling, fileId: string): Promise<ReadonlyMap<string, number>> => {
  const received = new Map<string, number>();
  await cartage.putLocation(LOCATION, {
    name: 'London warehouse',
    kind: 'warehouse',
    country: 'GB',
    latitude: 51.51,
    longitude: -0.13,
    active: true,
  });
  for await (const { number, units } of blocksOf(source.file, plan.rows)) {
    const lines = [...units].map(([sku, quantity]) => ({ sku, quantity }));
    await cartage.describeItems(
      `uci-items-${fileId}-${number}`,
      lines.map(({ sku }) => itemOf(sku)),
    );
    await cartage.receiveStock(`uci-stock-${fileId}-${number}`, { location: LOCATION, lines });
    for (const { sku, quantity } of lines) received.set(sku, (received.get(sku) ?? 0) + quantity);
  }
  return received;
};

interface Placed {
  placed: number;
  repeated: number;
  position: string;
}

const callOff = (cartage: Cartage, invoice: string, orderId: string): Promise<unknown> =>
  cartage.cancelOrder(orderId, {
    key: `uci-call-off-${invoice}`,
    body: { reason: { code: 'customer-changed-mind', detail: 'The invoice was credited within a day.' }, by: 'customer' },
  });

const place = async (
  { cartage, plan }: Selling,
  rows: readonly Row[],
  { tally, window }: { tally: Placed; window: Window },
): Promise<void> => {
  await window.enter();
  const invoice = rows[0]?.invoice ?? '';
  const { repeated, position, body } = await cartage.placeOrder(CHANNEL, invoice, orderOf(rows));
  const calledOff = plan.calledOff.has(invoice);
  if (calledOff) await callOff(cartage, invoice, body.orderId);
  tally.placed += 1;
  if (repeated) tally.repeated += 1;
  if (repeated || calledOff) window.leave();
  if (position > tally.position) tally.position = position;
};

const moving = ['placed', 'confirmed', 'in-fulfillment', 'partially-shipped', 'shipped', 'on-hold'] as const;

/** Orders of the channel that still have a way to go. */
const onTheirWay = async (cartage: Cartage, minPosition: string): Promise<number> => {
  let count = 0;
  for (const status of moving)
    for await (const order of everyItem(cartage.orders, { channel: CHANNEL, status, ...(minPosition === '' ? {} : { minPosition }) }))
      if (!stands(order)) count += 1;
  return count;
};

const settle = async ({ cartage, plan }: Selling, position: string, shown: Progress): Promise<void> => {
  let before = 0;
  await reaching('Orders carried to their end', plan.orders, async () => {
    const now = plan.orders - (await patiently(() => onTheirWay(cartage, position), ['VIEW_BEHIND']));
    shown.advance(Math.max(0, now - before));
    return (before = Math.max(before, now));
  });
};

const actorsOf = ({ cartage, secret }: Selling, window: Window): readonly Actor[] => [
  ...warehouseStaff(cartage, LOCATION),
  operator(cartage, () => Promise.resolve('accept')),
  carrier(cartage, {
    ...(secret === undefined ? {} : { secret }),
    journeyOf: () => Promise.resolve([{ code: 'DELIVERED' }]),
    delivered: (shipments) => window.leave(shipments),
  }),
];

/** Every sale invoice becomes an order, and every order is carried to its end. Answers with how many of them were there before. */
export const sell = async (selling: Selling): Promise<{ readonly placed: number; readonly repeated: number }> => {
  const { source, plan, progress } = selling;
  const window = new Window(ON_THE_WAY);
  const tally: Placed = { placed: 0, repeated: 0, position: '' };
  await meanwhile(actorsOf(selling, window), async () => {
    const placing = progress('orders placed', plan.orders);
    await inParallel(salesOf(source, plan.scattered), AT_ONCE, async (rows) => {
      await place(selling, rows, { tally, window });
      placing.advance();
    }).finally(() => placing.stop());
    const settling = progress('orders settled', plan.orders);
    await settle(selling, tally.position, settling).finally(() => settling.stop());
  });
  return tally;
};

import { byHand, isOvertaken, roundsOver, type Actor } from './actors';
import type { ListedOrder } from './answers';
import type { Cartage } from './cartage';
import { chanceOf } from './random';
import { shopOf } from './shop';

/** What customers and staff think of an order after it was placed, always the same for a seed. */
export type SecondThought = 'none' | 'called-off' | 'one-less' | 'address-in-doubt';

/** Of 100 orders 3 are called off, of 3 a unit is taken away, and of 4 somebody looks at the address first. */
export const secondThoughtOf = (seed: number, externalOrderId: string): SecondThought => {
  const drawn = chanceOf(seed, 'second thought', externalOrderId).whole(1, 100);
  if (drawn <= 3) return 'called-off';
  if (drawn <= 6) return 'one-less';
  return drawn <= 10 ? 'address-in-doubt' : 'none';
};

interface PlacedOrder {
  readonly orderId: string;
  readonly externalOrderId: string;
  /** Of its first line. */
  readonly quantity: number;
}

const changedMind = { reason: { code: 'changed-mind' }, by: 'customer' };

const thoughts: Readonly<Record<SecondThought, (cartage: Cartage, order: PlacedOrder) => Promise<unknown>>> = {
  none: async () => undefined,
  'called-off': (cartage, { orderId, externalOrderId }) =>
    cartage.cancelOrder(orderId, { key: `call-off-${externalOrderId}`, body: changedMind }),
  'one-less': async (cartage, { orderId, externalOrderId, quantity }) =>
    quantity > 1 &&
    cartage.cancelOrder(orderId, { key: `one-less-${externalOrderId}`, body: { ...changedMind, lines: [{ lineId: '1', quantity: 1 }] } }),
  'address-in-doubt': (cartage, { orderId, externalOrderId }) =>
    cartage.hold(orderId, { key: `doubt-${externalOrderId}`, body: { type: 'address', reason: { code: 'address-in-doubt' } } }),
};

/** Says at once what is thought of it; it may be too late for that. */
export const thinkAgain = (cartage: Cartage, seed: number, order: PlacedOrder): Promise<unknown> =>
  thoughts[secondThoughtOf(seed, order.externalOrderId)](cartage, order).catch((error: unknown) => {
    if (!isOvertaken(error)) throw error;
  });

/** Whether a customer does without what is sold out, rather than wait for it. */
export const doesWithout = (seed: number, externalOrderId: string): boolean => chanceOf(seed, 'sold out', externalOrderId).percent(40);

const onHold = (cartage: Cartage, type: string, concerns: (order: ListedOrder) => boolean) => async (): Promise<readonly ListedOrder[]> =>
  (await cartage.orders({ status: 'on-hold', limit: 200 })).items.filter((order) => order.holds.includes(type) && concerns(order));

const idOf = ({ orderId }: ListedOrder): string => orderId;

/** Customer service: releases what was looked at, and asks the customers whose goods are not there. */
export const customerService = (cartage: Cartage, seed: number): readonly Actor[] => [
  {
    name: 'customer service, addresses',
    round: roundsOver({
      list: onHold(cartage, 'address', () => true),
      idOf,
      handle: byHand(4, async ({ orderId }) => {
        const { holds } = await cartage.orderById(orderId);
        for (const { holdId, type } of holds) if (type === 'address') await cartage.release(orderId, holdId, `release-${holdId}`);
      }),
    }),
  },
  {
    name: 'customer service, shortages',
    round: roundsOver({
      list: onHold(cartage, 'stock-short', ({ externalOrderId }) => doesWithout(seed, externalOrderId ?? '')),
      idOf,
      handle: byHand(4, async ({ orderId }) => {
        const { lines } = await cartage.orderById(orderId);
        const { soldOut } = shopOf(seed);
        for (const { lineId, sku } of lines)
          if (sku === soldOut.sku)
            await cartage.chooseForShortage(orderId, lineId, {
              key: `without-${orderId}-${lineId}`,
              body: { choice: 'cancel', ...changedMind },
            });
      }),
    }),
  },
];

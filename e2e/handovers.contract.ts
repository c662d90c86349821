import { randomUUID } from 'node:crypto';
import { eventually } from '@cartage/testkit';
import { itemsOf, type Json } from './client';
import { orderOf, PATIENCE, unique, type Shop } from './shop';

/** What customers get without anybody shipping it: the same on every wiring. */
export const handoversContract = (shop: () => Shop): void => {
  const stepsOf = async (orderId: string): Promise<readonly unknown[]> =>
    itemsOf(await shop().get(`/orders/${orderId}/timeline?limit=200`)).map(({ step }) => step);
  const digitalMessages = async (orderId: string): Promise<number> =>
    itemsOf(await shop().get(`/notifications?orderId=${orderId}&limit=200`)).filter(({ kind }) => kind === 'digital-delivery').length;
  const linesOf = async (orderId: string): Promise<readonly Json[]> => (await shop().order(orderId))['lines'] as readonly Json[];

  describe('an order at a counter', () => {
    it('is carried out at once, paid, and off the books of that store; the rest of it is shipped home', async () => {
      const { stock, place, deliver, shipmentsAt, moneyOf, available } = shop();
      const [store, mug, lamp] = [unique('SHOP'), unique('MUG'), unique('LAMP')];
      await stock(store, [
        { sku: mug, quantity: 3 },
        { sku: lamp, quantity: 1 },
      ]);
      const orderId = await place(
        orderOf([], {
          channel: 'pos',
          lines: [
            { sku: mug, quantity: 2, unitPrice: 1_000, shipGroupId: 'counter' },
            { sku: lamp, quantity: 1, unitPrice: 500, shipGroupId: 'home' },
          ],
          shipGroups: [{ shipGroupId: 'counter', method: 'carry-out', pickupLocation: store }, { shipGroupId: 'home' }],
        }),
      );
      await eventually(async () => expect(await stepsOf(orderId)).toContain('carried-out'), PATIENCE);
      await eventually(async () => expect(await available(mug)).toMatchObject({ onHand: 1, reserved: 0, allocated: 0, atp: 1 }), PATIENCE);
      await eventually(async () => expect(await moneyOf(orderId)).toMatchObject({ captured: 2_000 }), PATIENCE);
      await shipmentsAt(orderId, 'to-pack', 1);
      await eventually(
        async () => expect((await linesOf(orderId)).map(({ status }) => status)).toEqual(['delivered', 'allocated']),
        PATIENCE,
      );
      await deliver(orderId);
      await eventually(async () => expect(await moneyOf(orderId)).toMatchObject({ captured: 2_500, discrepancies: [] }), PATIENCE);
    }, 120_000);

    it('is done without where that store does not have it, whoever else does', async () => {
      const { stock, place, reached, moneyOf, available } = shop();
      const [store, elsewhere, mug] = [unique('SHOP'), unique('LDN'), unique('MUG')];
      await stock(store, [{ sku: unique('OTHER'), quantity: 1 }]);
      await stock(elsewhere, [{ sku: mug, quantity: 1 }]);
      const orderId = await place(
        orderOf([], {
          lines: [{ sku: mug, quantity: 1, unitPrice: 1_000, shipGroupId: 'counter' }],
          shipGroups: [{ shipGroupId: 'counter', method: 'carry-out', pickupLocation: store }],
        }),
      );
      await reached(orderId, 'cancelled');
      await eventually(async () => expect(await moneyOf(orderId)).toMatchObject({ captured: 0, discrepancies: [] }), PATIENCE);
      await eventually(async () => expect(await available(mug)).toMatchObject({ onHand: 1, reserved: 0, atp: 1 }), PATIENCE);
    }, 90_000);
  });

  describe('digital goods', () => {
    it('need no address and no stock: they are paid, delivered at once, and sent again', async () => {
      const { place, post, reached, moneyOf, get } = shop();
      const sku = unique('E-BOOK');
      const reference = `https://shop.example/download/${unique('link')}`;
      const { shipTo: _, ...order } = orderOf([], {
        lines: [{ sku, quantity: 1, unitPrice: 900, shipGroupId: 'download' }],
        shipGroups: [{ shipGroupId: 'download', method: 'digital', reference }],
      });
      const orderId = await place(order);
      await reached(orderId, 'completed');
      await eventually(async () => expect(await moneyOf(orderId)).toMatchObject({ captured: 900, discrepancies: [] }), PATIENCE);
      await eventually(async () => expect(await digitalMessages(orderId)).toBeGreaterThan(0), PATIENCE);
      const before = await digitalMessages(orderId);
      const another = `https://shop.example/download/${unique('link')}`;
      await post(`/orders/${orderId}/ship-groups/download/resend`, randomUUID(), {
        reference: another,
        reason: { code: 'link-lost' },
        by: 'customer',
      });
      await eventually(async () => expect(await digitalMessages(orderId)).toBe(2 * before), PATIENCE);
      expect(await get(`/orders/${orderId}/personal`)).toMatchObject({ shipGroups: [{ shipGroupId: 'download', reference: another }] });
      expect(JSON.stringify(await get(`/orders/${orderId}`))).not.toContain('shop.example/download');
    }, 90_000);
  });
};

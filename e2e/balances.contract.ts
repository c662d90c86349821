import { randomUUID } from 'node:crypto';
import { eventually } from '@cartage/testkit';
import { itemsOf, type Json } from './client';
import { orderOf, PATIENCE, unique, type Shop } from './shop';

/** Gift cards and store credit, from the till to what comes back: the same on every wiring. */
export const balancesContract = (shop: () => Shop): void => {
  const stocked = async (): Promise<string> => {
    const [location, sku] = [unique('LDN'), unique('MUG')];
    await shop().stock(location, [{ sku, quantity: 1 }]);
    return sku;
  };
  const paidBy = (customerId: string, line: { readonly sku: string; readonly unitPrice: number }, payments: readonly Json[]): Json => {
    const { payment: _, ...order } = orderOf([{ ...line, quantity: 1 }]);
    return { ...order, customer: { id: customerId, name: 'Ada Miller', email: 'ada@example.org' }, payments };
  };
  const holds = (balanceId: string, expected: Json): Promise<void> =>
    eventually(async () => expect(await shop().get(`/payments/balances/${balanceId}`)).toMatchObject(expected), PATIENCE);
  const creditsOf = async (customerId: string): Promise<readonly Json[]> =>
    itemsOf(await shop().get(`/payments/balances?kind=store-credit&customerId=${customerId}`));

  describe('a balance', () => {
    it('pays its part of an order once the goods leave, beside a card', async () => {
      const { place, post, shipmentsAt, pack, dispatch, moneyOf } = shop();
      const [sku, customerId] = [await stocked(), unique('customer')];
      const issued = { currency: 'GBP', amount: 1_500, cause: 'sold' };
      const { balanceId: card, code } = await post('/payments/balances/gift-cards', randomUUID(), issued);
      const granted = { currency: 'GBP', amount: 700, cause: 'goodwill', reasonCode: 'late-delivery', customerId };
      const { balanceId: credit } = await post('/payments/balances/store-credits', randomUUID(), granted);
      const orderId = await place(
        paidBy(customerId, { sku, unitPrice: 4_000 }, [
          { method: 'gift-card', amount: 1_500, token: code },
          { method: 'store-credit', amount: 700 },
          { method: 'card', amount: 1_800, token: 'tok_visa' },
        ]),
      );
      await holds(String(card), { owed: 1_500, available: 0, reservations: [{ orderId, amount: 1_500 }] });
      await holds(String(credit), { owed: 700, available: 0, reservations: [{ orderId, amount: 700 }] });
      const [shipmentId = ''] = await shipmentsAt(orderId, 'to-pack', 1);
      await pack(shipmentId);
      await dispatch(shipmentId);
      await eventually(async () => expect(await moneyOf(orderId)).toMatchObject({ captured: 4_000, discrepancies: [] }), PATIENCE);
      await holds(String(card), { owed: 0, available: 0, reservations: [] });
      await holds(String(credit), { owed: 0, available: 0, reservations: [] });
    }, 90_000);

    it('takes the refund that a customer wants as credit; another order is promised it, and gives it back when it is cancelled', async () => {
      const { place, post, shipmentsAt, pack, dispatch, moneyOf, reached } = shop();
      const [sku, customerId] = [await stocked(), unique('customer')];
      const orderId = await place(paidBy(customerId, { sku, unitPrice: 2_000 }, [{ method: 'card', amount: 2_000, token: 'tok_visa' }]));
      const [shipmentId = ''] = await shipmentsAt(orderId, 'to-pack', 1);
      await pack(shipmentId);
      await dispatch(shipmentId);
      await eventually(async () => expect(await moneyOf(orderId)).toMatchObject({ captured: 2_000 }), PATIENCE);
      await post(`/payments/${orderId}/refunds`, randomUUID(), { amount: 900, tender: 'store-credit' });
      await eventually(async () => expect(await moneyOf(orderId)).toMatchObject({ refunded: 900, discrepancies: [] }), PATIENCE);
      const [credit] = await eventually(async () => {
        const found = await creditsOf(customerId);
        expect(found).toMatchObject([{ owed: 900 }]);
        return found;
      }, PATIENCE);
      const balanceId = String(credit?.['balanceId']);
      // Nothing of it is in stock: the promise of money stands while the goods are waited for.
      const next = await place(paidBy(customerId, { sku: unique('GONE'), unitPrice: 900 }, [{ method: 'store-credit', amount: 900 }]));
      await holds(balanceId, { owed: 900, available: 0, reservations: [{ orderId: next }] });
      await post(`/orders/${next}/cancellations`, randomUUID(), { reason: { code: 'changed-mind' }, by: 'customer' });
      await reached(next, 'cancelled');
      await holds(balanceId, { owed: 900, available: 900, reservations: [] });
    }, 90_000);
  });
};

import { randomUUID } from 'node:crypto';
import { eventually } from '@cartage/testkit';
import { orderOf, PATIENCE, unique, type Shop } from './shop';

/** Goods that came damaged, without a return of them: the same on every wiring. */
export const claimsContract = (shop: () => Shop): void => {
  it('one damaged unit is sent again at no charge, and another is paid back: stock, money and both orders end right', async () => {
    const { stock, place, deliver, moneyOf, available, post, get } = shop();
    const [home, hat] = [unique('LDN'), unique('HAT')];
    await stock(home, [{ sku: hat, quantity: 3 }]);
    const orderId = await place(orderOf([{ sku: hat, quantity: 2, unitPrice: 1_000 }]));
    await deliver(orderId);
    const damaged = { orderId, lines: [{ lineId: '1', quantity: 1, kind: 'damaged' }], photos: ['https://photos.example.com/1.jpg'] };
    const key = randomUUID();
    // The returns service hears of the delivery in its own time; until then it refuses, and the key may be used again.
    const { claimId } = await eventually(() => post('/returns/claims', key, damaged), PATIENCE);
    const again = await post(`/returns/claims/${String(claimId)}/decision`, randomUUID(), {
      ...{ decision: 'send-again', costBearer: 'carrier', note: 'Crushed in transit.' },
    });
    const replacement = String(again['replacementOrderId']);
    await eventually(async () => expect(await get(`/orders/${replacement}`)).toMatchObject({ status: 'in-fulfillment' }), PATIENCE);
    await deliver(replacement);
    const second = await post('/returns/claims', randomUUID(), damaged);
    await post(`/returns/claims/${String(second['claimId'])}/decision`, randomUUID(), { decision: 'refund', note: 'No more of them.' });
    await eventually(
      async () => expect(await get(`/returns/claims/${String(second['claimId'])}`)).toMatchObject({ status: 'refunded' }),
      PATIENCE,
    );
    expect(await moneyOf(orderId)).toMatchObject({ captured: 2_000, refunded: 1_000, discrepancies: [] });
    await eventually(async () => expect(await available(hat)).toMatchObject({ onHand: 0, atp: 0 }), PATIENCE);
  }, 90_000);
};

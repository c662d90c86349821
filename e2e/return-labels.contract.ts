import { randomUUID } from 'node:crypto';
import { eventually } from '@cartage/testkit';
import type { Json } from './client';
import { orderOf, PATIENCE, unique, type Shop } from './shop';

/** The first policy, but for one SKU: it comes back with a label of ours, and is paid for when the carrier has it. */
const policyFor = (sku: string, to: string): Json => ({
  version: unique('labels'),
  note: 'Labels for one SKU.',
  terms: {
    ...{ windowDays: 30, finalSale: false, restockingFeePercent: 0, refundPercent: { A: 100, B: 100, C: 50, scrap: 0 } },
    ...{ disposition: { A: 'restock', B: 'refurbish', C: 'liquidate', scrap: 'destroy' }, refundOn: 'inspection', tender: 'original' },
    ...{ wayBack: 'merchant', keepUpTo: [] },
  },
  exceptions: [{ name: 'labels', skus: [sku], terms: { refundOn: 'scan', sendBack: { by: 'label', to, carrier: 'simulated' } } }],
  ...{ reviewAbove: [{ currency: 'GBP', amount: 50_000 }], returnFee: [], authorizationDays: 30, reminderDays: 7, refundDays: 14 },
  ...{ deliveryRefund: 'never', faultReasons: ['arrived-damaged', 'defective', 'wrong-item', 'not-as-described'] },
});

/** Goods that come back with a label of ours: the same on every wiring. */
export const returnLabelsContract = (shop: () => Shop): void =>
  it('goods come back with a label of ours, and are paid for by the carrier’s scan; the label that nobody uses is void', async () => {
    const { stock, place, deliver, moneyOf, post, get, scan } = shop();
    const [home, hat] = [unique('LDN'), unique('HAT')];
    await stock(home, [{ sku: hat, quantity: 2 }]);
    const policy = policyFor(hat, home);
    await post('/returns/policies', randomUUID(), policy);
    await post(`/returns/policies/${String(policy['version'])}/activation`, randomUUID(), { note: 'Now.' });
    const orderId = await place(orderOf([{ sku: hat, quantity: 2, unitPrice: 1_000 }]));
    await deliver(orderId);
    const lines = [{ lineId: '1', quantity: 1, reason: 'too-small' }];
    const ask = async (): Promise<string> => {
      const key = randomUUID();
      return String((await eventually(() => post('/returns', key, { orderId, lines }), PATIENCE))['returnId']);
    };
    const labelled = (returnId: string): Promise<Json> =>
      eventually(async () => {
        const shown = await get(`/returns/${returnId}`);
        expect(shown).toMatchObject({ sendBack: { by: 'label', to: home }, labels: [{ carrier: 'simulated' }] });
        return (shown['labels'] as readonly Json[])[0] ?? {};
      }, PATIENCE);
    const [sent, kept] = [await ask(), await ask()];
    const [{ trackingNumber }] = await Promise.all([labelled(sent), labelled(kept)]);
    await scan(String(trackingNumber), ['PICKED_UP', 'HUB_SCAN', 'DELIVERED']);
    await post(`/returns/${kept}/cancel`, randomUUID(), {});
    await eventually(async () => {
      expect(await get(`/returns/${sent}`)).toMatchObject({
        refundBy: expect.any(String),
        owed: 1_000,
        refunded: 1_000,
        scans: [{}, {}, {}],
      });
      expect(await moneyOf(orderId)).toMatchObject({ captured: 2_000, refunded: 1_000, discrepancies: [] });
      expect(await get(`/shipping/return-labels/${kept}`)).toMatchObject({ labels: [{ status: 'void' }] });
      expect(await get(`/shipping/return-labels/${sent}`)).toMatchObject({ labels: [{ status: 'arrived' }] });
    }, PATIENCE);
  }, 90_000);

import type { Calls } from './calls.fixture';

const terms = {
  windowDays: 60,
  finalSale: false,
  refundPercent: { A: 100, B: 90, C: 50, scrap: 0 },
  restockingFeePercent: 0,
  disposition: { A: 'restock', B: 'refurbish', C: 'liquidate', scrap: 'destroy' },
  refundOn: 'inspection',
  tender: 'original',
  wayBack: 'merchant',
  keepUpTo: [],
};

/** A policy as the API takes it. */
export const returnPolicy = (version: string) => ({
  ...{ version, note: 'Longer over Christmas.', terms },
  exceptions: [{ name: 'outlet', channels: ['outlet'], terms: { finalSale: true } }],
  reviewAbove: [{ currency: 'GBP', amount: 50_000 }],
  ...{ returnFee: [], authorizationDays: 30, reminderDays: 7 },
  deliveryRefund: 'whole-return',
  faultReasons: ['arrived-damaged'],
});

/** Return policies, from the draft to the use. */
export const returnPolicyCalls = async ({ get, post, itemsOf }: Calls): Promise<void> => {
  await post('/returns/policies', returnPolicy('returns-2027-01'));
  await post('/returns/policies', { ...returnPolicy('returns-2027-01'), deliveryRefund: 'never' });
  await post('/returns/policies', { ...returnPolicy('returns-2027-02'), returnFee: [{ currency: 'POUND', amount: 1 }] });
  await get('/returns/policies/returns-2027-01/trial?limit=10');
  await post('/returns/policies/returns-2027-01/activation', { note: 'From Christmas on.' });
  expect(await itemsOf('/returns/policies')).toMatchObject([{ version: 'returns-2027-01', inForce: true }, { inForce: false }]);
  await get('/returns/policies/returns-2026-11');
  await get('/returns/policies/never');
};

/** What happens to a return before it is at a dock. */
export const wayBackCalls = async ({ post }: Calls, orderId: string): Promise<void> => {
  const { returnId } = await post('/returns', { orderId, lines: [{ lineId: '1', quantity: 1, reason: 'broken' }] });
  const path = `/returns/${String(returnId)}`;
  const tracked = { carrier: 'simulated', trackingNumber: `BACK-${String(returnId)}` };
  await post(`${path}/labels`, { ...tracked, format: 'qr', url: 'https://labels.example.com/1' });
  await post(`${path}/scans`, { ...tracked, milestone: 'picked-up', occurredAt: '2026-11-23T10:00:00.000Z' });
  await post(`${path}/cancel`, { note: 'It fits after all.' });
  await post(`${path}/labels`, { ...tracked, format: 'label' });
};

/** A parcel that nobody announced. */
export const unannouncedCalls = async ({ post }: Calls, orderId: string): Promise<void> => {
  const lines = [{ sku: 'MUG', quantity: 1 }];
  const { returnId, receipts } = await post('/returns/receipts', { orderId, location: 'LDN', lines });
  const [{ receiptId } = {}] = receipts as readonly { readonly receiptId?: string }[];
  await post(`/returns/${String(returnId)}/grade`, { sku: 'MUG', quantity: 1, receiptId, disposition: 'missing' });
  await post('/returns/receipts', { orderId, location: 'NOWHERE', lines });
};

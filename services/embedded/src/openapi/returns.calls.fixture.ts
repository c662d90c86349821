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
  returnFee: [],
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

/** A parcel that nobody announced. */
export const unannouncedCalls = async ({ post }: Calls, orderId: string): Promise<void> => {
  const lines = [{ sku: 'MUG', quantity: 1 }];
  const { returnId, receipts } = await post('/returns/receipts', { orderId, location: 'LDN', lines });
  const [{ receiptId } = {}] = receipts as readonly { readonly receiptId?: string }[];
  await post(`/returns/${String(returnId)}/grade`, { sku: 'MUG', quantity: 1, receiptId, disposition: 'missing' });
  await post('/returns/receipts', { orderId, location: 'NOWHERE', lines });
};

import { createHmac, randomUUID } from 'node:crypto';
import type { Calls, Json } from './calls.fixture';

/** Scans of the simulated carrier, signed as it signs. */
export const scansFrom =
  ({ ask }: Pick<Calls, 'ask'>) =>
  (scans: readonly Json[]): Promise<Json> => {
    const signature = createHmac('sha256', 'simulated-carrier').update(JSON.stringify({ scans })).digest('hex');
    return ask('POST', '/shipping/carriers/simulated/webhooks', { scans }, { 'simulated-signature': `sha256=${signature}` });
  };

/** Scans of parcels that nobody here sent. */
export const parkedScanCalls = async (calls: Calls): Promise<void> => {
  const { post, itemsOf } = calls;
  const scannedAt = new Date().toISOString();
  const scans = ['HUB_SCAN', 'DELIVERED'].map((code) => ({ scanId: randomUUID(), awb: `NOT-OURS-${code}`, code, scannedAt }));
  expect(await scansFrom(calls)(scans)).toMatchObject({ received: 2, applied: 0, parked: [{ waitsFor: 'number-unknown' }, {}] });
  const [first, second] = await itemsOf('/shipping/scans/parked?carrier=simulated&waitsFor=number-unknown');
  expect(await post(`/shipping/scans/parked/${String(first?.['scanId'])}/retry`)).toMatchObject({ status: 'parked' });
  await post(`/shipping/scans/parked/${String(second?.['scanId'])}/dismiss`, { reason: 'Not our parcel.' });
  expect(await itemsOf('/shipping/scans/parked?carrier=simulated')).toHaveLength(1);
};

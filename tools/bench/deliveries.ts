import { createHmac } from 'node:crypto';
import type { ListedShipment } from '../simulator/answers';

/** What the simulated carrier tells, signed, when it has delivered all parcels of these. */
export const deliveryOf = (
  shipments: readonly ListedShipment[],
): { readonly body: object; readonly headers: Readonly<Record<string, string>> } => {
  const scannedAt = new Date().toISOString();
  const scans = shipments
    .flatMap(({ trackingNumbers }) => trackingNumbers ?? [])
    .map((awb) => ({ scanId: `delivered-${awb}`, awb, code: 'DELIVERED', scannedAt }));
  const signature = createHmac('sha256', 'simulated-carrier').update(JSON.stringify({ scans })).digest('hex');
  return { body: { scans }, headers: { 'simulated-signature': `sha256=${signature}` } };
};

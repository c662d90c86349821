import { Topics, type ReturnEvent, type ShippingEvent } from '@cartage/contracts';
import type { Listener } from '@cartage/messaging';
import type { createReturnPolling, ReturnNumbers, ReturnScans } from '../../app/way-back/return-scans';
import type { ReturnLabels } from '../../app/way-back/return-labels';
import type { Tracking } from '../../app/tracking';

/** Buys the label of whatever may be sent back, and voids it when nothing is to come. It costs money at the carrier, so never on a replay. */
export const returnsListener = (labels: Pick<ReturnLabels, 'request' | 'end'>): Listener<ReturnEvent> => ({
  group: 'shipping.returns',
  topic: Topics.returns,
  on: {
    ReturnAuthorized: (allowed, meta) => labels.request(allowed, meta),
    ReturnCancelled: ({ returnId, reason }, meta) => labels.end(returnId, reason, meta),
    ReturnExpired: ({ returnId }, meta) => labels.end(returnId, { code: 'expired', by: 'policy' }, meta),
    ReturnClosed: ({ returnId }, meta) => labels.end(returnId, { code: 'closed', by: 'system' }, meta),
  },
});

interface Following {
  readonly numbers: ReturnNumbers;
  readonly scans: Pick<ReturnScans, 'watch'>;
  readonly polling: Pick<ReturnType<typeof createReturnPolling>, 'begin'>;
  readonly tracking: Pick<Tracking, 'found'>;
}

/** Makes numbers and links findable, records the scans that were waiting for theirs, and notices when nothing is heard. */
export const wayBackListener = ({ numbers, scans, polling, tracking }: Following): Listener<ShippingEvent> => ({
  group: 'shipping.wayback',
  topic: Topics.shipping,
  on: {
    ReturnLabelPurchased: async ({ carrier, trackingNumber, returnId, orderId, labelId, token: link }, meta) => {
      await numbers.add({ carrier, trackingNumber, returnId, orderId, link });
      await tracking.found({ carrier, trackingNumber }, meta);
      await polling.begin({ returnId, labelId, carrier });
    },
    ReturnParcelScanned: (scanned) => scans.watch(scanned),
  },
  replays: true,
});

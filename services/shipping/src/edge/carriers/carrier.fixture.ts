import type { Consignment, TrackingUpdate } from '../../app/carrier';

/** Two parcels that a carrier takes. */
export const consignment: Consignment = {
  shipmentId: '5a3f0c1e-6b1d-5c58-9a57-2f0d6a1b7c01',
  reference: '5a3f0c1e-6b1d-5c58-9a57-2f0d6a1b7c01',
  orderId: '0b8a6f8e-3c1b-5d9e-8a41-7f2f3a9c1d02',
  origin: { location: 'LEEDS', country: 'GB', latitude: 53.8, longitude: -1.55 },
  destination: { country: 'GB', latitude: 51.51, longitude: -0.13 },
  recipient: { name: 'Zoë Müller', address: { lines: ['1 High Street'], city: 'London', postalCode: 'SW1A 1AA', country: 'GB' } },
  parcels: [
    { parcelId: '1', weightGrams: 1_200, lines: [] },
    { parcelId: '2', weightGrams: 300, lines: [] },
  ],
  priority: 'standard',
  service: 'standard',
};

const codes = {
  'label-created': 'MANIFESTED',
  'picked-up': 'PICKED_UP',
  'in-transit': 'HUB_SCAN',
  'out-for-delivery': 'ON_VAN',
  delivered: 'DELIVERED',
  'attempt-failed': 'NOT_DELIVERED',
  exception: 'PROBLEM',
  returned: 'RETURN_TO_SENDER',
  other: 'CUSTOMS_HELD',
} as const;

/** As the simulated carrier writes it, and whoever tells of scans as it does. */
export const native = ({ trackingNumber, eventId, milestone, occurredAt, place, reason }: TrackingUpdate) => ({
  scanId: eventId,
  awb: trackingNumber,
  code: codes[milestone],
  scannedAt: occurredAt,
  hub: place,
  remark: reason?.detail,
});

import { createHmac } from 'node:crypto';
import type { Consignment, TrackingUpdate } from '../../app/carrier';
import { carrierContract } from './carrier.contract';
import { simulatedCarrier } from './simulated';
import { costOf, zoneOf } from './tariff';
import { checkCharacter, isTrackingNumber, trackingNumberOf } from './tracking-number';

const consignment: Consignment = {
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

const native = ({ trackingNumber, eventId, milestone, occurredAt, place, reason }: TrackingUpdate) => ({
  scanId: eventId,
  awb: trackingNumber,
  code: codes[milestone],
  scannedAt: occurredAt,
  hub: place,
  remark: reason?.detail,
});

carrierContract('simulated', () => ({
  carrier: simulatedCarrier({ secret: 'shared', embargo: ['KP'] }),
  webhook: (updates) => {
    const rawBody = Buffer.from(JSON.stringify({ scans: updates.map(native) }));
    return { rawBody, signature: `sha256=${createHmac('sha256', 'shared').update(rawBody).digest('hex')}` };
  },
  consignment,
  refused: { ...consignment, recipient: { ...consignment.recipient, address: { ...consignment.recipient.address, country: 'KP' } } },
}));

describe('the simulated carrier', () => {
  it('reads a local time of day with its zone', () =>
    expect(
      simulatedCarrier({ secret: 's', embargo: [] }).normalise({
        scans: [{ scanId: '1', awb: 'CTG', code: 'DELIVERED', scannedAt: '2026-11-24T15:30:00+05:30' }],
      }),
    ).toEqual({
      updates: [{ trackingNumber: 'CTG', eventId: '1', milestone: 'delivered', occurredAt: '2026-11-24T10:00:00.000Z' }],
      notUnderstood: [],
    }));

  it.each(['2026-11-24', 'yesterday', '2026-11-24T15:30:00', '2026-13-45T15:30:00Z', '1999-12-31T23:59:59Z'])(
    'does not understand %s, which is no time with a zone, or far off',
    (scannedAt) =>
      expect(
        simulatedCarrier({ secret: 's', embargo: [] }).normalise({ scans: [{ scanId: '1', awb: 'C', code: 'DELIVERED', scannedAt }] }),
      ).toMatchObject({ updates: [], notUnderstood: [{ eventId: '1', field: 'scans[0].scannedAt' }] }),
  );

  it('does not print in other letters: what it has no letters for it does not take, by name', async () => {
    const carrier = simulatedCarrier({ secret: 's', embargo: [] });
    const to = (name: string, lines: readonly string[] = ['1 High Street']) =>
      carrier.book({ ...consignment, recipient: { name, address: { lines, city: 'Łódź', country: 'PL' } } });
    expect(await to('မောင်မောင်')).toMatchObject({ status: 'refused', reason: { detail: expect.stringContaining('recipient.name') } });
    expect(await to('Ada', ['x'.repeat(20_000)])).toMatchObject({
      status: 'refused',
      reason: { code: 'label-unprintable', detail: expect.stringContaining('too long') },
    });
    for (const name of ['Łucja Żółć', '王小明', 'Παπαδόπουλος Γιώργος', 'محمد الأحمد', 'Šimić & Müller', '김철수', 'ชาติชาย'])
      expect(await to(name)).toMatchObject({ status: 'booked' });
  });
});

describe('the tariff', () => {
  it('charges for each parcel by its weight, and double for express', () => {
    expect(zoneOf(consignment)).toBe('regional');
    expect(costOf(consignment, 'standard')).toBe(340 + 3 * 30 + 340 + 30);
    expect(costOf(consignment, 'express')).toBe(2 * (340 + 3 * 30 + 340 + 30));
  });

  it.each([
    ['local', { ...consignment.origin, latitude: 51.6, longitude: -0.2 }],
    ['national', { ...consignment.origin, latitude: 57.15, longitude: -2.09 }],
    ['near-abroad', { ...consignment.origin, country: 'FR', latitude: 48.86, longitude: 2.35 }],
    ['far-abroad', { ...consignment.origin, country: 'IN', latitude: 28.6, longitude: 77.2 }],
    ['far-abroad', { location: 'X', country: 'FR' }],
    ['regional', { location: 'X' }],
  ] as const)('knows a %s way', (zone, origin) => expect(zoneOf({ ...consignment, origin })).toBe(zone));
});

describe('a tracking number', () => {
  const number = trackingNumberOf('CTG', `${consignment.shipmentId}/1`);

  it('ends with the check character of ISO 7064 MOD 37,36', () => {
    // The standard’s own worked examples.
    expect(checkCharacter('A12425GABC1234002')).toBe('M');
    expect(isTrackingNumber(number)).toBe(true);
  });

  it('is found wrong after any mistyped character', () =>
    [...number].forEach((character, n) =>
      expect(isTrackingNumber(`${number.slice(0, n)}${character === '7' ? '8' : '7'}${number.slice(n + 1)}`)).toBe(false),
    ));
});

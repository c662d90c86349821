import { createHmac } from 'node:crypto';
import { carrierContract } from './carrier.contract';
import { consignment, native } from './carrier.fixture';
import { simulatedCarrier } from './simulated';
import { costOf, zoneOf } from './tariff';
import { checkCharacter, isTrackingNumber, trackingNumberOf } from './tracking-number';

carrierContract('simulated', () => ({
  carrier: simulatedCarrier({ secret: 'shared', embargo: ['KP'] }),
  webhook: (updates) => {
    const rawBody = Buffer.from(JSON.stringify({ scans: updates.map(native) }));
    return { rawBody, signature: `sha256=${createHmac('sha256', 'shared').update(rawBody).digest('hex')}` };
  },
  consignment,
  refusedOrigin: { ...consignment.origin, country: 'KP' },
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

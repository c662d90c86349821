import type { Carrier, Consignment, TrackingUpdate } from '../../app/carrier';
import { milestones } from '../../domain/events';

export interface CarrierUnderTest {
  readonly carrier: Carrier;
  /** The carrier’s own message of these scans, and its signature. */
  readonly webhook: (updates: readonly TrackingUpdate[]) => { readonly rawBody: Buffer; readonly signature: string };
  /** A consignment that it takes. */
  readonly consignment: Consignment;
  /** One that it refuses. */
  readonly refused: Consignment;
}

const scans = (trackingNumber: string): readonly TrackingUpdate[] =>
  milestones.map((milestone, n) => ({
    trackingNumber,
    eventId: `scan-${n}`,
    milestone,
    place: 'Hub 7',
    ...(milestone === 'other' ? { reason: { code: 'customs-held', by: 'carrier' } } : {}),
    occurredAt: `2026-11-23T0${n}:00:00.000Z`,
  }));

/** What every adapter of a carrier promises. */
export const carrierContract = (name: string, setUp: () => CarrierUnderTest): void =>
  describe(`carrier ${name}`, () => {
    const { carrier, webhook, consignment, refused } = setUp();
    const booked = async (wanted: Consignment = consignment) => {
      const answer = await carrier.book(wanted);
      if (answer.status !== 'booked') throw new Error(`Not booked: ${answer.reason.code}`);
      return answer;
    };

    it('quotes each of its services before it books any, and books for what it quoted', async () => {
      const quotes = await carrier.quote(consignment);
      expect(quotes.map(({ service }) => service)).toEqual(carrier.services);
      for (const quote of quotes) {
        const { currency, cost } = await booked({ ...consignment, service: quote.service });
        expect(quote).toMatchObject({ currency, cost });
      }
    });

    it('says of what it does not take so already when it is asked what it costs', async () => {
      for (const quote of await carrier.quote(refused))
        expect(quote).toEqual({
          service: quote.service,
          reason: { code: expect.stringMatching(/^[a-z-]+$/), detail: expect.stringMatching(/.{10,}/), by: 'carrier' },
        });
    });

    it('books a shipment once, however often it is asked', async () => {
      const [first, again] = [await booked(), await booked()];
      expect(again).toEqual(first);
      expect(first).toMatchObject({ currency: expect.stringMatching(/^[A-Z]{3}$/), cost: expect.any(Number) });
      expect(Number.isSafeInteger(first.cost) && first.cost >= 0).toBe(true);
    });

    it('gives every parcel of every shipment a tracking number of its own', async () => {
      const other = await booked({ ...consignment, reference: '019a9f6e-0000-7000-8000-000000000001' });
      const numbers = [...other.parcels, ...(await booked()).parcels].map(({ trackingNumber }) => trackingNumber);
      expect(new Set(numbers).size).toBe(2 * consignment.parcels.length);
    });

    it('books each of its services when asked for it', async () => {
      for (const service of carrier.services) expect((await booked({ ...consignment, service })).service).toBe(service);
    });

    it('answers with its reason when it does not take a shipment', async () =>
      expect(await carrier.book(refused)).toEqual({
        status: 'refused',
        reason: { code: expect.stringMatching(/^[a-z-]+$/), detail: expect.stringMatching(/.{10,}/), by: 'carrier' },
      }));

    it('voids a booking as often as it is told to', async () => {
      const { parcels } = await booked();
      const { reference } = consignment;
      await carrier.void({ reference, parcels });
      await expect(carrier.void({ reference, parcels })).resolves.toBeUndefined();
    });

    it('voids what it was perhaps never asked for, by our reference alone', () =>
      expect(carrier.void({ reference: '019a9f6e-0000-7000-8000-000000000002' })).resolves.toBeUndefined());

    it('prints a label of 4 × 6 inches for each parcel, as often as needed, always of the same tracking numbers', async () => {
      const answer = await booked();
      for (const pdf of [await carrier.label(consignment, answer), await carrier.label(consignment, answer)]) {
        const text = Buffer.from(pdf).toString('latin1');
        expect(text.startsWith('%PDF-')).toBe(true);
        expect(text.match(/\/MediaBox \[0 0 288 432\]/g)).toHaveLength(consignment.parcels.length);
        for (const { trackingNumber } of answer.parcels) expect(text).toContain(trackingNumber);
      }
    });

    it('says every milestone in our vocabulary, by its own clock', async () => {
      const updates = scans((await booked()).parcels[0]?.trackingNumber ?? '');
      expect(carrier.normalise(JSON.parse(webhook(updates).rawBody.toString()))).toEqual({ updates, notUnderstood: [] });
    });

    it.each([[null], [[]], ['scan'], [{}]])('refuses %j, which is no webhook of its own', (payload) =>
      expect(() => carrier.normalise(payload)).toThrow(expect.objectContaining({ code: 'WEBHOOK_INVALID', kind: 'invalid' })),
    );

    it('knows its own signature from any other', () => {
      const { rawBody, signature } = webhook(scans('X'));
      expect(carrier.verify(signature, rawBody)).toBe(true);
      expect(carrier.verify(signature, Buffer.concat([rawBody, Buffer.from(' ')]))).toBe(false);
      for (const forged of [undefined, '', 'sha256=', `sha256=${'0'.repeat(64)}`]) expect(carrier.verify(forged, rawBody)).toBe(false);
    });
  });

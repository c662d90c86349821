import { resolutions, type Carrier, type Consignment, type TrackingUpdate } from '../../app/carrier';
import { milestones } from '../../domain/events';

export interface CarrierUnderTest {
  readonly carrier: Carrier;
  /** The carrier’s own message of these scans, and its signature. */
  readonly webhook: (updates: readonly TrackingUpdate[]) => { readonly rawBody: Buffer; readonly signature: string };
  /** A consignment that it takes. */
  readonly consignment: Consignment;
  /** One that it refuses. */
  readonly refused: Consignment;
  /** Where it does not come to, if it can be asked to come. */
  readonly refusedOrigin?: Consignment['origin'];
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
    const { carrier, webhook, consignment, refused, refusedOrigin } = setUp();
    /** Another service is another booking. */
    const referenceFor = (service: string): string =>
      `019a9f6e-0000-7000-8000-0000000001${String(carrier.services.indexOf(service)).padStart(2, '0')}`;
    const booked = async (wanted: Consignment = consignment) => {
      const answer = await carrier.book(wanted);
      if (answer.status !== 'booked') throw new Error(`Not booked: ${answer.reason.code}`);
      return answer;
    };

    it('quotes each of its services before it books any, and books for what it quoted', async () => {
      const quotes = await carrier.quote(consignment);
      expect(quotes.map(({ service }) => service)).toEqual(carrier.services);
      for (const quote of quotes) {
        const { currency, cost } = await booked({ ...consignment, service: quote.service, reference: referenceFor(quote.service) });
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
      for (const service of carrier.services)
        expect((await booked({ ...consignment, service, reference: referenceFor(service) })).service).toBe(service);
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

    describe('brings goods back', () => {
      const back: Consignment = { ...consignment, isReturn: true, reference: '019a9f6e-0000-7000-8000-000000000008' };

      it('from the customer to the location, once however often it is asked, for what it quoted', async () => {
        const quote = (await carrier.quote(back)).find(({ service }) => service === back.service);
        const [first, again] = [await booked(back), await booked(back)];
        expect(again).toEqual(first);
        expect(quote).toMatchObject({ currency: first.currency, cost: first.cost });
        const numbers = new Set([...(await booked()).parcels, ...first.parcels].map(({ trackingNumber }) => trackingNumber));
        expect(numbers.size).toBe(2 * back.parcels.length);
      });

      it('with a label of its own, printed as often as needed', async () => {
        const answer = await booked(back);
        for (const pdf of [await carrier.label(back, answer), await carrier.label(back, answer)])
          for (const { trackingNumber } of answer.parcels) expect(Buffer.from(pdf).toString('latin1')).toContain(trackingNumber);
      });

      it('and is not paid for what nobody sends: void by our reference alone, as often as it is told', async () => {
        await booked(back);
        await carrier.void({ reference: back.reference });
        await expect(carrier.void({ reference: back.reference })).resolves.toBeUndefined();
      });

      if (carrier.counterCode)
        it('with a code that its counters read, each time the same', async () => {
          const answer = await booked(back);
          expect(carrier.counterCode?.(answer)).toMatch(/./);
          expect(carrier.counterCode?.(answer)).toBe(carrier.counterCode?.(await booked(back)));
        });
    });

    if (carrier.zpl) {
      it.each(resolutions)('prints a format for each parcel on a label printer of %d dots to the inch, each time the same', async (dpi) => {
        const answer = await booked();
        const zpl = await carrier.zpl?.(consignment, answer, dpi);
        expect(zpl?.match(/\^XA[\s\S]*?\^XZ/g)).toHaveLength(consignment.parcels.length);
        expect(await carrier.zpl?.(consignment, answer, dpi)).toBe(zpl);
      });
    }

    if (carrier.manifest) {
      const request = async () => ({
        ...{ reference: '019a9f6e-0000-7000-8000-000000000003', origin: consignment.origin, day: '2026-11-23' },
        bookings: [{ reference: consignment.reference, parcels: (await booked()).parcels }],
      });
      it('takes a manifest as often as it is told of it, and answers as the first time', async () => {
        const [first, again] = [await carrier.manifest?.(await request()), await carrier.manifest?.(await request())];
        expect(first).toMatchObject({ reference: expect.stringMatching(/./) });
        expect(again).toEqual(first);
      });
    }

    if (carrier.bookPickup) {
      const request = async (reference: string, origin = consignment.origin) => ({
        ...{ reference, origin, from: '2026-11-24T13:00:00.000Z', until: '2026-11-24T17:00:00.000Z' },
        bookings: [{ reference: consignment.reference, parcels: (await booked()).parcels }],
      });
      const [reference, other] = ['019a9f6e-0000-7000-8000-000000000004', '019a9f6e-0000-7000-8000-000000000005'];
      it('comes once, however often it is asked', async () => {
        const [first, again] = [await carrier.bookPickup?.(await request(reference)), await carrier.bookPickup?.(await request(reference))];
        expect(first).toMatchObject({ status: 'booked', confirmation: expect.stringMatching(/./) });
        expect(again).toEqual(first);
      });
      it('answers with its reason when it does not come', async () =>
        expect(await carrier.bookPickup?.(await request(other, refusedOrigin))).toEqual({
          status: 'refused',
          reason: { code: expect.stringMatching(/^[a-z-]+$/), detail: expect.stringMatching(/.{10,}/), by: 'carrier' },
        }));
      it('need not come any more, as often as it is told, also when it was perhaps never asked', async () => {
        await carrier.cancelPickup?.(reference);
        await carrier.cancelPickup?.(reference);
        await expect(carrier.cancelPickup?.('019a9f6e-0000-7000-8000-000000000006')).resolves.toBeUndefined();
      });
    }

    if (carrier.instruct) {
      const told = async (recipient: Consignment['recipient']) => ({
        ...{
          reference: '019a9f6e-0000-7000-8000-000000000007/1',
          booking: consignment.reference,
          instruction: 'address' as const,
          recipient,
        },
        parcel: (await booked()).parcels[0] ?? { parcelId: '1', trackingNumber: '' },
      });
      it('does with a parcel what it is told, however often, or answers why not', async () => {
        const { address, ...person } = consignment.recipient;
        const moved = { ...person, address: { ...address, lines: ['2 High Street'] } };
        for (const _ of [1, 2]) expect(await carrier.instruct?.(await told(moved))).toEqual({ status: 'accepted' });
        expect(await carrier.instruct?.(await told(refused.recipient))).toMatchObject({ status: 'refused', reason: { by: 'carrier' } });
      });
    }

    if (carrier.track) {
      it('says when it is asked what it knows of these parcels, each time under the same ids', async () => {
        const { parcels } = await booked();
        const { updates } = (await carrier.track?.(parcels)) ?? { updates: [] };
        expect(updates.length).toBeGreaterThan(0);
        const numbers = parcels.map(({ trackingNumber }) => trackingNumber);
        expect(updates.filter(({ trackingNumber }) => !numbers.includes(trackingNumber))).toEqual([]);
        expect(await carrier.track?.(parcels)).toEqual({ updates, notUnderstood: [] });
      });
    }

    it('says every milestone in our vocabulary, by its own clock', async () => {
      const updates = scans((await booked()).parcels[0]?.trackingNumber ?? '');
      const understood = () => carrier.normalise(JSON.parse(webhook(updates).rawBody.toString()));
      // The id may be the carrier’s own, or follow from what it says: the same each time, and another for each scan.
      expect(understood()).toMatchObject({ updates: updates.map(({ eventId: _ours, ...scan }) => scan), notUnderstood: [] });
      expect(understood()).toEqual(understood());
      expect(new Set(understood().updates.map(({ eventId }) => eventId)).size).toBe(updates.length);
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

import type { Origin } from '../app/carrier';
import type { ParkedScan } from '../app/parked-scans';
import type { KnownHold, KnownOrder, OrderChange, Registers } from '../app/registers';

const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const scan = (n: number, eventId: string, trackingNumber: string): ParkedScan => ({
  ...{ scanId: id(n), carrier: 'a', waitsFor: 'number-unknown', parkedAt: `2026-11-24T08:00:0${n % 10}.000Z` },
  ...{ eventId, trackingNumber, milestone: 'in-transit', occurredAt: '2026-11-24T08:00:00.000Z' },
});

const cancelled = { code: 'customer', by: 'customer' };
const sold = { quantity: 1, unitPrice: 100, total: 120, tax: 20 };
const known = (orderId: string): KnownOrder => ({
  orderId,
  currency: 'GBP',
  priority: 'standard',
  personal: { key: 'k', box: 'b' },
  shipGroups: [{ shipGroupId: '1', method: 'ship', destination: { country: 'GB' } }],
  lines: [{ ...sold, lineId: '1', shipGroupId: '1', attributes: { constructor: 'J' } }],
});

/** What every keeper of the registers promises. Each case uses ids of its own. */
export const registersContract = (name: string, registers: () => Registers): void =>
  describe(`registers in ${name}`, () => {
    describe('of orders', () => {
      it('give a cancellation the shipments that were added before', async () => {
        const { orders } = registers();
        expect(await Promise.all([orders.add(id(1), id(11)), orders.add(id(1), id(12)), orders.add(id(2), id(21))])).toEqual([{}, {}, {}]);
        await orders.add(id(1), id(11));
        for (const shipments of [await orders.shipmentsOf(id(1)), await orders.cancel(id(1), cancelled)])
          expect([...shipments].sort()).toEqual([id(11), id(12)]);
      });

      it('tell a shipment that is added later of the cancellation', async () => {
        const { orders } = registers();
        expect(await orders.cancel(id(3), cancelled)).toEqual([]);
        await orders.cancel(id(3), { code: 'later', by: 'operator' });
        expect(await Promise.all([orders.add(id(3), id(31)), orders.add(id(4), id(41))])).toEqual([{ cancelled }, {}]);
      });

      it('let a cancellation and a shipment at the same time find each other', async () => {
        const { orders } = registers();
        for (let n = 100; n < 140; n += 1) {
          const [found, shipments] = await Promise.all([orders.add(id(n), id(n + 1_000)), orders.cancel(id(n), cancelled)]);
          expect(found.cancelled !== undefined || shipments.includes(id(n + 1_000))).toBe(true);
        }
      });
    });

    describe('of what becomes of orders', () => {
      const hold = (holdId: string): KnownHold => ({
        holdId,
        type: 'fraud',
        reason: cancelled,
        heldAt: '2026-11-24T08:00:00.000Z',
        lines: ['1'],
      });

      it('give a hold to shipments that are added before and after it, until it is released', async () => {
        const { orders } = registers();
        await orders.add(id(7), id(71));
        expect(await Promise.all([orders.hold(id(7), hold(id(701))), orders.hold(id(7), hold(id(701)))])).toEqual([[id(71)], [id(71)]]);
        expect(await orders.add(id(7), id(72))).toEqual({ holds: [hold(id(701))] });
        expect([...(await orders.release(id(7), id(701)))].sort()).toEqual([id(71), id(72)]);
        // Told once more, it concerns none of them any more: their release may not be told them again.
        expect(await orders.hold(id(7), hold(id(701)))).toEqual([]);
        expect(await orders.add(id(7), id(73))).toEqual({});
      });

      it('give shipments that are added later the order as it was changed, in whatever order that was told', async () => {
        const { orders } = registers();
        await orders.learn(known(id(8)));
        const change = (n: number, over: Partial<OrderChange>): OrderChange => ({
          orderId: id(8),
          eventId: id(800 + n),
          sequence: n,
          ...over,
        });
        const added = { ...sold, lineId: '2', shipGroupId: '1', instructions: 'Gift wrap.' };
        const first = change(1, {
          lines: [{ lineId: '2', after: added }],
          shipGroups: [{ shipGroupId: '1', after: { destination: { country: 'FR' } } }],
        });
        const second = change(2, {
          lines: [{ lineId: '1' }],
          shipGroups: [{ shipGroupId: '1', after: { destination: { country: 'DE' }, personal: { key: 'k', box: 'new' } } }],
        });
        for (const each of [second, first, second]) await orders.change(each);
        const { order } = await orders.add(id(8), id(81));
        expect(order).toEqual({
          ...known(id(8)),
          lines: [added],
          shipGroups: [{ shipGroupId: '1', method: 'ship', destination: { country: 'DE' }, personal: { key: 'k', box: 'new' } }],
        });
      });
    });

    it('of orders keep what was first told of one, as it was told', async () => {
      const { orders } = registers();
      await Promise.all([orders.learn(known(id(5))), orders.learn(known(id(6)))]);
      await orders.learn({ ...known(id(5)), priority: 'expedited' });
      expect(await orders.add(id(5), id(51))).toEqual({ order: known(id(5)) });
    });

    describe('of tracking numbers', () => {
      it('find the shipment of a carrier’s number, and keep the first', async () => {
        const { tracking } = registers();
        await Promise.all([
          tracking.add({ carrier: 'a', trackingNumber: 'N1', shipmentId: id(1) }),
          tracking.add({ carrier: 'b', trackingNumber: 'N1', shipmentId: id(2) }),
        ]);
        await tracking.add({ carrier: 'a', trackingNumber: 'N1', shipmentId: id(9) });
        const find = (carrier: string, trackingNumber: string) => tracking.find({ carrier, trackingNumber });
        expect(await Promise.all([find('a', 'N1'), find('b', 'N1'), find('a', 'N2')])).toEqual([id(1), id(2), undefined]);
      });
    });

    describe('of scans that wait', () => {
      it('keep each once for its parcel, until it is taken out', async () => {
        const { parking } = registers();
        const [first, second, other] = [scan(900, 's1', 'P1'), scan(901, 's2', 'P1'), scan(902, 's1', 'P2')];
        for (const each of [first, { ...first, waitsFor: 'dated-ahead' } as const, second, other]) await parking.park(each);
        const parked = () => parking.waiting({ carrier: 'a', trackingNumber: 'P1' });
        expect(await parked()).toEqual([first, second]);
        expect(await parking.waiting({ carrier: 'b', trackingNumber: 'P1' })).toEqual([]);
        await parking.take([first.scanId]);
        expect(await parked()).toEqual([second]);
        expect(await parking.waiting({ carrier: 'a', trackingNumber: 'P2' })).toEqual([other]);
        expect(await Promise.all([parking.find(first.scanId), parking.find(second.scanId)])).toEqual([
          undefined,
          { scan: second, dismissed: false },
        ]);
      });

      it('are listed oldest first, by carrier and by what they wait for, page by page', async () => {
        const { parking } = registers();
        const all = [3, 1, 2].map((n) => ({ ...scan(910 + n, `s${n}`, 'P3'), carrier: 'lister' }));
        const ahead = { ...scan(914, 's4', 'P3'), carrier: 'lister', waitsFor: 'dated-ahead' } as const;
        for (const each of [...all, ahead]) await parking.park(each);
        const [one, two] = await parking.list({ carrier: 'lister' }, { limit: 2 });
        expect([one?.eventId, two?.eventId]).toEqual(['s1', 's2']);
        const after = [two?.parkedAt ?? '', two?.scanId ?? ''] as const;
        expect((await parking.list({ carrier: 'lister' }, { limit: 9, after })).map(({ eventId }) => eventId)).toEqual(['s3', 's4']);
        expect(await parking.list({ carrier: 'lister', waitsFor: 'dated-ahead' }, { limit: 9 })).toEqual([ahead]);
      });

      it('remember what was dismissed, and do not show it again', async () => {
        const { parking } = registers();
        const dismissed = scan(920, 's9', 'P9');
        await parking.park(dismissed);
        await parking.dismiss(dismissed.scanId, { reason: 'Not ours.', actor: 'desk', at: '2026-11-24T09:00:00.000Z' });
        await parking.park(dismissed);
        expect(await parking.waiting(dismissed)).toEqual([]);
        expect(await parking.find(dismissed.scanId)).toEqual({ scan: dismissed, dismissed: true });
      });
    });

    describe('of items', () => {
      it('keep the newest revision, in whatever order it is heard, many at a time', async () => {
        const { items } = registers();
        const item = (sku: string, title: string) => ({ sku, title, dimensions: { lengthMm: 1, widthMm: 2, heightMm: 3 }, fragile: true });
        await Promise.all([
          items.record(item('MUG', 'new'), 2),
          items.record(item('MUG', 'old'), 1),
          items.record(item('LAMP', 'lamp'), 1),
        ]);
        await items.record(item('MUG', 'again'), 2);
        expect(await items.find(['MUG', 'LAMP', 'NONE'])).toEqual(
          new Map([
            ['MUG', item('MUG', 'new')],
            ['LAMP', item('LAMP', 'lamp')],
          ]),
        );
        expect(await items.find([])).toEqual(new Map());
      });
    });

    describe('of locations', () => {
      const leeds: Origin = { location: 'LEEDS', name: 'Leeds', country: 'GB', latitude: 53.8, longitude: -1.55 };

      it('keep the newest revision, in whatever order it is heard', async () => {
        const { locations } = registers();
        await locations.record({ ...leeds, postalCode: 'LS1 1AA', timeZone: 'Europe/London' }, 2);
        await locations.record(leeds, 1);
        await locations.record({ ...leeds, name: 'Again' }, 2);
        expect(await locations.find('LEEDS')).toEqual({ ...leeds, postalCode: 'LS1 1AA', timeZone: 'Europe/London' });
        await locations.record({ ...leeds, name: 'Moved' }, 3);
        expect(await Promise.all([locations.find('LEEDS'), locations.find('YORK')])).toEqual([{ ...leeds, name: 'Moved' }, undefined]);
      });
    });

    describe('of what carriers sent', () => {
      const delivery = (carrier: string, text: string) => ({ carrier, rawBody: Buffer.from(text) });
      const answer = (received: number) => ({ received, applied: received, parked: [], notUnderstood: [] });
      const [early, late] = [new Date('2026-11-01T00:00:00.000Z'), new Date('2026-11-20T00:00:00.000Z')];

      it('keep the first answer, for the very bytes and that carrier, as long as is asked for', async () => {
        const { deliveries } = registers();
        await deliveries.remember(delivery('a', 'one'), answer(1), early);
        await deliveries.remember(delivery('a', 'one'), answer(2), late);
        expect(await deliveries.answerTo(delivery('a', 'one'), early)).toEqual(answer(1));
        expect(await deliveries.answerTo(delivery('a', 'one'), late)).toBeUndefined();
        expect(await deliveries.answerTo(delivery('b', 'one'), early)).toBeUndefined();
        expect(await deliveries.answerTo(delivery('a', 'one '), early)).toBeUndefined();
      });

      it('are found and kept each by itself, however many come at once', async () => {
        const { deliveries } = registers();
        await Promise.all([1, 2, 3].map((n) => deliveries.remember(delivery('a', `many ${n % 3}`), answer(n), n === 2 ? early : late)));
        const asked = (['0', '1', '2', '3'] as const).map((n) => deliveries.answerTo(delivery('a', `many ${n}`), early));
        expect(await Promise.all(asked)).toEqual([answer(3), answer(1), answer(2), undefined]);
        const same = [early, late].map((since) => deliveries.answerTo(delivery('a', 'many 2'), since));
        expect(await Promise.all(same)).toEqual([answer(2), undefined]);
      });

      it('forget the old ones, so many at a time', async () => {
        const { deliveries } = registers();
        for (const text of ['1', '2', '3'])
          await deliveries.remember(delivery('old', text), answer(1), new Date('2026-01-01T00:00:00.000Z'));
        await deliveries.remember(delivery('old', 'young'), answer(1), late);
        const before = '2026-02-01T00:00:00.000Z';
        expect([await deliveries.forget(before, 2), await deliveries.forget(before, 2), await deliveries.forget(before, 2)]).toEqual([
          2, 1, 0,
        ]);
        expect(await deliveries.answerTo(delivery('old', 'young'), early)).toEqual(answer(1));
      });
    });
  });

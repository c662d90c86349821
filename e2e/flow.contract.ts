import { randomUUID } from 'node:crypto';
import { eventually } from '@cartage/testkit';
import { itemsOf, type Json } from './client';
import { orderOf, PATIENCE, unique, type Shop } from './shop';

/** A customer's order and what becomes of it, over HTTP: the same on every wiring. */
export const flowContract = (shop: () => Shop): void => {
  describe('an order', () => {
    it('goes from capture to the doorstep: paid, issued, labelled, tracked, and told step by step', async () => {
      const { stock, place, order, moneyOf, available, reached, shipmentsAt, pack, labelOf, scan, dispatch, get, bytes, ask } = shop();
      const [location, sku, key] = [unique('LDN'), unique('MUG'), randomUUID()];
      await stock(location, [{ sku, quantity: 10 }]);
      const body = orderOf([{ sku, quantity: 2, unitPrice: 1_250 }], { shipping: { amount: 495 } });
      const orderId = await place(body, key);
      const repeated = await ask('POST', '/orders', { body, key });
      expect([repeated.status, repeated.body['orderId'], repeated.headers.get('cartage-repeated')]).toEqual([200, orderId, 'true']);

      const [shipmentId = ''] = await shipmentsAt(orderId, 'to-pack', 1);
      await eventually(async () => expect(await order(orderId)).toMatchObject({ status: 'in-fulfillment' }), PATIENCE);
      expect(await available(sku)).toMatchObject({ onHand: 10, reserved: 0, allocated: 2, atp: 8 });

      await pack(shipmentId);
      const { trackingToken } = await labelOf(shipmentId);
      expect((await bytes(`/shipping/shipments/${shipmentId}/label.pdf`)).subarray(0, 5).toString()).toBe('%PDF-');
      const awb = await dispatch(shipmentId);
      await eventually(async () => {
        expect(await available(sku)).toMatchObject({ onHand: 8, reserved: 0, allocated: 0, atp: 8 });
        expect(await moneyOf(orderId)).toMatchObject({ captured: 2_995, refunded: 0, discrepancies: [] });
      }, PATIENCE);

      await scan(awb, ['PICKED_UP', 'HUB_SCAN', 'ON_VAN', 'DELIVERED']);
      expect(await reached(orderId, 'completed')).toMatchObject({ lines: [{ sku, status: 'delivered', progress: { delivered: 2 } }] });
      await eventually(async () => expect(await order(orderId)).toMatchObject({ money: { captured: 2_995 } }), PATIENCE);
      const tracked = await eventually(async () => {
        const found = await get(`/shipping/track/${trackingToken}`);
        expect(found).toMatchObject({ trackingNumbers: [awb], status: 'delivered', country: 'GB' });
        return found;
      }, PATIENCE);
      expect(JSON.stringify(tracked)).not.toMatch(/Ada Miller|High Street|ada@example/);
      expect((tracked['milestones'] as readonly Json[]).map(({ milestone }) => milestone)).toEqual(
        expect.arrayContaining(['picked-up', 'in-transit', 'out-for-delivery', 'delivered']),
      );
      const steps = itemsOf(await get(`/orders/${orderId}/timeline?limit=200`)).map(({ step }) => String(step));
      const told = ['placed', 'confirmed', 'allocated', 'packed', 'delivered', 'completed'];
      expect(steps.filter((step) => told.includes(step))).toEqual(told);
    }, 90_000);

    it('can be seen as it stood before, by version and by time', async () => {
      const { stock, place, order, shipmentsAt, get } = shop();
      const [location, sku] = [unique('LDN'), unique('SKU')];
      await stock(location, [{ sku, quantity: 1 }]);
      const orderId = await place(orderOf([{ sku, quantity: 1 }]));
      await shipmentsAt(orderId, 'to-pack', 1);
      expect(await get(`/orders/${orderId}?asOf=1`)).toMatchObject({ version: 1, status: 'placed' });
      const [first] = itemsOf(await get(`/orders/${orderId}/timeline`));
      const then = await get(`/orders/${orderId}?asOf=${encodeURIComponent(String(first?.['recordedAt']))}`);
      expect(Number(then['version'])).toBeLessThan(Number((await order(orderId))['version']));
    }, 60_000);

    it('of a channel is one, however many tell of it at once', async () => {
      const { ask, get } = shop();
      const [channel, externalId] = [unique('market').toLowerCase(), unique('order')];
      const body = orderOf([{ sku: unique('SKU'), quantity: 1 }]);
      const path = `/channels/${channel}/orders/${externalId}`;
      const answers = await Promise.all(Array.from({ length: 8 }, () => ask('PUT', path, { body })));
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 200, 200, 200, 200, 201]);
      const ids = new Set(answers.map((answer) => answer.body['orderId']));
      expect(ids.size).toBe(1);
      const listed = await eventually(async () => {
        const page = itemsOf(await get(`/orders?channel=${channel}`));
        expect(page).toHaveLength(1);
        return page;
      }, PATIENCE);
      expect(listed[0]).toMatchObject({ orderId: [...ids][0], externalOrderId: externalId });
    }, 60_000);

    it('is found by channel, customer, SKU, status and date, page by page', async () => {
      const { place, get, ask } = shop();
      const [channel, sku, customer] = [unique('web').toLowerCase(), unique('SKU'), unique('customer')];
      const placedAt = (day: number): string => `2026-10-0${day}T10:00:00.000Z`;
      const orderIds: string[] = [];
      for (const day of [1, 2, 3]) {
        const more = { channel, placedAt: placedAt(day), customer: { id: day === 3 ? unique('other') : customer, name: 'Ada Miller' } };
        orderIds.push(await place(orderOf([{ sku: day === 2 ? unique('SKU') : sku, quantity: 1 }], more)));
      }
      const [first, second, third] = orderIds;
      const found = async (query: string): Promise<readonly unknown[]> =>
        itemsOf(await get(`/orders?channel=${channel}&${query}`)).map(({ orderId }) => orderId);
      await eventually(async () => expect(await found('status=on-hold')).toEqual([third, second, first]), PATIENCE);
      expect(await found(`customer=${customer}`)).toEqual([second, first]);
      expect(await found(`sku=${sku}`)).toEqual([third, first]);
      expect(await found(`placedFrom=${placedAt(2)}&placedTo=${placedAt(3)}`)).toEqual([second]);
      expect(await found('status=completed')).toEqual([]);

      const seen: unknown[] = [];
      let next: unknown = '';
      for (let pages = 0; next !== null && pages < 5; pages += 1) {
        const page: Json = await get(`/orders?channel=${channel}&limit=1${next ? `&cursor=${String(next)}` : ''}`);
        seen.push(...itemsOf(page).map(({ orderId }) => orderId));
        ({ next } = page);
      }
      expect(seen).toEqual([third, second, first]);
      expect(await ask('GET', '/orders?status=nonsense')).toMatchObject({ status: 422, body: { errors: [{ field: 'status' }] } });
    }, 60_000);

    it('with a declined payment is cancelled, and its stock is free again', async () => {
      const { stock, place, available, reached, payment } = shop();
      const [location, sku] = [unique('LDN'), unique('SKU')];
      await stock(location, [{ sku, quantity: 3 }]);
      const orderId = await place(orderOf([{ sku, quantity: 2 }], { payment: { method: 'card', token: 'tok_decline' } }));
      expect(await reached(orderId, 'cancelled')).toMatchObject({ payments: [{ outcome: 'declined' }] });
      expect(await payment(orderId)).toMatchObject({ status: 'declined' });
      await eventually(async () => expect(await available(sku)).toMatchObject({ onHand: 3, reserved: 0, allocated: 0, atp: 3 }), PATIENCE);
    }, 60_000);

    it('that nobody has stock for is held, with its reason, and claims nothing', async () => {
      const { stock, place, available, reached } = shop();
      const [location, sku] = [unique('LDN'), unique('SKU')];
      await stock(location, [{ sku, quantity: 1 }]);
      const orderId = await place(orderOf([{ sku, quantity: 2 }]));
      expect(await reached(orderId, 'on-hold')).toMatchObject({ holds: [{ type: 'stock-short' }] });
      expect(await available(sku)).toMatchObject({ onHand: 1, reserved: 0, allocated: 0 });
    }, 60_000);

    it('that no location has whole is split over two, and paid as it ships', async () => {
      const { stock, place, deliver, moneyOf, get } = shop();
      const [north, south, lamp, bulb] = [unique('LDN'), unique('LDN'), unique('LAMP'), unique('BULB')];
      await stock(north, [{ sku: lamp, quantity: 5 }]);
      await stock(south, [{ sku: bulb, quantity: 5 }]);
      const orderId = await place(
        orderOf([
          { sku: lamp, quantity: 1, unitPrice: 3_000 },
          { sku: bulb, quantity: 4, unitPrice: 200 },
        ]),
      );
      await deliver(orderId, 2);
      await eventually(async () => expect(await moneyOf(orderId)).toMatchObject({ captured: 3_800, discrepancies: [] }), PATIENCE);
      const brokered = (await get(`/orders/${orderId}`))['shipments'] as readonly Json[];
      expect(brokered.map(({ location }) => location).toSorted()).toEqual([north, south].toSorted());
      const [decision] = itemsOf(await get(`/fulfillment/orders/${orderId}/decisions`));
      expect(decision).toMatchObject({ orderId });
    }, 90_000);

    it('for the last unit wins it alone, though two come at once', async () => {
      const { stock, place, order, available } = shop();
      const [location, sku] = [unique('LDN'), unique('LAST')];
      await stock(location, [{ sku, quantity: 1 }]);
      const orderIds = await Promise.all([1, 2].map(() => place(orderOf([{ sku, quantity: 1 }]))));
      await eventually(async () => {
        const statuses = await Promise.all(orderIds.map(async (orderId) => (await order(orderId))['status']));
        expect(statuses.toSorted()).toEqual(['in-fulfillment', 'on-hold']);
      }, PATIENCE);
      await eventually(async () => expect(await available(sku)).toMatchObject({ onHand: 1, reserved: 0, allocated: 1, atp: 0 }), PATIENCE);
    }, 60_000);
  });

  describe('cash on delivery', () => {
    it('is collected at the door and handed over by the carrier', async () => {
      const { stock, place, deliver, moneyOf, post } = shop();
      const [location, sku] = [unique('LDN'), unique('SKU')];
      await stock(location, [{ sku, quantity: 1 }]);
      const orderId = await place(orderOf([{ sku, quantity: 1, unitPrice: 2_000 }], { payment: { method: 'cod' } }));
      const [shipmentId] = await deliver(orderId);
      await eventually(async () => expect(await moneyOf(orderId)).toMatchObject({ collected: 2_000, remitted: 0 }), PATIENCE);
      const remittance = { shipmentId, amount: 2_000, reference: unique('REM') };
      expect(await post(`/payments/${orderId}/remittances`, randomUUID(), remittance)).toMatchObject({
        money: { collected: 2_000, remitted: 2_000, captured: 0, discrepancies: [] },
      });
    }, 90_000);
  });

  describe('a return', () => {
    it('is refunded and back in stock after it came in and was looked at', async () => {
      const { stock, place, deliver, moneyOf, available, post, get, ask } = shop();
      const [location, sku] = [unique('LDN'), unique('HAT')];
      await stock(location, [{ sku, quantity: 5 }]);
      const orderId = await place(orderOf([{ sku, quantity: 3, unitPrice: 1_000 }]));
      await deliver(orderId);
      const lines = [{ lineId: '1', quantity: 1, reason: 'too-small' }];
      const key = randomUUID();
      // The returns service hears of the delivery in its own time; until then it refuses, and the key may be used again.
      const returned = await eventually(() => post('/returns', key, { orderId, lines }), PATIENCE);
      expect(returned).toMatchObject({ orderId, status: 'authorized' });
      const path = `/returns/${String(returned['returnId'])}`;
      await post(`${path}/receive`, randomUUID(), { location, lines: [{ lineId: '1', quantity: 1 }] });
      await post(`${path}/grade`, randomUUID(), { lineId: '1', quantity: 1, grade: 'A' });
      await eventually(async () => expect(await get(path)).toMatchObject({ status: 'closed', refunded: 1_000 }), PATIENCE);
      expect(await moneyOf(orderId)).toMatchObject({ captured: 3_000, refunded: 1_000, discrepancies: [] });
      await eventually(async () => expect(await available(sku)).toMatchObject({ onHand: 3, atp: 3 }), PATIENCE);
      const tooMuch = { orderId, lines: [{ lineId: '1', quantity: 3, reason: 'too-small' }] };
      expect((await ask('POST', '/returns', { key: randomUUID(), body: tooMuch })).status).toBe(422);
    }, 90_000);
  });

  describe('bad input', () => {
    it.each([
      { what: 'no lines', field: 'lines', wrong: { lines: [] } },
      { what: 'half a unit', field: 'lines[0].quantity', wrong: { lines: [{ sku: 'A', quantity: 0.5, unitPrice: 1 }] } },
      { what: 'no such currency', field: 'currency', wrong: { currency: 'POUND' } },
      { what: 'no such country', field: 'shipTo.country', wrong: { shipTo: { lines: ['1 Street'], city: 'X', country: 'Narnia' } } },
      { what: 'an unknown field', field: 'colour', wrong: { colour: 'red' } },
    ])('of an order with $what names the field, and nothing is written', async ({ field, wrong }) => {
      const { ask, get } = shop();
      const channel = unique('bad').toLowerCase();
      const body = { ...orderOf([{ sku: 'A', quantity: 1 }], { channel }), ...wrong };
      const answer = await ask('POST', '/orders', { key: randomUUID(), body });
      expect(answer).toMatchObject({
        status: 422,
        body: { code: expect.any(String), errors: expect.arrayContaining([expect.objectContaining({ field })]) },
      });
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(itemsOf(await get(`/orders?channel=${channel}`))).toEqual([]);
    });

    it('with a card number in it is refused before anybody reads it', async () => {
      const body = orderOf([{ sku: 'A', quantity: 1 }], { instructions: 'charge 4111 1111 1111 1111' });
      const answer = await shop().ask('POST', '/orders', { key: randomUUID(), body });
      expect(answer.status).toBe(422);
      expect(JSON.stringify(answer.body)).not.toContain('4111');
    });

    it('of another order under a used key is refused', async () => {
      const { place, ask } = shop();
      const key = randomUUID();
      await place(orderOf([{ sku: unique('SKU'), quantity: 1 }]), key);
      expect(await ask('POST', '/orders', { key, body: orderOf([{ sku: unique('SKU'), quantity: 1 }]) })).toMatchObject({
        status: 422,
        body: { code: 'IDEMPOTENCY_KEY_REUSED' },
      });
    });
  });
};

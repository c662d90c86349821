import { randomUUID } from 'node:crypto';
import { eventually } from '@cartage/testkit';
import { itemsOf, type Json } from './client';
import { orderOf, PATIENCE, unique, type Shop } from './shop';

/** What locations do with what they are given: the same on every wiring. */
export const fulfillmentsContract = (shop: () => Shop): void => {
  const fulfillmentsOf = async (orderId: string): Promise<readonly Json[]> =>
    (await shop().get(`/fulfillment/orders/${orderId}`))['fulfillments'] as readonly Json[];
  const standing = ({ status }: Json): boolean => !['rejected', 'refused', 'cancelled'].includes(String(status));
  const desk = (fulfillmentId: unknown, step: string, body: Json) =>
    shop().ask('POST', `/fulfillment/fulfillments/${String(fulfillmentId)}/${step}`, { key: randomUUID(), body });

  it('a rejection that crosses the dispatch, again and again: no parcel is doubled, and nothing is stuck', async () => {
    const { stock, place, shipmentsAt, pack, labelOf, ask, get, order } = shop();
    const [near, far, sku] = [unique('NEAR'), unique('FAR'), unique('MUG')];
    await Promise.all([stock(near, [{ sku, quantity: 20 }]), stock(far, [{ sku, quantity: 20 }])]);
    const orders = await Promise.all(Array.from({ length: 6 }, () => place(orderOf([{ sku, quantity: 1 }]))));
    await Promise.all(
      orders.map(async (orderId) => {
        const [shipmentId = ''] = await shipmentsAt(orderId, 'to-pack', 1);
        await pack(shipmentId);
        await labelOf(shipmentId);
        const [{ fulfillmentId } = {} as Json] = await fulfillmentsOf(orderId);
        const [dispatched] = await Promise.all([
          ask('POST', `/shipping/shipments/${shipmentId}/dispatch`, { key: randomUUID() }),
          desk(fulfillmentId, 'reject', { reason: 'changed-our-mind' }),
        ]);
        expect([200, 409]).toContain(dispatched.status);
      }),
    );
    for (const orderId of orders)
      await eventually(async () => {
        const fulfillments = (await fulfillmentsOf(orderId)).filter(standing);
        expect(fulfillments).toHaveLength(1);
        expect(['brokered', 'closed']).toContain(fulfillments[0]?.['status']);
        const shipments = itemsOf(await get(`/shipping/shipments?orderId=${orderId}`)).filter(({ status }) => status !== 'cancelled');
        expect(shipments).toHaveLength(1);
        expect(shipments[0]?.['status']).toBe(fulfillments[0]?.['status'] === 'closed' ? 'dispatched' : shipments[0]?.['status']);
        expect((await order(orderId))['status']).not.toBe('on-hold');
      }, PATIENCE);
  }, 90_000);

  it('a location rejects one line as not there: it is booked, and comes from elsewhere; the other goes from where it is', async () => {
    const { stock, place, shipmentsAt, available, get } = shop();
    const [one, two, mug, tee] = [unique('LDN'), unique('MAN'), unique('MUG'), unique('TEE')];
    await stock(one, [
      { sku: mug, quantity: 5 },
      { sku: tee, quantity: 5 },
    ]);
    const orderId = await place(
      orderOf([
        { sku: mug, quantity: 1 },
        { sku: tee, quantity: 2 },
      ]),
    );
    await shipmentsAt(orderId, 'to-pack', 1);
    await stock(two, [{ sku: tee, quantity: 5 }]);
    const [{ fulfillmentId } = {} as Json] = await fulfillmentsOf(orderId);
    const lines = [{ lineId: '2', quantity: 2 }];
    expect(await desk(fulfillmentId, 'reject', { reason: 'not-on-shelf', stockEffect: 'zero', lines })).toMatchObject({ status: 200 });
    await eventually(async () => {
      const found = (await fulfillmentsOf(orderId)).filter(standing);
      expect(found.map(({ location }) => location).toSorted()).toEqual([one, two].toSorted());
    }, PATIENCE);
    await eventually(async () => {
      const { locations } = await available(tee);
      expect(locations).toEqual(expect.arrayContaining([expect.objectContaining({ location: one, onHand: 0 })]));
      const packed = itemsOf(await get(`/shipping/shipments?orderId=${orderId}&status=to-pack`));
      expect(packed).toHaveLength(2);
    }, PATIENCE);
  }, 90_000);

  it('a fulfilment is moved to the location that somebody names, as a preview says it would', async () => {
    const { stock, place, shipmentsAt, ask } = shop();
    const [here, there, sku] = [unique('LDN'), unique('MAN'), unique('MUG')];
    await stock(here, [{ sku, quantity: 2 }]);
    const orderId = await place(orderOf([{ sku, quantity: 1 }]));
    await shipmentsAt(orderId, 'to-pack', 1);
    await stock(there, [{ sku, quantity: 2 }]);
    const [{ fulfillmentId } = {} as Json] = await fulfillmentsOf(orderId);
    const body = { location: there, reason: 'too-busy' };
    await eventually(async () => {
      const preview = await ask('POST', `/fulfillment/fulfillments/${String(fulfillmentId)}/move?preview=true`, { body });
      expect(preview).toMatchObject({ status: 200, body: { events: [{ type: 'FulfillmentRejectionRequested' }] } });
    }, PATIENCE);
    expect(await desk(fulfillmentId, 'move', body)).toMatchObject({ status: 200 });
    await eventually(async () => {
      expect(await fulfillmentsOf(orderId)).toMatchObject([
        { location: here, status: 'rejected' },
        { location: there, status: 'brokered', attempt: 1 },
      ]);
    }, PATIENCE);
  }, 90_000);
};

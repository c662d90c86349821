import type { Meta } from '@cartage/eventsourcing';
import { sampleOf } from '@cartage/testkit';
import { holdsOf } from '../domain/beside';
import { orderCancelled, ref } from '../domain/shipment.fixture';
import { allocated, placed, setUp } from '../edge/shipping.fixture';
import { createInterventions } from './interventions';
import { createShipments } from './shipments';

const { shipmentId, orderId } = ref;

const { lines: _lines, shipGroupId: _group, ...ofTheOrder } = sampleOf('HoldApplied');
const hold = { ...ofTheOrder, orderId, holdId: 'h1', type: 'fraud' };
const shipGroupId = placed.shipGroups[0]?.shipGroupId ?? '';
const moved = { ...sampleOf('DestinationChanged'), orderId, shipGroupId, personal: { key: 'another', box: 'box' } };

/** A planner that has looked at the order, and to whom something happens before its plan is written. */
const planner = () => {
  const { log, registers, labels, customs, packing, shipments, now, meta } = setUp();
  const needs = {
    log,
    labels,
    customs,
    packing,
    partners: { at: async () => undefined },
    dropship: async () => undefined,
    orders: registers.orders,
    shipmentIdOf: () => shipmentId,
    now,
  };
  const { holdOrder, releaseOrder, readdress } = createInterventions(needs);
  const planAfter = async (happening: () => Promise<unknown>): Promise<void> => {
    await shipments.learn(placed);
    const send: typeof log.send = async (...args) => {
      await happening();
      return log.send(...args);
    };
    await createShipments({ ...needs, log: { ...log, send } }).plan(allocated, meta());
  };
  const shipment = async () => (await log.read(shipmentId)).shipment;
  const plan = () => createShipments(needs).plan(allocated, meta());
  return { planAfter, plan, shipment, shipments, holdOrder, releaseOrder, readdress, meta };
};

type Told = (planned: ReturnType<typeof planner>, meta: Meta) => Promise<unknown>;

describe('what is told of an order between a planner’s look at it and the plan', () => {
  it.each<[what: string, tell: Told, shown: object]>([
    ['a hold', ({ holdOrder }, meta) => holdOrder(hold, meta), { holds: [{ holdId: 'h1' }] }],
    [
      'a new address',
      ({ readdress }, meta) => readdress({ orderId, eventId: 'e', sequence: 2, shipGroups: [] }, moved, meta),
      { plan: { personal: { key: 'another' } } },
    ],
    [
      'its cancellation',
      ({ shipments }, meta) => shipments.cancelOrder({ orderId, reason: orderCancelled }, meta),
      { status: 'cancelled' },
    ],
  ])('waits for the plan: %s', async (_, tell, shown) => {
    const planned = planner();
    await planned.planAfter(() =>
      expect(tell(planned, planned.meta('told'))).rejects.toMatchObject({ code: 'SHIPMENT_UNKNOWN', kind: 'unknown' }),
    );
    await tell(planned, planned.meta('told'));
    expect(await planned.shipment()).toMatchObject(shown);
  });
});

it('is not held again by a hold that was told before it was planned, and is told once more with its release', async () => {
  const { plan, shipment, shipments, holdOrder, releaseOrder, meta } = planner();
  const release = { ...sampleOf('HoldReleased'), orderId, holdId: hold.holdId, type: hold.type };
  await shipments.learn(placed);
  await holdOrder(hold, meta('held'));
  await plan();
  expect(await shipment()).toMatchObject({ holds: [{ holdId: hold.holdId }] });
  // Whoever crashed begins again some events before where it was.
  await releaseOrder(release, meta('released'));
  await holdOrder(hold, meta('held'));
  await releaseOrder(release, meta('released'));
  expect(holdsOf(await shipment())).toEqual([]);
});

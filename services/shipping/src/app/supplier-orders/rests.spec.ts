import { TO_FOLLOW } from '@cartage/contracts';
import { handling, memoryStore, reading, type DataOf } from '@cartage/eventsourcing';
import fc from 'fast-check';
import type { ShipmentEvent } from '../../domain/events';
import type { PartnerNotice } from '../../domain/partner-notice';
import { plan as planned, ref } from '../../domain/shipment.fixture';
import { isCarried, type Shipment } from '../../domain/shipment';
import { supplierOrder } from '../../domain/supplier-orders/supplier-order';
import { allocated, placed, setUp } from '../../edge/shipping.fixture';
import { memoryMessages } from '../partners/memory-messages.fixture';
import { tellingPartners } from '../partners/messages-due';
import { PartnerNotices, type NoticeContent, type NoticeTable, type ReceivedNotice, type ShapedNotice } from '../partners/partner-notices';
import { createShipments } from '../shipments';
import { createSupplierOrders, drawingUpOrders, supplierOrderStream, type HeardOfSupplier } from './supplier-orders';

const supplier = 'lamp-works';
const { shipmentId: reference } = ref;

/** Notices in memory, as the table keeps them. */
const noticeTable = (): NoticeTable => {
  const kept = new Map<string, { readonly notice: ReceivedNotice; readonly content: NoticeContent }>();
  return {
    find: async (_, noticeId) => kept.get(noticeId),
    keep: async (row) => void kept.set(row.notice.noticeId, row),
    parked: async (shipmentId) => [...kept.values()].filter(({ notice }) => notice.status === 'parked' && notice.reference === shipmentId),
    list: async () => [...kept.values()].map(({ notice }) => notice),
  };
};

type Picked = DataOf<ShipmentEvent, 'ShipmentPicked'>;

const heardTypes = ['ShipmentAccepted', 'ShipmentRejected', 'ShipmentPicked', 'ShipmentDispatched', 'ShipmentCancelled'];
const isHeard = (event: ShipmentEvent): event is HeardOfSupplier => heardTypes.includes(event.type);

/** A shipment of a supplier, with routing and inventory played along: what is to follow is allocated at the same place again. */
const dropshipped = async () => {
  const { log: own, labels, packing, customs, registers, now, meta } = setUp();
  const store = memoryStore();
  const send = handling({ store, newId: () => meta().commandId, isPublic: () => true }, supplierOrder);
  const { load } = reading(store, supplierOrder);
  const order = async () => (await load(supplierOrderStream(`so/${reference}`))).state;
  const orders = createSupplierOrders({ send, read: order, list: async () => [], log: own, answerMs: 3_600_000, now });
  const [outbox, table, toFollow, told] = [memoryMessages(), noticeTable(), [] as Picked[], [] as HeardOfSupplier[]];
  const drawing = drawingUpOrders(own, send);
  const dying = { times: 0 };
  const watched: typeof own = {
    ...drawing,
    send: async (...sent) => {
      const handled = await drawing.send(...sent);
      for (const event of handled.events) {
        if (isHeard(event)) told.push(event);
        if (event.type === 'ShipmentPicked' && event.data.short.some(({ reason }) => reason.code === TO_FOLLOW)) toFollow.push(event.data);
      }
      if ((dying.times -= 1) >= 0) throw new Error('died behind the append');
      return handled;
    },
  };
  const idFor = (...named: readonly string[]) => named.join('/');
  const log = tellingPartners({ log: watched, plan: outbox.plan, messageIdOf: idFor, now });
  const shipmentIds: string[] = [reference];
  const shipments = createShipments({
    ...{ log, labels, packing, customs, now, orders: registers.orders },
    partners: { at: async () => ({ partner: supplier, kind: 'supplier' }) },
    dropship: async (_, { shipmentId }) => ({ supplierOrderId: `so/${shipmentId}`, number: 'SO-1', costs: [] }),
    shipmentIdOf: (fulfillmentId) => (fulfillmentId === ref.fulfillmentId ? reference : fulfillmentId),
  });
  const partners = { find: async () => ({}) as never };
  const state = async () => undefined;
  const notices = new PartnerNotices({
    ...{ partners, table, outbox, log, labels, state, idFor, now, orders: registers.orders },
    newToken: () => 't',
  });
  const follow = async (): Promise<void> => {
    for (let rest = toFollow.shift(); rest; rest = toFollow.shift()) {
      const fulfillmentId = `rest-${shipmentIds.length}`;
      shipmentIds.push(fulfillmentId);
      const lines = rest.short.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity }));
      await shipments.plan({ ...allocated, fulfillmentId, lines }, meta());
      await notices.planned(reference, meta());
    }
  };
  /** What was told is published, and comes twice. */
  const hearTold = async (): Promise<void> => {
    for (const fact of told.splice(0).flatMap((event) => [event, event])) await orders.hear(fact, meta());
  };
  let said = 0;
  const saysAtOnce = async (...all: readonly PartnerNotice[]): Promise<readonly string[]> => {
    const statuses: string[] = [];
    for (const notice of all) {
      const content: ShapedNotice = { kind: notice.kind, reference, notice };
      statuses.push((await notices.take({ partner: supplier, noticeId: `n${(said += 1)}` }, content, meta())).status);
    }
    await follow();
    await hearTold();
    return statuses;
  };
  const says = async (notice: PartnerNotice) => (await saysAtOnce(notice))[0];
  await shipments.learn(placed);
  await shipments.plan(allocated, meta());
  return {
    ...{ says, saysAtOnce, outbox, log, meta, table, order, dying, hearTold },
    parts: async (): Promise<readonly Shipment[]> => Promise.all(shipmentIds.map(async (id) => (await log.read(id)).shipment)),
  };
};

const shippedIn = (trackingNumber: string, lineId: string, quantity: number): PartnerNotice => ({
  ...{ kind: 'dispatched', carrier: 'dhl', dispatchedAt: '2026-11-23T15:00:00.000Z' },
  parcels: [{ trackingNumber, lines: [{ lineId, quantity }] }],
});
const [mug, mugs, lamp] = [shippedIn('A', '1', 1), shippedIn('B', '1', 2), shippedIn('C', '2', 1)];
const delivered: PartnerNotice = { kind: 'delivered', deliveredAt: '2026-11-25T15:00:00.000Z', parcels: [{ trackingNumber: 'A' }] };

describe('what a supplier sends in several parts', () => {
  it('is asked of it once, and each part is a shipment of its own', async () => {
    const { says, outbox, parts, order } = await dropshipped();
    expect(await says(mug)).toBe('taken');
    expect(await parts()).toMatchObject([
      { status: 'dispatched', plan: { lines: [{ lineId: '1', quantity: 1 }] } },
      {
        ...{ status: 'to-pack', withPartner: { acceptedAt: expect.any(String) as string } },
        plan: { restOf: reference, follows: reference, lines: [{ lineId: '1', quantity: 2 }, { lineId: '2' }] },
      },
    ]);
    expect(await order()).toMatchObject({ status: 'partly-shipped', notices: [{ shipmentId: reference }] });
    expect(outbox.planned.map(({ content }) => content.kind)).toEqual(['request']);
    await says(lamp);
    await says(mugs);
    expect((await parts()).map(({ status }) => status)).toEqual(['dispatched', 'dispatched', 'dispatched']);
    expect(await order()).toMatchObject({ status: 'shipped', lines: [{ shipped: 3 }, { shipped: 1 }] });
  });

  it('is heard by what was told of it: whoever told it may die behind that, and be told by it under another name', async () => {
    const { says, hearTold, order, dying } = await dropshipped();
    dying.times = 1;
    await expect(says({ kind: 'accepted' })).rejects.toThrow('died behind the append');
    expect(await says({ kind: 'accepted' })).toBe('taken');
    await hearTold();
    expect(await order()).toMatchObject({ status: 'accepted', lines: [{ accepted: 3 }, { accepted: 1 }] });
  });

  it('ends where it rejects the rest, and is asked back as the rest, by the reference that it knows', async () => {
    const rejecting = await dropshipped();
    await rejecting.says(mug);
    await rejecting.says({ kind: 'rejected', reason: { code: 'out-of-stock', by: 'provider' } });
    const [, rest] = await rejecting.parts();
    expect(rest).toMatchObject({ status: 'to-pack', withPartner: { rejected: 'whole' } });
    expect(await rejecting.order()).toMatchObject({ status: 'shipped', lines: [{ shipped: 1, rejected: 2 }, { rejected: 1 }] });

    const asked = await dropshipped();
    await asked.says(mug);
    const shipment = { ...ref, shipmentId: 'rest-1', lines: planned.lines };
    const reason = { code: 'order-cancelled', by: 'customer' };
    await asked.log.send('rest-1', { type: 'CancelShipment', data: { shipment, reason, now: '2026-11-23T16:00:00.000Z' } }, asked.meta());
    expect(asked.outbox.planned.at(-1)).toMatchObject({ shipmentId: 'rest-1', content: { kind: 'cancel' } });
    await asked.says({ kind: 'cancelled', reason });
    expect((await asked.parts()).map(({ status }) => status)).toEqual(['dispatched', 'cancelled']);
    expect(await asked.order()).toMatchObject({ status: 'shipped', lines: [{ cancelled: 2 }, { cancelled: 1 }] });
  });

  it('is there as far as it had said that it is out, though what follows was not planned yet', async () => {
    const { saysAtOnce, parts, order, table } = await dropshipped();
    const all: PartnerNotice = { kind: 'delivered', deliveredAt: '2026-11-25T15:00:00.000Z' };
    expect(await saysAtOnce(mug, mugs, lamp, all)).toEqual(['taken', 'parked', 'parked', 'parked']);
    expect((await parts()).map(({ status }) => status)).toEqual(['delivered', 'delivered', 'delivered']);
    expect(await order()).toMatchObject({ status: 'shipped', lines: [{ shipped: 3 }, { shipped: 1 }] });
    expect(await table.parked(reference)).toEqual([]);
  });

  it('is the same in the end, whatever the order in which it says so, and however often', async () => {
    const said: readonly PartnerNotice[] = [{ kind: 'accepted' }, mug, mugs, lamp, delivered];
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...said], { minLength: said.length }),
        fc.array(fc.constantFrom(...said), { maxLength: 3 }),
        async (all, again) => {
          const { says, parts, order, table } = await dropshipped();
          for (const notice of [...all, ...again]) await says(notice);
          const out = (await parts()).filter(isCarried);
          const parcels = out.flatMap(({ tracked }) => tracked.map(({ trackingNumber, status }) => `${trackingNumber} ${status}`));
          expect(parcels.toSorted()).toEqual(['A delivered', 'B dispatched', 'C dispatched']);
          expect(await order()).toMatchObject({ status: 'shipped', lines: [{ shipped: 3, rejected: 0 }, { shipped: 1 }] });
          const notTaken = (await table.list({} as never)).filter(({ status }) => status !== 'taken');
          expect(notTaken).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });
});

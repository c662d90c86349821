import { memoryStore, type EventStore } from '@cartage/eventsourcing';
import { orderCancelled, ref } from '../domain/shipment.fixture';
import { allocated, placed, setUp } from '../edge/shipping.fixture';

const { shipmentId, orderId } = ref;

describe('allocated stock', () => {
  it('of an order that nobody told of yet waits for it', async () => {
    const { shipments, meta } = setUp();
    await expect(shipments.plan(allocated, meta())).rejects.toMatchObject({ code: 'ORDER_UNKNOWN', kind: 'unknown' });
  });

  it('is planned with where it goes and what the packer must know', async () => {
    const { shipments, meta, log } = setUp();
    await shipments.learn(placed);
    await shipments.plan(allocated, meta());
    expect((await log.read(shipmentId)).shipment).toMatchObject({
      status: 'to-pack',
      plan: {
        destination: { country: 'GB', postalArea: 'SW1A' },
        service: 'standard',
        personal: placed.personal,
        lines: [{ lineId: '1', attributes: { engraving: 'M & J' } }, { lineId: '2' }],
      },
    });
  });
});

describe('cancelling', () => {
  it('gives the label back to the carrier, once', async () => {
    const { packed, labels, shipments, meta, types, asked } = setUp();
    await packed();
    await labels.buy(shipmentId, meta());
    await shipments.cancelOrder({ orderId, reason: orderCancelled }, meta('cancelled'));
    await shipments.cancelOrder({ orderId, reason: orderCancelled }, meta('cancelled'));
    expect(asked).toEqual(['book standard', 'void CTG1']);
    expect((await types()).slice(-2)).toEqual(['ShipmentCancelled', 'LabelVoided']);
  });

  it.each([
    ['before', true],
    ['after', false],
  ])('of an order that is heard %s its plan ends the shipment', async (_, isBefore) => {
    const { shipments, meta, log } = setUp();
    await shipments.learn(placed);
    const steps = [() => shipments.cancelOrder({ orderId, reason: orderCancelled }, meta()), () => shipments.plan(allocated, meta())];
    for (const step of isBefore ? steps : steps.reverse()) await step();
    expect((await log.read(shipmentId)).shipment).toMatchObject({ status: 'cancelled', reason: orderCancelled });
  });

  it('of a fulfilment that was never allocated is answered, and forbids a plan that comes afterwards', async () => {
    const { shipments, meta, types } = setUp();
    await shipments.learn(placed);
    await shipments.cancel({ ...allocated, reason: { code: 'damaged', by: 'operator' } }, meta());
    await shipments.plan(allocated, meta());
    expect((await types()).filter((type) => type !== 'NothingChanged')).toEqual(['ShipmentCancelled']);
  });

  it('of a fulfilment alone ends its shipment', async () => {
    const { shipments, meta, packed } = setUp();
    await packed();
    await shipments.cancel({ ...allocated, reason: { code: 'damaged', by: 'operator' } }, meta());
    await expect(shipments.dispatch(shipmentId, meta())).rejects.toMatchObject({ code: 'SHIPMENT_CANCELLED' });
  });
});

describe('many shipments at once', () => {
  it('are read in one round trip', async () => {
    const store = memoryStore();
    let reads = 0;
    const counting: EventStore = { ...store, readMany: (streams) => ((reads += 1), store.readMany(streams)) };
    const { log } = setUp({ store: counting });
    const standings = await Promise.all([log.read('a'), log.read('b'), log.read('a')]);
    expect(standings).toMatchObject([{ version: 0 }, { version: 0 }, { version: 0 }]);
    expect(reads).toBe(1);
  });
});

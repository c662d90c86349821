import { memoryStore, type EventStore, type Meta } from '@cartage/eventsourcing';
import { sampleOf } from '@cartage/testkit';
import { carriersOf } from '../edge/carriers';
import { booking, orderCancelled, plan, ref, tracked } from '../domain/shipment.fixture';
import type { Vault } from '@cartage/service-kit';
import type { Carrier, Carriers } from './carrier';
import { createLabels } from './labels';
import { memoryRegisters } from './memory-registers';
import { createShipmentLog } from './shipment-log';
import { createShipments } from './shipments';

const { shipmentId, orderId, fulfillmentId } = ref;
const now = () => new Date('2026-11-23T12:00:00.000Z');
const person = { name: 'Ada Byron', address: { lines: ['1 High Street'], city: 'London', country: 'GB' } };
const placed = { ...sampleOf('OrderPlaced'), orderId };
const allocated = { orderId, fulfillmentId, location: 'LEEDS', lines: plan.lines };
const parcels = [{ weightGrams: 900, lines: plan.lines.map(({ lineId, quantity }) => ({ lineId, quantity })) }];

const { carrier: _name, ...booked } = booking;
const terms = { ...booked, parcels: tracked.slice(0, 1) };

/** A carrier that notes what it is asked, and does what a case wants it to do. */
const carrierThat = (does: Partial<Carrier> = {}) => {
  const [real] = [...carriersOf({ SIMULATED_CARRIER_SECRET: 's', SIMULATED_CARRIER_EMBARGO: 'KP' }).values()];
  if (!real) throw new Error('There is no simulated carrier.');
  const asked: string[] = [];
  const carrier: Carrier = {
    ...real,
    book: async ({ service = 'standard' }) => {
      asked.push(`book ${service}`);
      return { status: 'booked', ...terms, service };
    },
    cancel: async (parcels) => void asked.push(`cancel ${parcels.map(({ trackingNumber }) => trackingNumber).join(' ')}`),
    verify: (signature) => signature === 'signed',
    ...does,
  };
  return { asked, carriers: new Map([['simulated', carrier]]) as Carriers };
};

interface Setting {
  readonly does?: Partial<Carrier>;
  readonly opened?: object | undefined;
  readonly order?: typeof placed;
  readonly store?: EventStore;
}

const setUp = ({ does, order = placed, store = memoryStore(), ...setting }: Setting = {}) => {
  const { asked, carriers } = carrierThat(does);
  const registers = memoryRegisters();
  let ids = 0;
  const log = createShipmentLog({ store, newId: () => `e${(ids += 1)}`, isPublic: () => true });
  const vault: Pick<Vault, 'open'> = {
    open: async <Content extends object>() => ('opened' in setting ? setting.opened : person) as Content,
  };
  const labels = createLabels({
    log,
    carriers,
    carrier: 'simulated',
    locations: registers.locations,
    vault,
    newToken: () => `t${(ids += 1)}`,
    newId: () => `l${(ids += 1)}`,
    now,
  });
  const shipments = createShipments({ log, labels, orders: registers.orders, shipmentIdOf: () => shipmentId, now });
  const meta = (commandId = `c${(ids += 1)}`): Meta => ({ commandId, correlationId: 'c', actor: 'spec' });
  const history = async () => (await store.readMany([`shipment-${shipmentId}`]))[0]?.events ?? [];
  const types = async () => (await history()).map(({ type }) => type);
  const packed = async () => {
    await shipments.learn(order);
    await shipments.plan(allocated, meta());
    return shipments.pack(shipmentId, parcels, meta());
  };
  return { asked, labels, shipments, registers, log, meta, history, types, packed };
};

describe('buying a label', () => {
  it('asks the carrier once and keeps the first token, however often it is asked for', async () => {
    const { packed, labels, meta, history, asked } = setUp();
    await packed();
    await labels.buy(shipmentId, meta('buy'));
    await labels.buy(shipmentId, meta());
    expect(await labels.buy(shipmentId, meta('buy'))).toMatchObject({ repeated: true });
    expect(asked).toEqual(['book standard']);
    expect((await history()).filter(({ type }) => type === 'LabelPurchased')).toHaveLength(1);
  });

  it('records one label when two ask at the same moment', async () => {
    const { packed, labels, meta, types } = setUp();
    await packed();
    await Promise.all([labels.buy(shipmentId, meta()), labels.buy(shipmentId, meta())]);
    expect((await types()).filter((type) => type === 'LabelPurchased')).toHaveLength(1);
  });

  it('takes the service that was chosen, and no other one afterwards', async () => {
    const { packed, labels, meta } = setUp();
    await packed();
    expect((await labels.buy(shipmentId, meta(), 'express')).state).toMatchObject({ status: 'labelled', label: { service: 'express' } });
    await expect(labels.buy(shipmentId, meta(), 'standard')).rejects.toMatchObject({ code: 'LABEL_EXISTS' });
  });

  it('refuses a service that the carrier does not have, naming those that it has', async () => {
    const { packed, labels, meta } = setUp();
    await packed();
    await expect(labels.buy(shipmentId, meta(), 'rocket')).rejects.toMatchObject({
      code: 'SERVICE_UNKNOWN',
      errors: [{ field: 'service' }],
    });
  });

  it('keeps the carrier’s "no" as a state that a person can see, and may be tried again', async () => {
    let isOpen = false;
    const book: Carrier['book'] = async () =>
      isOpen ? { status: 'booked', ...terms } : { status: 'refused', reason: { code: 'closed', by: 'carrier' } };
    const { packed, labels, meta } = setUp({ does: { book } });
    await packed();
    expect((await labels.buy(shipmentId, meta())).state).toMatchObject({ status: 'label-failed', failure: { code: 'closed' } });
    isOpen = true;
    expect((await labels.buy(shipmentId, meta())).state).toMatchObject({ status: 'labelled' });
  });

  it('writes nothing when the carrier breaks, so that asking again is safe', async () => {
    const { packed, labels, meta, types } = setUp({ does: { book: () => Promise.reject(new Error('no line')) } });
    await packed();
    await expect(labels.buy(shipmentId, meta())).rejects.toThrow('no line');
    expect(await types()).not.toContain('LabelFailed');
  });

  it('fails for a person whose data was erased', async () => {
    const { packed, labels, meta, asked } = setUp({ opened: undefined });
    await packed();
    expect((await labels.buy(shipmentId, meta())).state).toMatchObject({
      status: 'label-failed',
      failure: { code: 'personal-erased' },
    });
    expect(asked).toEqual([]);
  });

  it('asks no carrier for what the customer fetches, or what goes nowhere', async () => {
    const order = { ...placed, shipGroups: placed.shipGroups.map((group) => ({ ...group, method: 'pickup' })) };
    const fetched = setUp({ order });
    await fetched.packed();
    await expect(fetched.labels.buy(shipmentId, fetched.meta())).rejects.toMatchObject({ code: 'SHIPMENT_FETCHED' });
    const nowhere = setUp({ opened: { name: person.name } });
    await nowhere.packed();
    expect((await nowhere.labels.buy(shipmentId, nowhere.meta())).state).toMatchObject({ failure: { code: 'address-missing' } });
    expect([...fetched.asked, ...nowhere.asked]).toEqual([]);
  });

  it('prints the same tracking number as often as needed, and nothing before there is one', async () => {
    const { packed, labels, meta } = setUp();
    await packed();
    await expect(labels.print(shipmentId)).rejects.toMatchObject({ code: 'SHIPMENT_NOT_LABELLED' });
    await labels.buy(shipmentId, meta());
    for (const pdf of [await labels.print(shipmentId), await labels.print(shipmentId)])
      expect(Buffer.from(pdf).toString('latin1')).toContain('CTG1');
  });
});

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
    expect(asked).toEqual(['book standard', 'cancel CTG1']);
    expect((await types()).slice(-2)).toEqual(['ShipmentCancelled', 'LabelVoided']);
  });

  it('gives the label back when it is heard again, if the carrier could not be reached the first time', async () => {
    let tries = 0;
    const cancel = async () => {
      if ((tries += 1) === 1) throw new Error('no line');
    };
    const { packed, labels, shipments, meta, types } = setUp({ does: { cancel } });
    await packed();
    await labels.buy(shipmentId, meta());
    await expect(shipments.cancelOrder({ orderId, reason: orderCancelled }, meta('cancelled'))).rejects.toThrow('no line');
    expect(await types()).not.toContain('LabelVoided');
    await shipments.cancelOrder({ orderId, reason: orderCancelled }, meta('cancelled'));
    expect((await types()).slice(-2)).toEqual(['ShipmentCancelled', 'LabelVoided']);
  });

  it('while the carrier is being asked undoes the booking', async () => {
    const outer = { cancel: async () => {} };
    const book: Carrier['book'] = async () => {
      await outer.cancel();
      return { status: 'booked', ...terms };
    };
    const { packed, labels, shipments, meta, asked, types } = setUp({ does: { book } });
    await packed();
    outer.cancel = () => shipments.cancelOrder({ orderId, reason: orderCancelled }, meta());
    await expect(labels.buy(shipmentId, meta())).rejects.toMatchObject({ code: 'SHIPMENT_CANCELLED' });
    expect(asked).toEqual(['cancel CTG1']);
    expect(await types()).not.toContain('LabelPurchased');
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

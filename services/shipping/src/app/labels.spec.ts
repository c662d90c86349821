import { eventually } from '@cartage/testkit';
import { orderCancelled, ref } from '../domain/shipment.fixture';
import type { Carrier } from './carrier';
import { person, placed, setUp, terms } from '../edge/shipping.fixture';

const { shipmentId, orderId } = ref;

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
    expect((await labels.order(shipmentId, { service: 'express' }, meta())).state).toMatchObject({
      status: 'labelled',
      label: { service: 'express' },
    });
    await expect(labels.order(shipmentId, { service: 'standard' }, meta())).rejects.toMatchObject({ code: 'LABEL_EXISTS' });
  });

  it('refuses a service that the carrier does not have, naming those that it has', async () => {
    const { packed, labels, meta } = setUp();
    await packed();
    await expect(labels.order(shipmentId, { service: 'rocket' }, meta())).rejects.toMatchObject({
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
    await fetched.labels.hearPacked(shipmentId, fetched.meta());
    const nowhere = setUp({ opened: { name: person.name } });
    await nowhere.packed();
    expect((await nowhere.labels.buy(shipmentId, nowhere.meta())).state).toMatchObject({ failure: { code: 'address-missing' } });
    expect([...fetched.asked, ...nowhere.asked]).toEqual([]);
  });

  it('follows from packing, but not where a hold came between: its release asks again', async () => {
    const { packed, labels, log, meta, asked } = setUp();
    await packed();
    const hold = { holdId: 'h1', type: 'fraud', reason: { code: 'suspicious', by: 'system' }, heldAt: new Date(0).toISOString() };
    await log.send(
      shipmentId,
      { type: 'HoldShipment', data: { shipment: { ...ref, fulfillmentId: 'f-1', location: 'LDN-1' }, hold } },
      meta(),
    );
    await labels.hearPacked(shipmentId, meta());
    expect(asked).toEqual([]);
    await log.send(shipmentId, { type: 'ReleaseShipment', data: { shipmentId, holdId: 'h1', now: new Date(0).toISOString() } }, meta());
    await labels.hearPacked(shipmentId, meta());
    await labels.hearPacked(shipmentId, meta());
    expect(asked).toEqual(['book standard']);
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

describe('a carrier that gives no answer', () => {
  const silentFor = (times: number) => {
    const references: string[] = [];
    let left = times;
    const book: Carrier['book'] = async ({ reference, service }) => {
      references.push(reference);
      if ((left -= 1) >= 0) throw new Error('no line');
      return { status: 'booked', ...terms, service };
    };
    return { references, does: { book } };
  };

  it('is a state that says so, and is asked for the same booking again until it answers', async () => {
    const { references, does } = silentFor(3);
    const { packed, labels, meta, pass, log, types } = setUp({ does });
    await packed();
    expect((await labels.buy(shipmentId, meta())).state).toMatchObject({
      status: 'label-delayed',
      delay: { code: 'carrier-silent', detail: 'no line' },
    });
    await pass(1);
    await pass(2);
    expect((await log.read(shipmentId)).shipment).toMatchObject({ status: 'label-delayed' });
    await pass(3);
    expect((await log.read(shipmentId)).shipment).toMatchObject({ status: 'labelled' });
    expect(new Set(references).size).toBe(1);
    expect(references).toHaveLength(4);
    expect((await types()).filter((type) => type.startsWith('Label'))).toEqual(['LabelRequested', 'LabelDelayed', 'LabelPurchased']);
    expect(await pass(60)).toBe(0);
  });

  it('is asked again by whoever asks for the label, under the same key or another', async () => {
    const { does } = silentFor(2);
    const { packed, labels, meta } = setUp({ does });
    await packed();
    await labels.order(shipmentId, {}, meta('key'));
    expect((await labels.order(shipmentId, {}, meta('key'))).current).toMatchObject({ status: 'label-delayed' });
    expect((await labels.order(shipmentId, {}, meta())).state).toMatchObject({ status: 'labelled' });
  });

  it('is asked again as soon for a label that a person asked for', async () => {
    const { does } = silentFor(1);
    const { packed, labels, meta, pass, log } = setUp({ does });
    await packed();
    expect((await labels.order(shipmentId, {}, meta())).state).toMatchObject({ status: 'label-delayed' });
    await pass(1);
    expect((await log.read(shipmentId)).shipment).toMatchObject({ status: 'labelled' });
    expect(await pass(60)).toBe(0);
  });

  it('is not asked for a preview', async () => {
    const { references, does } = silentFor(1);
    const { packed, labels, meta } = setUp({ does });
    await packed();
    await labels.buy(shipmentId, meta());
    const previewed = labels.order(shipmentId, {}, { ...meta(), preview: true });
    await expect(previewed).rejects.toMatchObject({ asks: ['carrier simulated: book standard'] });
    expect(references).toHaveLength(1);
  });

  it('is not waited for by whoever chooses another service; what it may have booked is voided when no call can be underway', async () => {
    const { does } = silentFor(1);
    const { packed, labels, meta, pass, asked, types } = setUp({ does });
    await packed();
    await labels.buy(shipmentId, meta());
    expect((await labels.order(shipmentId, { service: 'express' }, meta())).state).toMatchObject({ label: { service: 'express' } });
    expect(asked).toEqual([]);
    await pass(6);
    expect(asked).toEqual(['void ']);
    expect((await types()).filter((type) => type === 'LabelVoided')).toHaveLength(1);
  });

  it('leaves no paid label behind when the shipment is cancelled before it answers', async () => {
    const { does } = silentFor(1);
    const { packed, labels, shipments, meta, pass, asked, types } = setUp({ does });
    await packed();
    await labels.buy(shipmentId, meta());
    await shipments.cancelOrder({ orderId, reason: orderCancelled }, meta());
    await pass(6);
    expect(asked).toEqual(['void ']);
    expect((await types()).slice(-2)).toEqual(['ShipmentCancelled', 'LabelVoided']);
  });

  it('to a void is told again until it knows', async () => {
    let tries = 0;
    const cancel = async () => {
      if ((tries += 1) < 3) throw new Error('no line');
    };
    const { packed, labels, shipments, meta, types, pass } = setUp({ does: { void: cancel } });
    await packed();
    await labels.buy(shipmentId, meta());
    await shipments.cancelOrder({ orderId, reason: orderCancelled }, meta());
    expect(await types()).not.toContain('LabelVoided');
    await pass(1);
    await pass(2);
    expect((await types()).slice(-2)).toEqual(['ShipmentCancelled', 'LabelVoided']);
  });

  it('but numbers a part of the parcels only, gave none', async () => {
    const book: Carrier['book'] = async () => ({ status: 'booked', ...terms, parcels: [] });
    const { packed, labels, meta } = setUp({ does: { book } });
    await packed();
    expect((await labels.buy(shipmentId, meta())).state).toMatchObject({
      status: 'label-delayed',
      delay: { detail: 'Carrier simulated gave no tracking number for parcel 1.' },
    });
  });
});

describe('a shipment that is not to go, or goes elsewhere, while its label is being bought', () => {
  it('undoes the booking at once when it is answered', async () => {
    const outer = { cancel: async () => {} };
    const book: Carrier['book'] = async () => {
      await outer.cancel();
      return { status: 'booked', ...terms };
    };
    const { packed, labels, shipments, meta, asked, types, pass } = setUp({ does: { book } });
    await packed();
    outer.cancel = () => shipments.cancelOrder({ orderId, reason: orderCancelled }, meta());
    await expect(labels.buy(shipmentId, meta())).rejects.toMatchObject({ code: 'SHIPMENT_CANCELLED' });
    await pass(6);
    expect(asked).toEqual(['void CTG1']);
    expect((await types()).slice(-2)).toEqual(['ShipmentCancelled', 'LabelVoided']);
  });
});

describe('a process that dies while a label is being bought', () => {
  it('loses nothing: whoever asked by hand is answered for when the call must be over', async () => {
    const dying = setUp({ does: { book: () => new Promise(() => {}) } });
    await dying.packed();
    void dying.labels.order(shipmentId, {}, dying.meta());
    await eventually(async () => expect(await dying.types()).toContain('LabelRequested'));
    dying.carrier.book = async () => ({ status: 'booked', ...terms });
    await dying.pass(6);
    expect((await dying.log.read(shipmentId)).shipment).toMatchObject({ status: 'labelled' });
  });

  it('loses nothing: what was asked for by hand is bought, and what it took the place of is voided, also behind the request alone', async () => {
    const book: Carrier['book'] = async ({ service }) => {
      if (service === 'standard') throw new Error('no line');
      return { status: 'booked', ...terms, service };
    };
    const { packed, labels, log, meta, asked, pass, types } = setUp({ does: { book } });
    await packed();
    await labels.buy(shipmentId, meta());
    const { send } = log;
    log.send = async (...sent) => {
      log.send = send;
      await send(...sent);
      throw new Error('the connection was lost');
    };
    await expect(labels.order(shipmentId, { service: 'express' }, meta())).rejects.toThrow('the connection was lost');
    await pass(6);
    expect((await log.read(shipmentId)).shipment).toMatchObject({ label: { service: 'express' } });
    expect([asked, (await types()).filter((type) => type === 'LabelVoided')]).toEqual([['void '], ['LabelVoided']]);
  });

  it('loses nothing: what was packed is heard of again, and asked for by the same reference', async () => {
    const references: string[] = [];
    const book: Carrier['book'] = ({ reference }) => {
      references.push(reference);
      return references.length === 1 ? new Promise(() => {}) : Promise.resolve({ status: 'booked', ...terms });
    };
    const { packed, labels, meta, types, log } = setUp({ does: { book } });
    await packed();
    void labels.buy(shipmentId, meta('packed'));
    await eventually(async () => expect(await types()).toContain('LabelRequested'));
    await labels.buy(shipmentId, meta('packed'));
    expect((await log.read(shipmentId)).shipment).toMatchObject({ status: 'labelled' });
    expect(references[1]).toBe(references[0]);
  });
});

describe('another service, while a label is being bought', () => {
  it('is refused and never answered with the one that is being bought', async () => {
    let answer = (): void => undefined;
    const book: Carrier['book'] = ({ service }) =>
      new Promise((resolve) => (answer = () => resolve({ status: 'booked', ...terms, service })));
    const { packed, labels, meta, types } = setUp({ does: { book } });
    await packed();
    const automatic = labels.buy(shipmentId, meta());
    await eventually(async () => expect(await types()).toContain('LabelRequested'));
    await expect(labels.order(shipmentId, { service: 'express' }, meta())).rejects.toMatchObject({
      code: 'LABEL_UNDERWAY',
      kind: 'conflict',
    });
    answer();
    expect((await automatic).state).toMatchObject({ label: { service: 'standard' } });
  });
});

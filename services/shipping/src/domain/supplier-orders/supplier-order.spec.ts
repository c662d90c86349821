import { shippingEvents } from '@cartage/contracts';
import { fold, specFor } from '@cartage/eventsourcing';
import { goldenSamples } from '@cartage/testkit';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { join } from 'node:path';
import { billableCost, orderedCost } from './costs';
import type { SupplierOrderEvent } from './events';
import { publishedSupplierOrders } from './published';
import { knownSupplierOrder, supplierOrder, type SupplierOrder, type SupplierOrderCommand } from './supplier-order';

const samples = goldenSamples<SupplierOrderEvent>(join(__dirname, 'golden'));
const { data: sample } = samples.of('SupplierOrderDrawnUp');
const { drawnUpAt, shipBy, lines: _lines, ...ref } = sample;
const now = '2026-11-23T12:00:00.000Z';
const cost = { currency: 'GBP', amount: 640 };
const mugs = (quantity: number) => ({ lineId: '1', sku: 'MUG', quantity });
const lamps = (quantity: number) => ({ lineId: '2', sku: 'LAMP', quantity });
const lines = [{ ...mugs(2), unitCost: cost }, lamps(1)];
const reason = { code: 'out-of-stock', by: 'provider' };
const answerBy = '2026-11-23T16:00:00.000Z';
const { given } = specFor(supplierOrder);

const drawUp = {
  type: 'DrawUpSupplierOrder',
  data: { ...ref, lines, ...(shipBy === undefined ? {} : { shipBy }), now: drawnUpAt },
} as const;
const drawnUp: SupplierOrderEvent = { type: 'SupplierOrderDrawnUp', data: { ...sample, lines } };
const send: SupplierOrderCommand = { type: 'RecordSent', data: { answerBy, now } };
const accept = (said: object = {}): SupplierOrderCommand => ({ type: 'RecordAcceptance', data: { ...said, now } });
const reject = (...some: readonly ReturnType<typeof mugs>[]): SupplierOrderCommand => ({
  type: 'RecordRejection',
  data: { lines: some, reason, now },
});
const cancel = (...some: readonly ReturnType<typeof mugs>[]): SupplierOrderCommand => ({
  type: 'RecordCancellation',
  data: { lines: some, reason: { code: 'order-cancelled', by: 'customer' }, now },
});
const ship = (shipmentId: string, ...some: readonly ReturnType<typeof mugs>[]): SupplierOrderCommand => {
  const parcels = [{ parcelId: '1', trackingNumber: `JD-${shipmentId}` }];
  return { type: 'RecordNotice', data: { shipmentId, lines: some, carrier: 'dhl', parcels, shippedAt: now, now } };
};
const after = (...commands: readonly SupplierOrderCommand[]): SupplierOrder =>
  commands.reduce((state, command) => fold(supplierOrder, supplierOrder.decide(command, state), state), fold(supplierOrder, [drawnUp]));
const statusAfter = (...commands: readonly SupplierOrderCommand[]) => after(...commands).status;

describe('an order at a supplier', () => {
  it('is drawn up once, and is there before anything is said of it', () => {
    given().when(drawUp).thenOnce(drawnUp);
    given().when(accept()).thenRefused('SUPPLIER_ORDER_UNKNOWN');
  });

  it('is sent once, with what its goods cost and until when an answer is due', () => {
    given(drawnUp)
      .when(send)
      .thenOnce({ type: 'SupplierOrderSent', data: { ...ref, lines, answerBy, shipBy: sample.shipBy ?? '', sentAt: now } });
    expect([statusAfter(), statusAfter(send)]).toEqual(['waiting', 'sent']);
  });

  it('is accepted line by line, or as a whole; with a date, the later one counts', () => {
    const part: SupplierOrderEvent = { type: 'SupplierOrderAccepted', data: { ...ref, lines: [mugs(2)], acceptedAt: now } };
    given(drawnUp)
      .when(accept({ lines: [mugs(2)] }))
      .thenOnce(part);
    given(drawnUp, part)
      .when(accept())
      .thenOnce({ type: 'SupplierOrderAccepted', data: { ...ref, acceptedAt: now } });
    expect(statusAfter(send, accept({ lines: [mugs(2)] }))).toBe('sent');
    expect(statusAfter(send, accept({ lines: [mugs(2)] }), accept({ lines: [lamps(1)] }))).toBe('accepted');
    const [first, later] = ['2026-11-25T12:00:00.000Z', '2026-11-27T12:00:00.000Z'];
    expect(after(accept({ shipsAt: first }), accept({ shipsAt: later }))).toMatchObject({ status: 'accepted', shipBy: later });
    expect(supplierOrder.decide(accept({ shipsAt: later }), after(accept({ shipsAt: later })))).toEqual([]);
  });

  it('is rejected, or cancelled, by so many units as are outstanding', () => {
    given(drawnUp)
      .when(reject(mugs(1)))
      .then({ type: 'SupplierOrderRejected', data: { ...ref, lines: [mugs(1)], reason, rejectedAt: now } });
    expect(supplierOrder.decide(reject(mugs(2)), after(ship('s1', mugs(1))))).toMatchObject([{ data: { lines: [mugs(1)] } }]);
    expect(supplierOrder.decide(cancel(mugs(2), lamps(1)), after(reject(mugs(2), lamps(1))))).toEqual([]);
    expect([statusAfter(reject(mugs(2), lamps(1))), statusAfter(cancel(mugs(2), lamps(1)))]).toEqual(['rejected', 'cancelled']);
    expect(statusAfter(accept(), reject(lamps(1)), ship('s1', mugs(2)))).toBe('shipped');
  });

  it('goes out in several notices, each once; the supplier may bill what is out, and no more', () => {
    const two = after(send, ship('s1', mugs(1)), ship('s1', mugs(1)));
    expect(two).toMatchObject({ status: 'partly-shipped', notices: [{ shipmentId: 's1', parcels: [{ trackingNumber: 'JD-s1' }] }] });
    expect(billableCost(knownSupplierOrder(two).lines)).toEqual([cost]);
    const all = knownSupplierOrder(after(send, ship('s1', mugs(1)), ship('s2', mugs(1), lamps(1))));
    expect([all.status, all.notices.length]).toEqual(['shipped', 2]);
    expect(billableCost(all.lines)).toEqual([{ currency: 'GBP', amount: 1_280 }]);
    expect(orderedCost(knownSupplierOrder(after(reject(mugs(1)))).lines)).toEqual([cost]);
  });

  it('counts what was shipped, whatever was said of it before', () => {
    const all = knownSupplierOrder(after(reject(mugs(1)), cancel(mugs(1), lamps(1)), ship('s1', mugs(2), lamps(1))));
    expect(all.status).toBe('shipped');
    expect(all.lines.map(({ shipped, rejected, cancelled }) => [shipped, rejected, cancelled])).toEqual([
      [2, 0, 0],
      [1, 0, 0],
    ]);
  });

  const facts = [send, accept(), accept({ lines: [mugs(1)] }), reject(lamps(1)), ship('s1', mugs(1)), ship('s2', mugs(1))];
  const any = [...facts, cancel(mugs(2), lamps(1)), reject(mugs(2), lamps(1)), ship('s3', lamps(1))];

  it('ends in the same whatever the order of what is said, and however often', () => {
    const end = knownSupplierOrder(after(...facts));
    fc.assert(
      fc.property(
        fc.shuffledSubarray(facts, { minLength: facts.length }),
        fc.array(fc.constantFrom(...facts), { maxLength: 4 }),
        (all, again) => {
          const { status, lines: these } = knownSupplierOrder(after(...all, ...again));
          expect([status, these]).toEqual([end.status, end.lines]);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('never has more of a line than was ordered, and is quiet when the same is said again', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...any), { maxLength: 12 }), fc.constantFrom(...any), (past, command) => {
        const state = after(...past, command);
        for (const { quantity, shipped, rejected, cancelled } of knownSupplierOrder(state).lines)
          expect(shipped + rejected + cancelled).toBeLessThanOrEqual(quantity);
        expect(supplierOrder.decide(command, state)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the stored events of orders at suppliers', () => {
  it('keep their names for ever, and fold for ever', () => {
    expect(samples.types).toEqual([...Object.keys(publishedSupplierOrders), 'SupplierOrderDrawnUp'].toSorted());
    const all = (['DrawnUp', 'Sent', 'Accepted', 'Shipped'] as const).map((name) => samples.of(`SupplierOrder${name}`));
    expect(fold(supplierOrder, all)).toMatchObject({ status: 'shipped', number: ref.number, notices: [{ carrier: 'dhl' }] });
    const [first] = all;
    if (!first) throw new Error('There is no sample of what is drawn up.');
    expect(fold(supplierOrder, [first, samples.of('SupplierOrderRejected')])).toMatchObject({ status: 'rejected' });
    expect(fold(supplierOrder, [first, samples.of('SupplierOrderCancelled')])).toMatchObject({ status: 'cancelled' });
  });

  it('are told to others as their contracts say', () => {
    const ajv = addFormats(new Ajv2020({ strict: false }));
    const about = {
      ...{ id: 'e', stream: 'dropship-1', version: 1, position: '1', recordedAt: '' },
      meta: { commandId: 'c', correlationId: 'c', actor: 'spec' },
    };
    for (const type of Object.keys(publishedSupplierOrders) as SupplierOrderEvent['type'][]) {
      const told = publishedSupplierOrders[type]?.({ ...samples.of(type), ...about } as never);
      if (!told) throw new Error(`${type} is told to nobody.`);
      const isValid = ajv.validate(shippingEvents[told.type].data.json, told.data);
      expect([told.type, isValid, ajv.errorsText()]).toEqual([type, true, 'No errors']);
    }
  });
});

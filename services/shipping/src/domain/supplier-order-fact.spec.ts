import { now, plan, ref } from './shipment.fixture';
import { supplierOrderFact } from './supplier-order-fact';

const dropship = { supplierOrderId: 'so-1', number: 'SO-1', costs: [{ sku: 'MUG', currency: 'GBP', amount: 640 }] };
const ordered = { ...plan, partner: 'lamp-works', dropship, shipBy: '2026-11-25T17:00:00.000Z' };
const reason = { code: 'damaged', by: 'provider' };
const lamp = { lineId: '2', sku: 'LAMP', quantity: 1 };

describe('what a shipment of a supplier says of the order at it', () => {
  it('draws it up with the costs that are known', () => {
    const drawUp = supplierOrderFact({ type: 'ShipmentPlanned', data: { ...ordered, plannedAt: now } }, ordered);
    expect(drawUp).toMatchObject({
      type: 'DrawUpSupplierOrder',
      data: {
        ...{ supplierOrderId: 'so-1', number: 'SO-1', supplier: 'lamp-works', shipBy: ordered.shipBy },
        lines: [{ ...plan.lines[0], unitCost: { currency: 'GBP', amount: 640 } }, plan.lines[1]],
      },
    });
    expect(supplierOrderFact({ type: 'ShipmentPlanned', data: { ...plan, plannedAt: now } }, plan)).toBeUndefined();
  });

  it('is a rejection of what it will not send, said so or sent short; and a cancellation of the whole', () => {
    const rejected = { ...ref, partner: 'lamp-works', reason, rejectedAt: now };
    expect(supplierOrderFact({ type: 'ShipmentRejected', data: rejected }, ordered)).toMatchObject({
      type: 'RecordRejection',
      data: { lines: plan.lines, reason },
    });
    const short = [{ ...lamp, missing: [{ sku: 'LAMP', quantity: 1 }], reason }];
    expect(supplierOrderFact({ type: 'ShipmentPicked', data: { ...ref, lines: [], short, pickedAt: now } }, ordered)).toMatchObject({
      type: 'RecordRejection',
      data: { lines: [lamp], reason },
    });
    expect(
      supplierOrderFact({ type: 'ShipmentPicked', data: { ...ref, lines: plan.lines, short: [], pickedAt: now } }, ordered),
    ).toBeUndefined();
    expect(supplierOrderFact({ type: 'ShipmentCancelled', data: { ...ref, lines: [], reason, cancelledAt: now } }, ordered)).toMatchObject({
      type: 'RecordCancellation',
      data: { lines: plan.lines },
    });
  });

  it('is nothing where it is our own business', () => {
    const released = { shipmentId: ref.shipmentId, holdId: 'h', releasedAt: now };
    expect(supplierOrderFact({ type: 'ShipmentReleased', data: released }, ordered)).toBeUndefined();
  });
});

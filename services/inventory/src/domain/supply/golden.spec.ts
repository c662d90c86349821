import { fold } from '@cartage/eventsourcing';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PurchaseOrderEvent } from './purchase-order';
import { purchaseOrder } from './purchasing';
import { evolveTransfer, noTransfer, type TransferEvent } from './transfer';

const folder = join(__dirname, 'golden');
const golden = (type: string): unknown => JSON.parse(readFileSync(join(folder, `${type}.v1.json`), 'utf8'));

const ofPurchaseOrders = ['PurchaseOrderChanged', 'PurchaseOrderReceived', 'PurchaseOrderClosed', 'SupplyOverdue'];

const ofTransfers = ['TransferPlanned', 'TransferDispatched', 'TransferRescheduled', 'TransferReceived'];

describe('stored events of supply', () => {
  it('keep their names for ever', () =>
    expect(readdirSync(folder).map((file) => file.replace('.v1.json', ''))).toEqual(
      [...ofPurchaseOrders, ...ofTransfers, 'TransferCancelled'].toSorted(),
    ));

  it('fold into a purchase order', () => {
    const events = ofPurchaseOrders.map((type) => ({ type, data: golden(type) }) as PurchaseOrderEvent);
    const line = { location: 'LDN-1', closed: 0, overdue: false };
    expect(fold(purchaseOrder('PO-1007'), events)).toEqual({
      purchaseOrder: 'PO-1007',
      supplier: 'ACME',
      revision: 4,
      lines: [
        {
          ...{ ...line, lineId: '1', sku: '85123A', quantity: 20, expectedAt: '2026-12-01T00:00:00.000Z' },
          ...{ received: 8, overdue: true },
        },
        { ...line, lineId: '2', sku: '22423', quantity: 5, received: 0, closed: 5 },
      ],
    });
  });

  it('fold into a transfer', () => {
    const folded = (...types: readonly string[]) =>
      types.map((type) => ({ type, data: golden(type) }) as TransferEvent).reduce(evolveTransfer, noTransfer(''));
    const transferId = '6f1c2d3e-0007-4a5b-8c9d-000000000007';
    const at = '2026-11-23T09:15:30.000Z';
    expect(folded(...ofTransfers)).toEqual({
      ...{ transferId, status: 'in-transit', from: 'LDN-1', to: 'PAR-1', reference: 'TO-207', overdue: false, revision: 4 },
      ...{ expectedAt: '2026-12-03T00:00:00.000Z', plannedAt: at, dispatchedAt: at },
      lines: [
        { lineId: '1', sku: '85123A', quantity: 20, sent: 18, received: 10, lost: 1 },
        { lineId: '2', sku: '22423', quantity: 5, sent: 0, received: 0, lost: 0 },
      ],
    });
    expect(folded('TransferPlanned', 'TransferCancelled')).toMatchObject({ status: 'cancelled', revision: 2 });
  });
});

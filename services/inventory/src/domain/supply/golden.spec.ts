import { fold } from '@cartage/eventsourcing';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PurchaseOrderEvent } from './purchase-order';
import { purchaseOrder } from './purchasing';

const folder = join(__dirname, 'golden');
const golden = (type: string): unknown => JSON.parse(readFileSync(join(folder, `${type}.v1.json`), 'utf8'));

const ofPurchaseOrders = ['PurchaseOrderChanged', 'PurchaseOrderReceived', 'PurchaseOrderClosed', 'SupplyOverdue'];

describe('stored events of supply', () => {
  it('keep their names for ever', () =>
    expect(readdirSync(folder).map((file) => file.replace('.v1.json', ''))).toEqual(ofPurchaseOrders.toSorted()));

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
});

import type { OrderEvent } from '@cartage/contracts';
import type { DataOf, Position, StoredEvent, Write } from '@cartage/eventsourcing';
import { creditOf, invoiceOf, type Invoice, type Sale } from '../domain/invoices/documents';
import type { LegalEntity } from '../domain/invoices/legal-entities';
import { Invoicing, type Draft, type InvoicingTransaction } from './invoicing';
import { numbered } from './numbering';
import { editedSale, saleOf } from './sales';

const vat = { name: 'VAT', rate: 20 };
const line = (lineId: string, quantity: number, total: number) => ({
  ...{ lineId, sku: `SKU-${lineId}`, quantity, unitPrice: 1, discounts: [], shipGroupId: '1' },
  ...{ taxLines: [{ ...vat, amount: total / 6 }], total },
});
const group = (charge: number) => ({ shipGroupId: '1', method: 'ship', charge, taxLines: [{ ...vat, amount: charge / 6 }] }) as const;
const order: DataOf<OrderEvent, 'OrderPlaced'> = {
  ...{ orderId: 'o', channel: 'web', placedAt: '', currency: 'GBP', taxIncluded: true, priority: 'standard', policies: {} },
  ...{ lines: [line('1', 3, 1200), line('2', 1, 600)], shipGroups: [group(60)], personal: { key: 'k', box: '' }, payments: [] },
  totals: { goods: 1800, discount: 0, shipping: 60, tax: 0, total: 1860 },
};
type Edited = DataOf<OrderEvent, 'OrderEdited'>;
const edit: Edited = {
  ...{ orderId: 'o', editId: 'e', orderVersion: 2, totalsBefore: order.totals, editedAt: '', reason: { code: 'x', by: 'customer' } },
  lines: [
    { lineId: '1', before: line('1', 3, 1200), after: line('1', 2, 780) },
    { lineId: '2', before: line('2', 1, 600) },
    { lineId: '3', after: line('3', 1, 240) },
  ],
  shipGroups: [{ shipGroupId: '1', before: group(60), after: group(120) }],
  totals: { goods: 1020, discount: 0, shipping: 120, tax: 0, total: 1140 },
};

describe('what invoices know of an order', () => {
  it('is what it was edited to: its lines, their taxes, its delivery; heard twice, the same', () => {
    const once = editedSale(saleOf(order), edit);
    expect(once.lines.map(({ lineId, quantity, total }) => [lineId, quantity, total])).toEqual([
      ['1', 2, 780],
      ['3', 1, 240],
    ]);
    expect(once.delivery).toMatchObject({ amount: 120, taxLines: [{ amount: 20 }] });
    expect(editedSale(once, edit)).toEqual(once);
  });
});

describe('documents of one batch', () => {
  const sale: Sale = saleOf(order);
  const shipped = { shipmentId: 's', currency: 'GBP', amount: 1860, lines: [{ lineId: '1', quantity: 3, amount: 1200 }] };

  it('name each other by the numbers that they get, in their order', async () => {
    const content = invoiceOf(shipped, sale, { invoices: [] });
    const invoice: Invoice = { ...content, documentId: 'd-1', number: 'd-1', legalEntity: 'uk', issuedAt: '' };
    const credit = creditOf({ refundId: 'r', amount: 100 }, [invoice], []);
    const draft = (of: Pick<Draft, 'type' | 'documentId' | 'series' | 'prefix'>, what: Draft['content'] | undefined) =>
      ({ ...of, entity: 'uk', content: what }) as Draft;
    const taken: string[] = [];
    const transaction: Pick<InvoicingTransaction, 'takeNumbers'> = {
      takeNumbers: async (series) => {
        taken.push(series);
        return 7;
      },
    };
    const issued = await numbered(
      transaction as InvoicingTransaction,
      [
        draft({ type: 'InvoiceIssued', documentId: 'd-1', series: 'b', prefix: 'GB-' }, content),
        draft({ type: 'CreditNoteIssued', documentId: 'd-2', series: 'a', prefix: 'GB-CN-' }, credit),
      ],
      '2026-11-02T10:00:00.000Z',
    );
    expect(taken).toEqual(['a', 'b']);
    expect(issued.map(({ event }) => event.data)).toMatchObject([
      { documentId: 'd-1', number: 'GB-00000007' },
      { documentId: 'd-2', number: 'GB-CN-00000007', invoices: ['GB-00000007'] },
    ]);
  });
});

describe('a run that goes on while somebody is registered', () => {
  const seller = (entity: string, channels: readonly string[], invoiceAt: LegalEntity['invoiceAt']): [string, LegalEntity] => [
    entity,
    { ...{ entity, name: entity, address: [], taxId: 'T', prefix: `${entity}-`, countries: [] }, channels, invoiceAt },
  ];
  const captured = (position: Position): StoredEvent => ({
    ...{ position, id: `e-${position}`, type: 'PaymentCaptured', stream: 'payment-o', version: 1, recordedAt: '' },
    data: { orderId: 'o', captureId: `c-${position}`, currency: 'GBP', amount: 300 },
    meta: { commandId: 'c', correlationId: 'c', actor: 'suite' },
  });

  it('issues in advance for the seller of what was paid after that', async () => {
    const known = new Map([seller('uk', [], 'dispatch')]);
    const log: StoredEvent[] = [captured('1')];
    let position: Position = '';
    const written: Write[] = [];
    const transaction: InvoicingTransaction = {
      position: async () => position,
      moveTo: async (to) => {
        position = to;
        // The first batch is looked at: a seller comes, and money of an order of theirs.
        if (to === '1') log.push(captured('2'));
        known.set(...seller('de', ['web'], 'capture'));
      },
      sales: async () => new Map([['o', saleOf(order)]]),
      documents: async (orderIds) => orderIds.map((stream) => ({ stream, version: 0, events: [] })),
      takeNumbers: async () => 1,
      append: async (writes) => (written.push(...writes), []),
    };
    const invoicing = new Invoicing({
      transaction: (work) => work(transaction),
      eventsAfter: async (after) => log.filter((event) => event.position > after),
      entities: async () => new Map(known),
      newId: () => 'd-1',
      now: () => new Date(0),
    });
    await invoicing.run(new AbortController().signal);
    expect(written.flatMap(({ events }) => events)).toMatchObject([
      { data: { captureId: 'c-2', legalEntity: 'de', number: 'de-00000001' } },
    ]);
  });
});

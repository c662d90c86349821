import { inflateSync } from 'node:zlib';
import type { DocumentEvent } from '../../domain/invoices/documents';
import { documentPrinter } from './document-pdf';

const seller = {
  entity: 'uk',
  name: 'Cartage Trading Ltd',
  address: ['1 High Street'],
  taxId: 'GB1',
  prefix: 'GB-',
  channels: [],
  countries: [],
  invoiceAt: 'dispatch' as const,
};
const invoice = (lines: number, currency = 'GBP', description = 'Mug'): DocumentEvent => ({
  type: 'InvoiceIssued',
  data: {
    ...{
      orderId: 'o',
      documentId: 'd',
      number: 'GB-00000001',
      legalEntity: 'uk',
      shipmentId: 's',
      currency,
      issuedAt: '2026-11-02T10:00:00.000Z',
    },
    lines: Array.from({ length: lines }, (_, n) => ({ lineId: String(n), sku: `S${n}`, description, quantity: 1, total: 1200, tax: 200 })),
    ...{
      delivery: 0,
      taxLines: [{ name: 'VAT', rate: 20, amount: 200 * lines }],
      net: 1000 * lines,
      tax: 200 * lines,
      total: 1200 * lines,
    },
  },
});
const pagesIn = (pdf: Buffer): number => (pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g) ?? []).length;
/** What is drawn: the contents of the pages, unpacked. */
const drawnIn = (pdf: Buffer): number =>
  [...pdf.toString('latin1').matchAll(/stream\n([\s\S]*?)\nendstream/g)]
    .map(([, packed = '']) => Buffer.from(packed, 'latin1'))
    .flatMap((packed) => {
      try {
        return [inflateSync(packed).toString('latin1')];
      } catch {
        return [];
      }
    })
    .reduce((sum, content) => sum + (content.match(/ TJ| Tj/g) ?? []).length, 0);

describe('a printed document', () => {
  const print = documentPrinter();

  it('fits on a page, or goes on on the next ones', async () => {
    expect(pagesIn(await print({ document: invoice(3), seller }))).toBe(1);
    expect(pagesIn(await print({ document: invoice(150), seller }))).toBeGreaterThan(2);
  });

  it.each(['Тарелка', 'कप', 'كوب', 'ถ้วย', '茶杯', '컵', 'Mug \u{1F375}'])('is printed with %s in it', async (description) => {
    const pdf = await print({ document: invoice(1, 'JPY', description), seller });
    expect(drawnIn(pdf)).toBeGreaterThan(10);
  });

  it('is the same one whenever it is printed, but for its own id', async () => {
    const without = (pdf: Buffer) => pdf.toString('latin1').replace(/\/ID \[.*?\]/s, '');
    expect(without(await print({ document: invoice(2), seller }))).toBe(without(await print({ document: invoice(2), seller })));
  });

  it('is printed when its buyer was erased, and for a credit', async () => {
    const { lines: _, delivery: __, shipmentId: ___, ...common } = (invoice(1) as Extract<DocumentEvent, { type: 'InvoiceIssued' }>).data;
    const document: DocumentEvent = { type: 'CreditNoteIssued', data: { ...common, refundId: 'r', invoices: ['GB-00000001'] } };
    expect(pagesIn(await print({ document, seller }))).toBe(1);
  });
});

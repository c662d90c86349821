import type { FindingRow } from '../../app/carrier-invoices/invoice-reports';
import { findingsCsv } from './findings-csv';

const row: FindingRow = {
  ...{ findingId: 'f', carrier: 'dhl', kind: 'amount-differs', status: 'open', invoiceId: 'i', invoice: '=R-1', lineId: 'l' },
  ...{ trackingNumber: 'T1', labelId: 'b', shipmentId: 's', orderId: 'o', currency: 'EUR', amount: 205, credited: 0, expected: '1200' },
  ...{ billed: '1405', reason: null, detail: null, foundAt: '2026-11-24T10:00:00.000Z', changedAt: '2026-11-24T10:00:00.000Z' },
};

it('a file of findings has a row for each, amounts as people write them, and no formula', async () => {
  const pages = async function* () {
    yield [row];
    yield [{ ...row, kind: 'weight-differs' as const, currency: 'JPY', amount: 0, expected: '900', billed: '2000' }];
  };
  const rows: string[] = [];
  for await (const each of findingsCsv(pages())) rows.push(each);
  const text = rows.join('').split('\r\n');
  expect(text[0]).toMatch(/^findingId,carrier,invoice,trackingNumber,kind,status,currency,amount,credited,expected,billed,/);
  expect(text[1]).toMatch(/^f,dhl,'=R-1,T1,amount-differs,open,EUR,2.05,0.00,12.00,14.05,/);
  expect(text[2]).toMatch(/weight-differs,open,JPY,0,0,900,2000,/);
  expect(text.slice(3)).toEqual(['']);
});

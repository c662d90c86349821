import { derivedId, memoryStore } from '@cartage/eventsourcing';
import { creditOf } from '../../domain/carrier-invoices/bill-fold';
import { charge, label, now, terms } from '../../domain/carrier-invoices/invoices.fixture';
import type { BilledLabel } from '../../domain/carrier-invoices/invoice-line';
import { CarrierBills } from './carrier-bills';
import { InvoiceFiles, type FileLine, type InvoiceFile, type InvoiceSlice } from './invoice-files';
import { moneyOverLimit } from './over-limit';

const meta = (n: number) => ({ commandId: derivedId(label.labelId, n), correlationId: label.labelId, actor: 'staff-17' });
const reason = { code: 'weighed-again', by: 'operator' };
const idFor = (...parts: readonly string[]): string => parts.join('/');

const desk = (labels: { -readonly [Which in 'notBilled' | 'voided']?: readonly BilledLabel[] } = {}) => {
  const store = memoryStore({ now: () => new Date(now) });
  let ids = 10_000;
  const asked: string[] = [];
  const bills = new CarrierBills({
    ...{ store, idFor, now: () => new Date(now), isPublic: () => false, newId: () => derivedId(label.labelId, (ids += 1)) },
    labels: {
      byNumber: async (_, numbers) => new Map(numbers.flatMap((each) => (each === 'T1' || each === 'T2' ? [[each, label] as const] : []))),
      notBilled: async (_, { from, before }) => (asked.push(`${from} ${before}`), labels.notBilled ?? []),
      voidedSince: async () => labels.voided ?? [],
      billOf: async (findingId) => findingId.split('/audit-finding/').at(-1)?.split('/')[1],
    },
  });
  return { bills, store, asked };
};
const difference = `audit-finding/${label.labelId}/amount-differs/`;

describe('the invoices of carriers', () => {
  it('are compared with the labels of their parcels, and what was found is dealt with', async () => {
    const { bills } = desk();
    await bills.take(
      [charge('a', 900), charge('b', 500, { trackingNumber: 'T2' }), charge('z', 40, { trackingNumber: 'T9' })],
      terms,
      meta(1),
    );
    expect(await bills.find(difference)).toMatchObject({
      kind: 'amount-differs',
      status: 'open',
      amount: 200,
      label: { labelId: label.labelId },
    });
    await bills.dispute(difference, reason, meta(2));
    const { finding } = await bills.credit(difference, 200, meta(3));
    expect([finding.status, creditOf(finding)]).toEqual(['credited', 200]);
    await expect(bills.accept(difference, reason, meta(4))).rejects.toMatchObject({ code: 'FINDING_SETTLED' });
    await expect(bills.find('nothing')).rejects.toMatchObject({ code: 'FINDING_UNKNOWN' });
  });

  it('are missed after their time, and looked at again where a label was voided', async () => {
    const labels: Parameters<typeof desk>[0] = { notBilled: [label] };
    const { bills, asked } = desk(labels);
    await bills.sweep(new Map([['dhl', terms]]), new AbortController().signal);
    expect(asked).toEqual([`${terms.since} 2026-10-25T10:00:00.000Z`]);
    const missed = `audit-finding/${label.labelId}/not-billed/`;
    expect(await bills.find(missed)).toMatchObject({ status: 'open', expected: '1200' });
    await bills.take([charge('a', 700), charge('b', 500, { trackingNumber: 'T2' })], terms, meta(1));
    expect(await bills.find(missed)).toMatchObject({ status: 'withdrawn' });
    labels.voided = [{ ...label, isVoid: true }];
    await bills.sweep(new Map([['dhl', terms]]), new AbortController().signal);
    expect(await bills.find(`audit-finding/${label.labelId}/void-label-billed/${charge('a', 1).lineId}`)).toMatchObject({
      status: 'open',
      amount: 700,
    });
  });
});

describe('a file of invoices', () => {
  it('is taken once; its rows that are wrong keep no other out, and a row that another file had is not taken again', async () => {
    const [slices, taken, here]: [InvoiceSlice[], string[], Set<string>] = [[], [], new Set()];
    const file: InvoiceFile = {
      ...{ fileId: 'f', carrier: 'dhl', status: 'running', records: 0, imported: 0, unchanged: 0, rejected: 0, lastLine: 0 },
      ...{ startedAt: now, changedAt: now, by: 'staff-17' },
    };
    const files = new InvoiceFiles({
      idFor,
      table: {
        ...{ begin: async () => file, advance: async (_, slice) => void slices.push(slice), find: async () => undefined },
        ...{ end: async (_, status) => ({ ...file, status }), list: async () => [], rejections: async () => [] },
      },
      known: async (ids) => new Set(ids.filter((id) => here.has(id))),
      caughtUp: async () => undefined,
      take: async (lines) => {
        for (const { lineId, amount } of lines) {
          taken.push(String(amount));
          here.add(lineId);
        }
      },
    });
    const rows = [
      { Invoice: 'R-1', AWB: 'T1', Net: '7,00', Cur: 'EUR', Date: '20.11.2026', 'Fuel Surcharge': '0,50' },
      { Invoice: 'R-1', AWB: 'T1', Net: 'x', Cur: 'EUR', Date: '20.11.2026' },
      { Invoice: 'R-1', AWB: 'T2', Net: '5,00', Cur: 'EUR', Date: '20.11.2026' },
    ];
    const records = async function* (): AsyncGenerator<FileLine> {
      for (const [i, value] of rows.entries()) yield { line: i + 2, value };
    };
    expect(await files.take({ terms, hash: 'h', records }, meta(1))).toMatchObject({ status: 'done' });
    await files.take({ terms, hash: 'h2', records }, meta(2));
    expect(taken).toEqual(['700', '50', '500']);
    expect(slices).toMatchObject([
      { records: 3, imported: 2, unchanged: 0, rejected: 1, rejections: [{ line: 3, field: 'Net', code: 'AMOUNT_INVALID' }] },
      { records: 3, imported: 0, unchanged: 2, rejected: 1 },
    ]);
    await expect(files.find('f')).rejects.toMatchObject({ code: 'INVOICE_FILE_UNKNOWN' });
  });
});

it('open findings raise an alert by what they exceed the limit of their currency', async () => {
  const open = [
    { carrier: 'dhl', currency: 'EUR', amount: 1_500 },
    { carrier: 'dhl', currency: 'GBP', amount: 9_000 },
  ];
  const all = new Map([['dhl', { ...terms, alertOver: { EUR: 1_000, USD: 50 } }]]);
  expect(await moneyOverLimit({ terms: async () => all, open: async () => open })()).toEqual([
    { carrier: 'dhl', currency: 'EUR', amount: 500 },
    { carrier: 'dhl', currency: 'USD', amount: 0 },
  ]);
});

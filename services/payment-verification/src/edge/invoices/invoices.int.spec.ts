import { randomUUID } from 'node:crypto';
import { postgresEventStore } from '@cartage/event-store';
import { newId } from '@cartage/service-kit';
import { Invoicing } from '../../app/invoicing';
import { Sellers } from '../../app/sellers';
import { paymentService, type PaymentService } from '../payment-service.fixture';
import { invoicingIn } from './postgres-invoicing';

// Documents are issued by a sweep.
jest.setTimeout(60_000);

let service: PaymentService;
beforeAll(async () => {
  service = await paymentService({ INVOICE_SECONDS: '1' });
});
afterAll(() => service.close());

const entity = {
  name: 'Cartage Trading Ltd',
  address: ['1 High Street', 'London'],
  taxId: 'GB123456789',
  prefix: 'GB-',
  channels: [],
  countries: [],
};
const vat = { name: 'VAT', rate: 20 };

const placed = async (channel = 'web'): Promise<string> => {
  const lines = [
    {
      lineId: '1',
      sku: 'MUG',
      quantity: 3,
      unitPrice: 1,
      discounts: [],
      taxLines: [{ ...vat, amount: 583 }],
      total: 3500,
      shipGroupId: '1',
    },
  ];
  const groups = [{ shipGroupId: '1', method: 'ship', destination: { country: 'GB' }, charge: 500, taxLines: [{ ...vat, amount: 83 }] }];
  const buyer = { name: 'Ada Probe', address: { lines: ['2 Hill Road'], city: 'Leeds', country: 'GB' } };
  const personal = await service.seal(`guest-${randomUUID()}`, buyer);
  const orderId = await service.place({ method: 'card' }, 4000, { channel, lines, shipGroups: groups, personal });
  await service.until(orderId, { status: 'authorized' });
  return orderId;
};

const documentsOf = async (orderId: string, count: number) =>
  service.eventually(
    async () => {
      const items = (await service.get(`/invoices?orderId=${orderId}`)).body.items ?? [];
      expect(items).toHaveLength(count);
      return items;
    },
    { withinMs: 20_000 },
  );

describe('invoices and credit notes', () => {
  it('are issued for shipments and refunds once somebody sells, numbered without gaps, and printed', async () => {
    const early = await placed();
    await service.dispatch(early);
    await service.until(early, { money: { captured: 4000 } });
    expect(await service.put('/legal-entities/uk', entity)).toMatchObject({ status: 200, body: { entity: 'uk', prefix: 'GB-' } });

    const orderId = await placed();
    await service.dispatch(orderId, 1);
    await service.dispatch(orderId, 2);
    const invoices = await documentsOf(orderId, 2);
    expect(invoices.map(({ tax }) => Number(tax)).reduce((sum, tax) => sum + tax, 0)).toBe(666);
    expect(invoices.map(({ total }) => Number(total)).reduce((sum, total) => sum + total, 0)).toBe(4000);

    await service.refundDue(orderId, 1000);
    const [, , credit] = await documentsOf(orderId, 3);
    expect(credit).toMatchObject({ kind: 'credit-note', number: 'GB-CN-00000001', total: 1000, tax: 167 });

    const pdf = await service.text(`/${orderId}/invoices/${String(invoices[0]?.['documentId'])}/document.pdf`);
    expect([pdf.status, pdf.headers.get('content-type'), pdf.body.subarray(0, 5).toString()]).toEqual([200, 'application/pdf', '%PDF-']);
    expect((await service.text(`/${orderId}/invoices/${randomUUID()}/document.pdf`)).status).toBe(404);

    await service.eventually(async () =>
      expect((await service.get('/invoices/missing')).body.items).toMatchObject([{ orderId: early, kind: 'invoice', amount: 4000 }]),
    );
    const booked = await service.eventually(async () => {
      const journal = (await service.get('/journal?limit=200')).body.items as readonly {
        kind: string;
        lines: readonly { debit: number; credit: number }[];
      }[];
      const found = journal.filter(({ kind }) => kind === 'invoiced' || kind === 'credited');
      expect(found).toHaveLength(3);
      return found;
    });
    for (const { lines } of booked) expect(lines.reduce((sum, line) => sum + line.debit - line.credit, 0)).toBe(0);
  });

  it('have no gap and no number twice, however many shipments leave at once', async () => {
    const orders = await Promise.all(Array.from({ length: 30 }, () => placed()));
    await Promise.all(orders.map((orderId) => service.dispatch(orderId)));
    await service.eventually(
      async () => {
        const items = (await service.get('/invoices?legalEntity=uk&limit=200')).body.items ?? [];
        const numbers = items.filter(({ kind }) => kind === 'invoice').map(({ number }) => String(number));
        expect(numbers).toHaveLength(32);
        expect(numbers.toSorted()).toEqual(Array.from({ length: 32 }, (_, n) => `GB-${String(n + 1).padStart(8, '0')}`));
      },
      { withinMs: 30_000 },
    );
  });

  it('are issued for money in advance where the seller wants it, taken off at dispatch, and missing by name where they are not', async () => {
    const german = { ...entity, prefix: 'DE-', channels: ['advance'], invoiceAt: 'capture' };
    expect(await service.put('/legal-entities/de', german)).toMatchObject({ status: 200, body: { invoiceAt: 'capture' } });
    const orderId = await placed('advance');
    expect(await service.post(`/${orderId}/captures`, { amount: 3000 })).toMatchObject({ status: 201 });
    const [advance] = await documentsOf(orderId, 1);
    expect(advance).toMatchObject({ kind: 'invoice', legalEntity: 'de', number: 'DE-00000001', total: 3000, tax: 500 });
    await service.dispatch(orderId);
    const [, final] = await documentsOf(orderId, 2);
    expect(final).toMatchObject({ number: 'DE-00000002', total: 1000, tax: 166 });
    const pdf = await service.text(`/${orderId}/invoices/${String(final?.['documentId'])}/document.pdf`);
    expect([pdf.status, pdf.body.subarray(0, 5).toString()]).toEqual([200, '%PDF-']);

    const elsewhere = await placed();
    await service.post(`/${elsewhere}/captures`, { amount: 4000 });
    await service.dispatch(elsewhere);
    expect(await documentsOf(elsewhere, 1)).toMatchObject([{ legalEntity: 'uk', total: 4000 }]);
    await service.eventually(async () => {
      const { body } = await service.get('/invoices/missing');
      expect((body.items ?? []).filter((item) => item['orderId'] === orderId || item['orderId'] === elsewhere)).toEqual([]);
    });
  });

  it('are one for each sum in advance, numbered without gaps, though several processes look for them at the same time', async () => {
    const french = { ...entity, prefix: 'FR-', channels: ['race'], invoiceAt: 'capture' };
    expect(await service.put('/legal-entities/fr', french)).toMatchObject({ status: 200 });
    const orders = await Promise.all(Array.from({ length: 6 }, () => placed('race')));
    const store = postgresEventStore({ pool: service.pool, alone: true });
    const needs = { store, newId, now: () => new Date() };
    const rival = () => new Invoicing({ ...needs, ...invoicingIn(store), entities: () => new Sellers(needs).all() });
    const captures = orders.flatMap((orderId) => [1000, 3000].map((amount) => service.post(`/${orderId}/captures`, { amount })));
    const racing = Array.from({ length: 4 }, async () => {
      for (let round = 0; round < 10; round += 1) await rival().run(new AbortController().signal);
    });
    expect(new Set((await Promise.all(captures)).map(({ status }) => status))).toEqual(new Set([201]));
    await Promise.all(racing);
    const issued = (await Promise.all(orders.map((orderId) => documentsOf(orderId, 2)))).flat();
    expect(issued.map(({ total }) => Number(total)).toSorted((a, b) => a - b)).toEqual(
      [1000, 3000].flatMap((total) => orders.map(() => total)),
    );
    const numbers = issued.map(({ number }) => String(number)).toSorted();
    expect(numbers).toEqual(Array.from({ length: 12 }, (_, n) => `FR-${String(n + 1).padStart(8, '0')}`));
  });

  it('are missed for goods that left after they were paid, too', async () => {
    const orderId = await placed('unsold');
    await service.pool.query('delete from invoice_sale where order_id = $1', [orderId]);
    await service.post(`/${orderId}/captures`, { amount: 4000 });
    const shipmentId = await service.dispatch(orderId);
    await service.eventually(async () => {
      const { body } = await service.get('/invoices/missing');
      expect((body.items ?? []).filter((item) => item['orderId'] === orderId)).toMatchObject([
        { kind: 'invoice', occasion: shipmentId, amount: 4000 },
      ]);
    });
  });

  it.each([
    ['a prefix that no number should have', { prefix: 'gb/' }, 'prefix'],
    ['no tax number', { taxId: '' }, 'taxId'],
  ])('refuse %s', async (_, change, field) =>
    expect(await service.put('/legal-entities/uk', { ...entity, ...change })).toMatchObject({
      status: 422,
      body: { errors: expect.arrayContaining([expect.objectContaining({ field })]) as unknown },
    }),
  );
});

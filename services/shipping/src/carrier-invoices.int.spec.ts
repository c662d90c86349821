import { Topics, type OrderLine } from '@cartage/contracts';
import { idFor, newId } from '@cartage/service-kit';
import { eventually, sampleOf } from '@cartage/testkit';
import { startOutside, type Outside } from './edge/outside.fixture';

/** As long as `eventually` may need on a busy machine. */
jest.setTimeout(60_000);

type Body = Readonly<Record<string, unknown>> & { readonly items?: readonly Readonly<Record<string, unknown>>[] };

let outside: Outside;
beforeAll(async () => {
  outside = await startOutside();
  const mapping = {
    columns: {
      invoice: 'Invoice',
      trackingNumber: 'AWB',
      charge: 'Charge',
      service: 'Product',
      weight: 'Kg',
      amount: 'Net',
      billedOn: 'Date',
    },
    ...{ charges: { Freight: 'carriage', VAT: 'tax' }, surcharges: { Fuel: 'fuel' }, currency: 'GBP' },
  };
  const set = await outside.request('PUT', '/shipping/carrier-invoice-terms/simulated', { mapping, included: ['fuel'] });
  expect(set.status).toBe(200);
});
afterAll(() => outside.close());

const read = async (response: Response | Promise<Response>): Promise<Body> => (await (await response).json()) as Body;
const get = (path: string): Promise<Body> => read(outside.request('GET', path));

const lines = [{ lineId: '1', sku: 'MUG', quantity: 3 }];
/** A shipment of one parcel of 1.5 kg, with its label. */
const labelled = async () => {
  const [orderId, fulfillmentId] = [newId(), newId()];
  const shipmentId = idFor('shipment', fulfillmentId);
  const address = { lines: ['1 High Street'], city: 'London', postalCode: 'SW1A 1AA', country: 'GB' };
  const personal = await outside.kitOf(Topics.order).vault.seal(`customer-${orderId}`, { name: 'Ada Byron', address });
  const { shipGroups, ...order } = sampleOf('OrderPlaced');
  const groups = shipGroups.map((group) => ({ ...group, destination: { country: 'GB', postalArea: 'SW1A' } }));
  const [first] = order.lines;
  const placed = { ...order, orderId, personal, shipGroups: groups, lines: lines.map((line) => ({ ...(first as OrderLine), ...line })) };
  await outside.tell(Topics.order, `order-${orderId}`, { type: 'OrderPlaced', data: placed });
  const allocated = { ...sampleOf('StockAllocated'), orderId, fulfillmentId, location: 'LDN', lines };
  await outside.tell(Topics.inventory, `reservation-${orderId}`, { type: 'StockAllocated', data: allocated });
  await eventually(async () => expect(await get(`/shipping/shipments/${shipmentId}`)).toMatchObject({ status: 'to-pack' }));
  await outside.request('POST', `/shipping/shipments/${shipmentId}/pack`, {
    parcels: [{ weightGrams: 1_500, lines: [{ lineId: '1', quantity: 3 }] }],
  });
  const { label } = await eventually(async () => {
    const shown = await get(`/shipping/shipments/${shipmentId}`);
    expect(shown).toMatchObject({ status: 'labelled' });
    return shown as { readonly label: { readonly cost: number; readonly parcels: readonly { readonly trackingNumber: string }[] } };
  });
  return { shipmentId, orderId, cost: label.cost, trackingNumber: String(label.parcels[0]?.trackingNumber) };
};

const header = 'Invoice,AWB,Charge,Product,Kg,Net,Date,Fuel';
const major = (minor: number): string => (minor / 100).toFixed(2);
const send = (rows: readonly string[]): Promise<Body> =>
  read(
    outside.request('POST', '/shipping/carrier-invoices?carrier=simulated', `${[header, ...rows].join('\n')}\n`, {
      'content-type': 'text/csv',
    }),
  );
const invoiceOf = (invoice: string) =>
  eventually(async () => {
    const found = (await get('/shipping/carrier-invoices?carrier=simulated&limit=200')).items?.find((each) => each['invoice'] === invoice);
    expect(found).toBeDefined();
    return found as { readonly invoiceId: string; readonly totals: readonly unknown[] };
  });
/** Once the views show it. */
const findingsOf = (invoiceId: string, kinds: readonly string[]) =>
  eventually(async () => {
    const { items = [] } = await get(`/shipping/audit-findings?invoiceId=${invoiceId}&limit=200`);
    expect(items.map(({ kind }) => String(kind)).toSorted()).toEqual(kinds);
    return items;
  });

interface Assessed {
  readonly number: number;
  readonly totals: readonly object[];
  /** Its number among the published events of its bill. */
  readonly sequence: number;
}
/** What the books are told of the label of an order. */
const toldOf = async (orderId: string): Promise<readonly Assessed[]> => {
  const { rows } = await outside.kitOf(Topics.order).pool.query<Assessed>(
    `select (data ->> 'number')::int as number, data -> 'totals' as totals, sequence from shipping.events
     where type = 'CarrierBillAssessed' and data ->> 'orderId' = $1 order by position`,
    [orderId],
  );
  return rows;
};

describe('the invoice of a carrier', () => {
  it('is compared with the labels that were bought: what agrees, and what does not, add up to the cent', async () => {
    const [good, heavy] = [await labelled(), await labelled()];
    const invoice = `R-${newId()}`;
    const rows = [
      `${invoice},${good.trackingNumber},Freight,standard,1.5,${major(good.cost - 10)},2026-11-20,0.10`,
      `${invoice},${good.trackingNumber},VAT,,,1.00,2026-11-20,`,
      `${invoice},${heavy.trackingNumber},Freight,standard,3.0,${major(heavy.cost + 250)},2026-11-20,`,
      `${invoice},${heavy.trackingNumber},Remote area,,,2.00,2026-11-20,`,
      `${invoice},NOBODY-KNOWS,Freight,standard,1,4.00,2026-11-20,`,
      `${invoice},${heavy.trackingNumber},Freight,standard,3.0,x,2026-11-20,`,
    ];
    const file = await send(rows);
    expect(file).toMatchObject({ status: 'done', records: 6, imported: 5, rejected: 1 });
    expect(await send(rows)).toEqual(file);
    expect((await get(`/shipping/carrier-invoices/files/${String(file['fileId'])}/rejections`)).items).toMatchObject([
      { line: 7, field: 'Net', code: 'AMOUNT_INVALID' },
    ]);

    const { invoiceId } = await invoiceOf(invoice);
    const found = await findingsOf(invoiceId, ['amount-differs', 'surcharge-not-quoted', 'unknown-tracking', 'weight-differs']);
    expect(found.find(({ kind }) => kind === 'amount-differs')).toMatchObject({
      status: 'open',
      amount: 250,
      shipmentId: heavy.shipmentId,
    });
    const [agreed, foundMoney] = [good.cost + heavy.cost, 250 + 200 + 400];
    await eventually(async () =>
      expect(await get(`/shipping/carrier-invoices/${invoiceId}`)).toMatchObject({
        ...{ invoice, carrier: 'simulated' },
        totals: [{ currency: 'GBP', lines: 6, billed: agreed + foundMoney + 100, agreed, taxes: 100, credits: 0, found: foundMoney }],
      }),
    );
    const { items = [] } = await get(`/shipping/carrier-invoices/${invoiceId}/lines?limit=200`);
    expect(items.filter((line) => line['labelId'] !== null)).toHaveLength(5);
    const csv = await (await outside.request('GET', `/shipping/audit-findings.csv?invoiceId=${invoiceId}`)).text();
    expect(csv.trim().split('\r\n')).toHaveLength(5);
    expect(csv).toContain(`${heavy.trackingNumber},amount-differs,open,GBP,2.50,0.00,${major(heavy.cost)}`);
  });

  it('is disputed by finding: the carrier gives it back in a later invoice, or refuses, and a person decides', async () => {
    const parcel = await labelled();
    const invoice = `R-${newId()}`;
    await send([
      `${invoice},${parcel.trackingNumber},Freight,standard,1.5,${major(parcel.cost)},2026-11-20,`,
      `${invoice},${parcel.trackingNumber},Remote area,,,2.00,2026-11-20,`,
      `${invoice},${parcel.trackingNumber},Saturday,,,1.00,2026-11-20,`,
    ]);
    const { invoiceId } = await invoiceOf(invoice);
    const found = await findingsOf(invoiceId, ['surcharge-not-quoted', 'surcharge-not-quoted']);
    const [remote, saturday] = [200, 100].map(
      (amount) => `/shipping/audit-findings/${String(found.find((each) => each['amount'] === amount)?.['findingId'])}`,
    );
    const post = (path: string, body: object, key: string = newId()) => outside.request('POST', path, body, { 'idempotency-key': key });
    const reason = { reasonCode: 'not-agreed' };
    expect((await post(`${remote}/credit`, { amount: 100 })).status).toBe(409);
    const key = newId();
    expect(await read(post(`${remote}/dispute`, reason, key))).toMatchObject({ status: 'disputed', reason: 'not-agreed' });
    expect((await post(`${remote}/dispute`, reason, key)).headers.get('cartage-repeated')).toBe('true');
    expect((await post(`${remote}/credit`, { amount: 201 })).status).toBe(422);
    expect(await read(post(`${saturday}/dispute`, reason))).toMatchObject({ status: 'disputed' });
    expect(await read(post(`${saturday}/refusal`, { reasonCode: 'agreed-by-phone' }))).toMatchObject({ status: 'refused' });
    expect(await read(post(`${saturday}/acceptance`, { reasonCode: 'agreed-by-phone' }))).toMatchObject({ status: 'accepted' });
    expect((await post(`${saturday}/closure`, reason)).status).toBe(409);

    const later = `C-${newId()}`;
    await send([`${later},${parcel.trackingNumber},Freight,,,-2.00,2026-11-27,`]);
    await eventually(async () => expect(await get(String(remote))).toMatchObject({ status: 'credited', credited: 200 }));
    await eventually(async () => {
      const { totals } = await invoiceOf(later);
      expect(totals).toMatchObject([{ currency: 'GBP', billed: -200, agreed: 0, credits: -200, found: 0 }]);
    });
    const told = await toldOf(parcel.orderId);
    expect(told.at(-1)?.totals).toEqual([
      {
        ...{ currency: 'GBP', quoted: parcel.cost, billed: parcel.cost + 100, agreed: parcel.cost },
        ...{ differences: 100, disputed: 0, taxes: 0, creditDue: 0 },
      },
    ]);
    expect(told.map(({ number, sequence }) => number - sequence)).toEqual(told.map(() => 0));
    expect((await get(`/shipping/audit-findings/${newId()}`))['code']).toBe('FINDING_UNKNOWN');
  });

  it('stands in the scorecard of its carrier', async () => {
    const parcel = await labelled();
    expect((await outside.request('POST', `/shipping/shipments/${parcel.shipmentId}/dispatch`, {})).ok).toBe(true);
    const invoice = `R-${newId()}`;
    await send([`${invoice},${parcel.trackingNumber},Freight,standard,1.5,${major(parcel.cost + 75)},2026-11-20,`]);
    await eventually(async () => {
      const report = await outside.request('GET', '/shipping/reports/carriers?by=carrier&carrier=simulated');
      expect(report.status).toBe(200);
      expect((await read(report)).items).toMatchObject([
        { billed: 1, billedOtherwisePercent: 100, billedOtherwise: [{ currency: 'GBP', labels: 1, amount: 75 }] },
      ]);
    });
  });

  it('is taken of carriers only of which it was said how they are read', async () => {
    const taken = outside.request('POST', '/shipping/carrier-invoices?carrier=nobody', `${header}\n`, { 'content-type': 'text/csv' });
    expect((await read(taken))['code']).toBe('CARRIER_TERMS_UNKNOWN');
    const terms = await outside.request('PUT', '/shipping/carrier-invoice-terms/odd', { mapping: { columns: {} } });
    expect(await read(terms)).toMatchObject({ code: 'MAPPING_INVALID', errors: [{ field: 'columns.invoice' }, {}, {}, {}, {}] });
    expect((await get('/shipping/carrier-invoice-terms')).items).toMatchObject([{ carrier: 'simulated', included: ['fuel'] }]);
  });
});

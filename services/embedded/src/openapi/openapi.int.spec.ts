import { auditCalls } from './audit.calls.fixture';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SwaggerParser from '@apidevtools/swagger-parser';
import { startAll, type Running } from '@cartage/service-kit';
import { ShopifyShop, testDatabase, testReader, type TestDatabase, type TestReader } from '@cartage/testkit';
import { Logger } from '@nestjs/common';
import { services } from '../services';
import { askingBy } from './asking.fixture';
import { callsTo, orderOf, warehouse, type Json } from './calls.fixture';
import { CHANNEL_CONNECTORS, channelCalls, differenceCalls, shopOutlet, toldCalls } from './channels.calls.fixture';
import { arrivalCalls, collectionCalls } from './collections.calls.fixture';
import { comparedWith, listsOf, operationsOf, type Document } from './document.fixture';
import { catalogueCalls, costCalls, countCalls, statementCalls, supplyCalls, transferCalls } from './inventory.calls.fixture';
import { messageCalls } from './notifications.calls.fixture';
import { deadLetterCalls, standingCalls } from './operations.calls.fixture';
import { askedByPages } from './pages.fixture';
import { partnerCalls } from './partners.calls.fixture';
import * as shipping from './shipping.calls.fixture';
import { changeCalls, deskCalls, entranceCalls, promiseCalls, refusedCalls, routingRulesCalls } from './orders.calls.fixture';
import * as payments from './payments.calls.fixture';
import { personCalls } from './person.calls.fixture';
import { reportCalls, reportingCalls } from './reporting.calls.fixture';
import { subscriptionCalls } from './subscriptions.calls.fixture';
import * as returns from './returns.calls.fixture';
import { alertCalls, channelStockCalls, cartCalls, explanationCalls, setAsideCalls } from './stock.calls.fixture';

let database: TestDatabase;
let reader: TestReader;
let mailFolder: string;
let running: Running;
const shop = new ShopifyShop();
let document: Document;
let compared: ReturnType<typeof comparedWith>;
const warned = jest.spyOn(Logger, 'warn');
jest.setTimeout(60_000);

beforeAll(async () => {
  database = await testDatabase();
  reader = await testReader(database);
  const MASTER_KEY_FILE = join(mkdtempSync(join(tmpdir(), 'cartage-openapi-')), 'master.key');
  mailFolder = mkdtempSync(join(tmpdir(), 'cartage-openapi-mail-'));
  const choices = { MAIL_FOLDER: mailFolder, ORDER_PAYMENT_HOURS: '48', ORDER_ADMISSION_POLICY: 'parking:park', CHANNEL_CONNECTORS };
  const told = {
    ...{ CHANNEL_OUTLETS: await shopOutlet(shop), CHANNEL_LOCATIONS: 'openapi-shop/*=77', CHANNEL_IN_FLIGHT_MINUTES: '0' },
    ...{ CHANNEL_PRICES: 'openapi-shop=GBP', REPORTING_READER: reader.name, REPORTS_DATABASE_URL: reader.url, REPORTS_FOLDER: mailFolder },
    WEBHOOK_LOOPBACK: 'true',
  };
  running = await startAll(services, {
    environment: { DATABASE_URL: database.url, MASTER_KEY_FILE, PORT: '0', LOG_LEVEL: 'fatal', ...choices, ...told },
  });
  document = (await (await fetch(`${running.url}/docs-json`)).json()) as Document;
  compared = comparedWith(document);
});

afterAll(async () => {
  await running.close();
  await shop.stop();
  await database.drop();
  await reader.drop();
});

const calls = callsTo(() => ({ url: running.url, compared }));
const { ask, get, post, itemsOf, once, some } = calls;

const stockUp = async (): Promise<void> => {
  for (const code of ['LDN', 'MAN']) {
    await ask('PUT', `/inventory/locations/${code}`, warehouse);
    await post('/inventory/receipts', { location: code, reference: 'PO-1', lines: [{ sku: 'MUG', quantity: 50 }] });
  }
  await post('/inventory/adjustments', { location: 'LDN', sku: 'MUG', quantity: -1, cause: 'damage' });
  await ask('PUT', '/inventory/items/MUG/safety-stock/LDN', { safetyStock: 2 });
};

/** From the warehouse's queue to the doorstep; answers with the shipment. */
const deliver = async (orderId: string): Promise<Json> => {
  const queue = `/shipping/shipments?orderId=${orderId}&status=to-pack`;
  const { items } = await once(queue, { items: [{ orderId }] });
  const { shipmentId } = (items as readonly Json[])[0] ?? {};
  const shipment = `/shipping/shipments/${String(shipmentId)}`;
  await post(`${shipment}/pack`, { parcels: [{ weightGrams: 800, lines: [{ lineId: '1', quantity: 2 }] }] });
  const { label } = await once(shipment, { label: expect.anything() });
  const { parcels, trackingToken } = label as { readonly parcels: readonly Json[]; readonly trackingToken: string };
  await post(`${shipment}/label`, {});
  await get(`${shipment}/label.pdf`);
  await get(`${shipment}/label.zpl?dpi=300`);
  await post(`${shipment}/dispatch`);
  const awb = String(parcels[0]?.['trackingNumber']);
  await shipping.failedDeliveryCalls(calls, { shipment, awb, token: trackingToken });
  await shipping.lossCalls(calls, shipment);
  await shipping.carrierInvoiceCalls(calls, awb);
  await shipping.arrive(calls, awb);
  await once(`/shipping/track/${trackingToken}`, { status: 'delivered' });
  await get(`/shipping/track/${trackingToken}/page`);
  await once(`/orders/${orderId}`, { status: 'completed' });
  return get(shipment);
};

describe('the OpenAPI document of all services', () => {
  it('is valid', async () => {
    await expect(SwaggerParser.validate(structuredClone(document) as never)).resolves.toBeDefined();
  });

  it('knows no two things by one name', () => {
    expect(warned.mock.calls.flat().filter((said) => String(said).includes('Duplicate DTO'))).toEqual([]);
    const ids = operationsOf(document).map(({ operation }) => operation.operationId);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  });

  it('says of every field what it holds: a list is no object', () => {
    const { schemas } = document['components'] as { readonly schemas: Readonly<Record<string, { readonly properties?: Json }>> };
    const fields = Object.entries(schemas).flatMap(([name, { properties = {} }]) =>
      Object.entries(properties).map(([field, schema]) => [`${name}.${field}`, schema as Json] as const),
    );
    const unsaid = fields.filter(
      ([, schema]) => schema['type'] === 'object' && !schema['properties'] && !('additionalProperties' in schema),
    );
    expect(fields.length).toBeGreaterThan(1_000);
    expect(unsaid.map(([name]) => name)).toEqual([]);
  });

  it('says of every operation what it does, what it answers and what it may refuse', () => {
    expect(operationsOf(document).length).toBeGreaterThan(35);
    for (const { path, method, operation } of operationsOf(document)) {
      const done = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
      const shapes = done.flatMap(([, { content = {} }]) => Object.values(content).map(({ schema }) => schema));
      const about = { path, method, summary: operation.summary, shapes, problem: operation.responses['default'] };
      expect(about).toEqual({
        path,
        method,
        summary: expect.stringMatching(/./),
        shapes: done.map(() => expect.anything()),
        problem: expect.anything(),
      });
      expect(done).not.toEqual([]);
    }
  });

  it('names no code that nobody refuses with', () => {
    const files = ['libs', 'services'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
    );
    const sources = files
      .filter((file) => /\/src\/.*(?<!\.spec|problems-documented)\.ts$/.test(file))
      .map((file) => readFileSync(file, 'utf8').replace(/refuses: \{[^}]*\}/g, ''))
      .join('');
    const named = operationsOf(document).flatMap(({ operation }) =>
      Object.values(operation.responses).flatMap(({ description }) => description.match(/(?<=`)[A-Z_]{4,}(?=`)/g) ?? []),
    );
    expect(named.length).toBeGreaterThan(100);
    expect([...new Set(named)].filter((code) => !sources.includes(`'${code}'`))).toEqual([]);
  });
});

it('pages ask as the document says', () => {
  const [asked, faultsOf] = [askedByPages(), askingBy(document)];
  expect(asked.length).toBeGreaterThan(200);
  expect(asked.flatMap((each) => faultsOf(each).map((fault) => `${each.page}: ${each.method} ${each.target} ${fault}`))).toEqual([]);
});

describe('every answer is as the document says', () => {
  it('of stock and locations', async () => {
    await stockUp();
    await get('/inventory/locations');
    await get('/inventory/locations/LDN');
    await get('/inventory/availability?sku=MUG&sku=NONE');
    await post('/inventory/availability/check', { lines: [{ sku: 'MUG', quantity: 2 }] });
    expect(await itemsOf('/inventory/items/MUG/movements')).not.toEqual([]);
    await explanationCalls(calls);
    await cartCalls(calls);
    await channelStockCalls(calls);
    await alertCalls(calls);
    await post('/inventory/receipts', { location: 'NOWHERE', lines: [{ sku: 'MUG', quantity: 1 }] });
    await ask('PUT', '/inventory/locations/LDN', { ...warehouse, name: 'Other' }, { 'if-match': '"99"' });
    await get('/health/live');
    await get('/health/ready');
  });

  it('of an order that is rejected by one location, shipped by another, paid at the door, and sent back', async () => {
    const { orderId: placed } = await post('/orders', orderOf(1_250, { payment: { method: 'cod' } }));
    const orderId = String(placed);
    const brokering = `/fulfillment/orders/${orderId}`;
    const [first] = (await once(brokering, { fulfillments: [{ status: 'brokered' }] }))['fulfillments'] as readonly Json[];
    await once(`/shipping/shipments?orderId=${orderId}&status=to-pack`, { items: [{ orderId }] });
    await post('/fulfillment/preview', { lines: [{ sku: 'MUG', quantity: 1 }], destination: { country: 'GB' } });
    await post(`/fulfillment/fulfillments/${String(first?.['fulfillmentId'])}/reject`, { reason: 'damaged' });
    await once(brokering, { fulfillments: [{ status: 'rejected' }, { status: 'brokered' }] });
    await post(`/fulfillment/orders/${orderId}/broker`);
    await some(`/fulfillment/orders/${orderId}/decisions`);
    const decisions = await itemsOf(`/fulfillment/orders/${orderId}/decisions`);
    await get(`/fulfillment/decisions/${String(decisions[0]?.['decisionId'])}`);
    await some('/fulfillment/fulfillments');
    await routingRulesCalls(calls);
    await shipping.carrierPolicyCalls(calls);
    await collectionCalls(calls);
    await arrivalCalls(calls);

    const { shipmentId, location } = await deliver(orderId);
    await shipping.carrierDayCalls(calls, location);
    await once(`/payments/${orderId}`, { money: { collected: 2_500 } });
    const missing = { reasonCode: 'customer-had-less' };
    await post(`/payments/${orderId}/collections/${String(shipmentId)}/short`, { ...missing, collected: 2_000 });
    await post(`/payments/${orderId}/collections/${String(shipmentId)}/resolution`, { ...missing, resolution: 'collected' });
    await post(`/payments/${orderId}/remittances`, { shipmentId, amount: 2_500, reference: 'REM-1' });
    await some('/payments');
    await get(`/payments/${orderId}/verdict`);
    await some(`/payments/${orderId}/movements`);

    await once(`/returns/orders/${orderId}/eligible-lines`, { lines: [{ quantity: 2 }] });
    const line = { lineId: '1', quantity: 1 };
    const back = `/returns/${String((await post('/returns', { orderId, lines: [{ ...line, reason: 'broken' }] }))['returnId'])}`;
    await post(`${back}/receive`, { location: 'LDN', lines: [line] });
    await post(`${back}/grade`, { ...line, grade: 'A', disposition: 'quarantine' });
    await once(back, { status: 'closed' });
    await setAsideCalls(calls, 'MUG');
    await get(`/payments/${orderId}`);
    await some('/returns');
    const never = `/returns/${String((await post('/returns', { orderId, lines: [{ ...line, reason: 'broken' }] }))['returnId'])}`;
    await post(`${never}/close`);
    await returns.wayBackCalls(calls, orderId);
    await returns.selfServiceCalls(calls, orderId);
    await returns.exchangeCalls(calls, orderId);
    await returns.claimCalls(calls, orderId);
    await get(`/orders/${orderId}/timeline`);
    await get(`/orders/${orderId}`);
    await some('/orders');
  });

  it('of a costly order of a channel that people look at, before it is sold and when it comes back', async () => {
    await returns.labelPolicyCalls(calls, 'market');
    const channelOrder = orderOf(150_000, { raw: { any: 'thing' } });
    const { orderId: placed } = await ask('PUT', '/channels/market/orders/MX-1', channelOrder);
    const orderId = String(placed);
    await ask('PUT', '/channels/market/orders/MX-1', channelOrder);
    await ask('PUT', '/channels/market/orders/MX-1', { ...channelOrder, currency: 'EUR' });
    await get('/channels/market/orders/MX-1');
    await post('/channels/market/gaps', { externalOrderIds: ['MX-1', 'MX-2'] });
    await get(`/orders/${orderId}/personal`);

    await once('/payments/reviews', { items: [{ orderId }] });
    await ask('PUT', `/payments/${orderId}/review/assignee`, { assignee: 'op-1' });
    await post(`/payments/${orderId}/review`, { decision: 'accept', note: 'Called back.' });
    await deliver(orderId);
    await once(`/payments/${orderId}`, { money: { captured: 300_000 } });

    await once(`/returns/orders/${orderId}/eligible-lines`, { lines: [{ quantity: 2 }] });
    const lines = [{ lineId: '1', quantity: 1, reason: 'broken' }];
    const { returnId, status } = await post('/returns', { orderId, lines });
    expect(status).toBe('awaiting-review');
    await post(`/returns/${String(returnId)}/decision`, { decision: 'authorize', note: 'As agreed.' });
    await returns.labelCalls(calls, String(returnId));
    await returns.strayCalls(calls, orderId);
  });

  it('of many at once, some of which are wrong', async () => {
    const order = orderOf(1_250, { externalOrderId: 'MX-7' });
    const placed = await post('/channels/market/orders/batch', { orders: [order, { externalOrderId: 'MX-8' }] });
    expect(placed).toMatchObject({ items: [{ status: 201 }, { status: 422 }] });
    const [{ receipt } = {}] = placed['items'] as readonly { readonly receipt?: { readonly orderId: string } }[];
    const { items } = await once(`/shipping/shipments?orderId=${receipt?.orderId}&status=to-pack`, { items: [{}] });
    const [{ shipmentId } = {}] = items as readonly Json[];
    const parcels = [{ weightGrams: 800, lines: [{ lineId: '1', quantity: 2 }] }];
    const packed = await post('/shipping/shipments/pack', { shipments: [{ shipmentId, parcels }, {}] });
    expect(packed).toMatchObject({ items: [{ status: 200 }, { status: 422 }] });
    await once(`/shipping/shipments/${String(shipmentId)}`, { status: 'labelled' });
    const handed = await post('/shipping/shipments/dispatch', { shipments: [{ shipmentId }, { shipmentId: randomUUID() }] });
    expect(handed).toMatchObject({ items: [{ status: 200 }, { status: 404 }] });
  });

  it('of what a listener could not take', () => deadLetterCalls(calls, database.url));
  it('of what services wait for, and of their views', () => standingCalls(calls));

  it('of an order that is held, edited, sent elsewhere and cancelled', () => changeCalls(calls));
  it('of an order that people look at', () => deskCalls(calls));
  it('of a person who is found, and forgotten', () => personCalls(calls, { databaseUrl: database.url, mailFolder, deliver }));
  it('of promises to customers, and what they are made from', () => promiseCalls(calls));

  it('of orders that were before, and orders that wait at the entrance', () => entranceCalls(calls));

  it('of what connected channels send', () => channelCalls(calls));
  it('of what connected channels are told', () => toldCalls(calls));
  it('of what channels say otherwise of orders', () => differenceCalls(calls));
  it('of items and price lists', () => catalogueCalls(calls));
  it('of what is on order', () => supplyCalls(calls));
  it('of what stock costs', () => costCalls(calls));
  it('of what is counted on shelves', () => countCalls(calls));
  it('of what other systems say that they have', () => statementCalls(calls));
  it('of what goes from one location to another', () => transferCalls(calls));
  it('of rules of verification', () => payments.ruleCalls(calls));
  it('of money that somebody moves by hand', () => payments.interventionCalls(calls));
  it('of money that a bank takes back', () => payments.chargebackCalls(calls));
  it('of links by which what is due is paid', () => payments.payLinkCalls(calls));
  it('of what a payment provider tells', () => payments.webhookCalls(calls));

  it('of what providers hand over', () => payments.settlementCalls(calls));
  it('of gift cards and store credit', () => payments.balanceCalls(calls));
  it('of invoices', () => payments.invoiceCalls(calls));
  it('of return policies', () => returns.returnPolicyCalls(calls));
  it('of the books', () => payments.bookCalls(calls));
  it('of what comes back undelivered', () => shipping.rtoCalls(calls));

  it('of what is picked together', () => shipping.waveCalls(calls));
  it('of those who fulfil for us', () => partnerCalls(calls));

  it('of those who handle returns for us', () => returns.providerCalls(calls));

  it('of what crosses a border', () => shipping.paperCalls(calls));
  it('of scans of parcels that nobody here sent', () => shipping.parkedScanCalls(calls));
  it('of messages to customers', () => messageCalls(calls));
  it('of what the audit expects and finds', () => auditCalls(calls, database.url));
  it('of numbers for analysts', () => reportingCalls(calls));
  it('of questions of one’s own', () => reportCalls(calls));
  it('of what other systems follow, and are sent', () => subscriptionCalls(calls));

  it('of what is refused', () => refusedCalls(calls));

  it.each([['x'], ['x', 'y'], ['x', 'y', 'z'], [-1], [1e99], ['2026-11-23T10:00:00.000Z', 'x'], [true, null]])(
    'of lists that are asked to go on at %j, where none of their pages ended',
    async (...place) => {
      const lists = listsOf(document);
      expect(lists.length).toBeGreaterThan(20);
      const cursor = Buffer.from(JSON.stringify(place)).toString('base64url');
      for (const list of lists) await get(`${list}?cursor=${cursor}`);
    },
  );

  it('and every operation was asked', () => expect(compared.unseen()).toEqual([]));
});

import { mkdtemp, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Topics } from '@cartage/contracts';
import { newId, webhookHeaders } from '@cartage/service-kit';
import { eventually, sampleOf } from '@cartage/testkit';
import { startOutside, type Outside } from './edge/outside.fixture';
import { allocating, lines, wishAt, type Wish } from './edge/partners/allocating.fixture';
import { PartnerServer, partnerSecret } from './edge/partners/webhook/partner-server.fixture';

/** As long as `eventually` may need on a busy machine. */
jest.setTimeout(60_000);

const server = new PartnerServer();
const locations = ['NORTH', 'SOUTH', 'EAST', 'LAMPS'];
let outside: Outside;
let folder: string;

type Json = Readonly<Record<string, unknown>>;
const read = async (response: Promise<Response>): Promise<Json> => (await (await response).json()) as Json;
const get = (path: string) => read(outside.request('GET', `/shipping/${path}`));
const post = (path: string, body?: object) => read(outside.request('POST', `/shipping/${path}`, body));
const put = (partner: string, body: object) => read(outside.request('PUT', `/shipping/partners/${partner}`, body));
/** Once its locations have been heard of: before that it is refused. */
const isKept = (partner: string, terms: object, shown: object) =>
  eventually(async () => expect(await put(partner, terms)).toMatchObject(shown));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cartage-partners-'));
  outside = await startOutside({ PARTNER_FOLDER: folder, PARTNER_FOLDER_SETTLE_SECONDS: '0', PARTNER_FOLDER_POLL_SECONDS: '1' });
  for (const location of locations)
    await outside.tell(Topics.inventory, `location-${location}`, {
      type: 'LocationChanged',
      data: { ...sampleOf('LocationChanged'), location, revision: 1 },
    });
  const north = { kind: '3pl', adapter: 'webhook', endpoint: await server.start(), secret: partnerSecret, locations: ['NORTH'] };
  server.says.set('fulfilment.request', ({ reference }) => [{ type: 'accepted', reference }]);
  await isKept('north-3pl', north, { locations: ['NORTH'], hasSecret: true, labels: 'own' });
  await isKept('old-wms', { kind: 'wms', adapter: 'csv-folder', locations: ['SOUTH'], labels: 'ours' }, { locations: ['SOUTH'] });
  await isKept('sandbox', { kind: 'wms', adapter: 'simulated', locations: ['EAST'], labels: 'ours' }, { locations: ['EAST'] });
});
afterAll(async () => {
  await outside.close();
  await server.stop();
});

const wish = wishAt;
const allocate = (...asked: Parameters<ReturnType<typeof allocating>['allocate']>) => allocating(outside).allocate(...asked);
const allocated = (...asked: Parameters<ReturnType<typeof allocating>['allocated']>) => allocating(outside).allocated(...asked);

const is = (shipmentId: string, shown: object) => eventually(async () => expect(await get(`shipments/${shipmentId}`)).toMatchObject(shown));
/** A message that the partner has. */
const isTold = (message: object) =>
  eventually(async () => {
    const { items } = await get('partners/north-3pl/messages?status=told&limit=200');
    expect(items).toEqual(expect.arrayContaining([expect.objectContaining(message)]));
  });

const says = async (notice: object, id: string = newId()): Promise<Json> => {
  const body = JSON.stringify(notice);
  const headers = webhookHeaders(partnerSecret, id, { body, now: new Date() });
  return read(outside.request('POST', '/shipping/partners/north-3pl/webhooks', body, headers));
};
const cancelled = ({ fulfillmentId, orderId, location }: Wish) =>
  outside.tell(Topics.fulfillment, `fulfillment-${fulfillmentId}`, {
    type: 'FulfillmentCancellationRequested',
    data: { ...sampleOf('FulfillmentCancellationRequested'), fulfillmentId, orderId, location, lines },
  });

describe('a partner that takes signed JSON', () => {
  it('is asked by itself for what leaves its location, takes it, and says when it is out, with numbers of its own carrier', async () => {
    const { shipmentId } = await allocated('NORTH');
    await is(shipmentId, { status: 'to-pack', partner: 'north-3pl', withPartner: { acceptedAt: expect.any(String) as string } });
    expect(server.of(shipmentId, 'fulfilment.request')).toMatchObject([
      { location: 'NORTH', request: { recipient: { name: 'Ada Byron', address: { postalCode: 'SW1A 1AA' } }, lines, labels: 'own' } },
    ]);
    const parcels = [{ weightGrams: 900, trackingNumber: 'JD01', lines: [{ lineId: '1', quantity: 2 }] }];
    expect(await says({ type: 'packed', reference: shipmentId, carrier: 'dhl', parcels }, 'pack-1')).toMatchObject({ status: 'taken' });
    expect(await says({ type: 'packed', reference: shipmentId, carrier: 'dhl', parcels }, 'pack-1')).toMatchObject({
      status: 'taken',
      tries: 1,
    });
    const short = [{ lineId: '2', quantity: 0, short: 1, reason: { code: 'short-packed' } }];
    await is(shipmentId, { status: 'labelled', label: { carrier: 'dhl' }, picking: { lines: [{ lineId: '1', quantity: 2 }, ...short] } });
    expect(await get(`shipments/${shipmentId}/label.pdf`)).toMatchObject({ status: 409, code: 'LABEL_OF_PARTNER' });
    await says({ type: 'dispatched', reference: shipmentId, occurredAt: '2026-11-23T15:00:00Z' });
    await is(shipmentId, { status: 'dispatched', dispatchedAt: '2026-11-23T15:00:00.000Z' });
    await isTold({ shipmentId, kind: 'request', attempts: 1 });
  });

  it('is asked whether it can still cancel, and its answer counts', async () => {
    const [kept, gone] = [await allocated('NORTH'), await allocated('NORTH')];
    for (const each of [kept, gone]) {
      await is(each.shipmentId, { status: 'to-pack' });
      await cancelled(each);
      await is(each.shipmentId, { status: 'to-pack', withPartner: { cancellation: { reason: {} } } });
      await eventually(() => expect(server.of(each.shipmentId, 'fulfilment.cancel')).toHaveLength(1));
    }
    await says({ type: 'cancelled', reference: kept.shipmentId });
    await is(kept.shipmentId, { status: 'cancelled' });
    await says({ type: 'cancellation-refused', reference: gone.shipmentId, detail: 'On the van.' });
    await is(gone.shipmentId, { status: 'to-pack', withPartner: { goneOut: true } });
    await says({ type: 'dispatched', reference: gone.shipmentId, carrier: 'dhl', parcels: [{ trackingNumber: 'JD02' }] });
    await is(gone.shipmentId, { status: 'dispatched', parcels: [{ trackingNumber: 'JD02', lines }] });
  });

  it('is asked again after a lost answer, by our reference first; what it refuses waits for a person, and is sent again', async () => {
    server.strike('lost');
    const { shipmentId: lost } = await allocated('NORTH');
    await eventually(() => expect(server.of(lost, 'fulfilment.request')).toHaveLength(1));
    await isTold({ shipmentId: lost, attempts: 2 });
    server.strike('refused');
    const { shipmentId } = await allocated('NORTH');
    const refused = await eventually(async () => {
      const { items } = await get('partners/north-3pl/messages?status=refused');
      expect(items).toMatchObject([
        { shipmentId, code: 'PARTNER_REFUSED', faults: [{ field: 'request.lines[0].sku', code: 'SKU_UNKNOWN' }] },
      ]);
      return (items as readonly Json[])[0];
    });
    await post(`partners/north-3pl/messages/${String(refused?.['messageId'])}/resubmit`);
    await is(shipmentId, { withPartner: { acceptedAt: expect.any(String) as string } });
  });

  it('may speak of what is not known here yet, of what cannot be, and in a form that is none', async () => {
    const of = wish('NORTH');
    expect(await says({ type: 'picked', reference: of.shipmentId }, 'early-1')).toMatchObject({
      status: 'parked',
      code: 'SHIPMENT_UNKNOWN',
    });
    await allocated('NORTH', of);
    await is(of.shipmentId, { picking: { pickedAt: expect.any(String) as string } });
    const wrong = { type: 'dispatched', reference: of.shipmentId, parcels: [{ weightGrams: 1 }] };
    expect(await says(wrong, 'wrong-1')).toMatchObject({ status: 'refused', code: 'TRACKING_MISSING', faults: [{ field: 'parcels' }] });
    expect(await get('partners/north-3pl/notices?status=refused')).toMatchObject({ items: [{ noticeId: 'wrong-1' }] });
    const notice = { ...wrong, carrier: 'dhl', parcels: [{ weightGrams: 1, trackingNumber: 'JD03' }] };
    expect(await post('partners/north-3pl/notices/wrong-1/resubmit', { notice })).toMatchObject({ status: 'taken', tries: 2 });
    await is(of.shipmentId, { status: 'dispatched' });
    expect(await says({ type: 'rejected', reference: of.shipmentId })).toMatchObject({ status: 422, errors: [{ field: 'code' }] });
    expect(await says({ type: 'picked', reference: of.shipmentId, lines: [{ lineId: '1', short: -1 }] })).toMatchObject({
      ...{ status: 422, errors: [{ field: 'lines[0].short' }] },
    });
    const unsigned = read(outside.request('POST', '/shipping/partners/north-3pl/webhooks', notice));
    expect(await unsigned).toMatchObject({ status: 401, code: 'SIGNATURE_INVALID' });
  });

  it('has what it was told, also when its answer makes no sense, which waits for a person', async () => {
    const accepts = server.says.get('fulfilment.request');
    server.says.set('fulfilment.request', ({ reference }) => [
      { type: 'rejected', reference },
      { type: 'accepted', reference },
    ]);
    const { shipmentId } = await allocated('NORTH');
    await is(shipmentId, { withPartner: { acceptedAt: expect.any(String) as string } });
    if (accepts) server.says.set('fulfilment.request', accepts);
    await isTold({ shipmentId, kind: 'request' });
    const unreadable = { kind: 'unreadable', reference: shipmentId, status: 'refused', faults: [{ field: 'code' }] };
    const { items } = await get('partners/north-3pl/notices?status=refused');
    expect(items).toMatchObject([unreadable]);
    const noticeId = String((items as readonly Json[])[0]?.['noticeId']);
    expect(await post(`partners/north-3pl/notices/${noticeId}/resubmit`)).toMatchObject({ ...unreadable, tries: 2 });
    const notice = { type: 'accepted', reference: shipmentId };
    expect(await post(`partners/north-3pl/notices/${noticeId}/resubmit`, { notice })).toMatchObject({ status: 'taken', kind: 'accepted' });
  });

  it('says what is on its shelves, where it serves, and each SKU once', async () => {
    const report = { type: 'stock', location: 'NORTH', asOf: '2026-11-23T04:00:00Z', whole: true, stock: [{ sku: 'MUG', onHand: 118 }] };
    expect(await says(report, 'stock-1')).toMatchObject({ status: 'taken', kind: 'stock' });
    expect(await says({ ...report, location: 'SOUTH' })).toMatchObject({
      status: 'refused',
      faults: [{ code: 'LOCATION_NOT_OF_PARTNER' }],
    });
    const twice = { ...report, stock: [...report.stock, ...report.stock] };
    expect(await says(twice, 'stock-3')).toMatchObject({ status: 'refused', faults: [{ field: 'stock[1].sku' }] });
    const dropped = await post('partners/north-3pl/notices/stock-3/drop', { reason: 'They send another one.' });
    expect(dropped).toMatchObject({ status: 'dropped', detail: expect.stringMatching(/another one/) as string });
  });
});

describe('a partner whose old system reads and writes files', () => {
  const files = (room: string) => readdir(join(folder, 'old-wms', room));

  it('finds its request, packs it for a label of ours, finds that, and says when it is out; what it writes wrong comes back', async () => {
    const { shipmentId } = await allocated('SOUTH');
    await eventually(async () => {
      const [name = ''] = (await files('outbox')).filter((each) => each.endsWith('.request.csv'));
      expect(await readFile(join(folder, 'old-wms/outbox', name), 'utf8')).toContain(shipmentId);
    });
    // Written under another name, so that it is never read in part.
    const inbox = async (name: string, content: string) => {
      await writeFile(join(folder, 'old-wms/inbox', `.${name}`), content);
      await rename(join(folder, 'old-wms/inbox', `.${name}`), join(folder, 'old-wms/inbox', name));
    };
    await inbox('bad.csv', `type,reference,parcelId,weightGrams,lineId,quantity\npacked,${shipmentId},1,heavy,1,2\n`);
    await eventually(async () => {
      const [report = ''] = (await files('failed')).filter((name) => name.endsWith('.faults.csv'));
      expect(await readFile(join(folder, 'old-wms/failed', report), 'utf8')).toMatch(/^2,weightGrams,QUANTITY_INVALID,/m);
    });
    await inbox(
      'packed.csv',
      `type,reference,parcelId,weightGrams,lineId,quantity\npacked,${shipmentId},1,900,1,2\npacked,${shipmentId},1,900,2,1\n`,
    );
    await is(shipmentId, { status: 'labelled', label: { carrier: 'simulated' } });
    await eventually(async () => expect((await files('outbox')).some((name) => name.endsWith('.label.pdf'))).toBe(true));
    await inbox('out.csv', `type,reference\ndispatched,${shipmentId}\n`);
    await is(shipmentId, { status: 'dispatched' });
  });
});

describe('the register of partners', () => {
  it('gives a location to one partner, keeps secrets, and says which field is wrong', async () => {
    const terms = { kind: 'wms', adapter: 'simulated', locations: ['NORTH'] };
    expect(await put('other', terms)).toMatchObject({ status: 409, code: 'LOCATION_TAKEN', errors: [{ field: 'locations[0]' }] });
    expect(await put('other', { ...terms, locations: ['NOWHERE'] })).toMatchObject({ status: 422, code: 'LOCATION_UNKNOWN' });
    expect(await put('other', { ...terms, adapter: 'fax' })).toMatchObject({ status: 422, code: 'ADAPTER_UNKNOWN' });
    expect(await put('other', { ...terms, adapter: 'webhook', locations: [] })).toMatchObject({
      status: 422,
      errors: [{ field: 'endpoint' }],
    });
    const plain = { ...terms, adapter: 'webhook', endpoint: 'http://example.com/x', secret: partnerSecret };
    expect(await put('other', plain)).toMatchObject({ status: 422, errors: [{ field: 'endpoint' }] });
    expect(JSON.stringify(await get('partners'))).not.toContain(partnerSecret);
    expect(await get('partners/north-3pl')).toMatchObject({ kind: '3pl', revision: 1 });
  });

  it('lets a person say what a partner said by telephone', async () => {
    const { shipmentId } = await allocated('EAST');
    await is(shipmentId, { partner: 'sandbox', withPartner: { acceptedAt: expect.any(String) as string } });
    const parcels = [{ weightGrams: 900, lines: lines.map(({ lineId, quantity }) => ({ lineId, quantity })) }];
    expect(await post('partners/sandbox/notices', { type: 'packed', reference: shipmentId, parcels })).toMatchObject({ status: 'taken' });
    await is(shipmentId, { status: 'labelled', label: { carrier: 'simulated' } });
  });
});

describe('a supplier that sends its own goods', () => {
  const supplier = { kind: 'supplier', adapter: 'simulated', locations: ['LAMPS'], packingSlip: { sender: 'The Mug Shop' } };
  const says = (notice: object) => post('partners/lamp-works/notices', notice);
  const orderOf = async (shipmentId: string): Promise<Json> => {
    const { supplierOrder } = await get(`shipments/${shipmentId}`);
    return get(`supplier-orders/${String((supplierOrder as Json)['supplierOrderId'])}`);
  };
  const orderIs = (shipmentId: string, shown: object) => eventually(async () => expect(await orderOf(shipmentId)).toMatchObject(shown));

  it('is sent an order with a number and what its goods cost, takes it, ships it, and bills what it has shipped', async () => {
    expect(await put('lamp-works', supplier)).toMatchObject({ kind: 'supplier', packingSlip: supplier.packingSlip });
    const stock = [
      { sku: 'MUG', onHand: 9, unitCost: 640, currency: 'GBP' },
      { sku: 'LAMP', unlimited: true },
    ];
    const report = { type: 'stock', location: 'LAMPS', asOf: '2026-11-23T04:00:00Z', whole: false };
    expect(await says({ ...report, stock })).toMatchObject({ status: 'taken' });
    expect(await says({ ...report, stock: [{ sku: 'MUG', onHand: 9, unitCost: 640 }] })).toMatchObject({
      ...{ status: 422, errors: [{ field: 'stock[0].currency' }] },
    });
    expect(await says({ ...report, stock: [{ sku: 'MUG' }] })).toMatchObject({ status: 422, errors: [{ field: 'stock[0].onHand' }] });
    const { shipmentId, orderId } = await allocated('LAMPS');
    await is(shipmentId, { partner: 'lamp-works', supplierOrder: { number: expect.stringMatching(/^SO-[0-9A-Z]{13}$/) as string } });
    const shipsAt = new Date(Date.now() + 86_400_000).toISOString();
    expect(await says({ type: 'accepted', reference: shipmentId, shipsAt })).toMatchObject({ status: 'taken' });
    await eventually(async () =>
      expect(await orderOf(shipmentId)).toMatchObject({
        ...{
          shipBy: shipsAt,
          supplier: 'lamp-works',
          orderId,
          status: 'accepted',
          sentAt: expect.any(String) as string,
          overdue: null,
          notices: [],
        },
        lines: [
          { ...lines[0], unitCost: { currency: 'GBP', amount: 640 }, accepted: 2 },
          { ...lines[1], accepted: 1 },
        ],
        ...{ cost: [{ currency: 'GBP', amount: 1_280 }], billable: [{ currency: 'GBP', amount: 0 }] },
      }),
    );
    await says({ type: 'dispatched', reference: shipmentId, carrier: 'dhl', parcels: [{ trackingNumber: 'LW01' }] });
    await orderIs(shipmentId, {
      ...{ status: 'shipped', notices: [{ carrier: 'dhl', parcels: [{ trackingNumber: 'LW01' }] }] },
      billable: [{ currency: 'GBP', amount: 1_280 }],
    });
    await says({ type: 'delivered', reference: shipmentId });
    await is(shipmentId, { status: 'delivered', parcels: [{ scans: [{ reason: { code: 'told-by-partner', by: 'provider' } }] }] });
  });

  it('sends it in two parts, which are two shipments of one order, whichever it tells first', async () => {
    const first = await allocated('LAMPS');
    const { shipmentId: reference } = first;
    await is(reference, { withPartner: { acceptedAt: expect.any(String) as string } });
    const out = { type: 'dispatched', reference, carrier: 'dhl' };
    await says({ ...out, parcels: [{ trackingNumber: 'LW02', lines: [{ lineId: '2', quantity: 1 }] }] });
    const { orderId: _another, ...anew } = wish('LAMPS');
    const rest = { ...first, ...anew };
    expect(await says({ ...out, parcels: [{ trackingNumber: 'LW03' }] })).toMatchObject({ status: 'parked', code: 'REST_NOT_PLANNED' });
    await allocate(rest, lines.slice(0, 1));
    await is(rest.shipmentId, { status: 'dispatched', restOf: reference, label: { parcels: [{ trackingNumber: 'LW03' }] } });
    // The shipment shows it before its order does.
    await orderIs(reference, { status: 'shipped', notices: [{ shipmentId: reference }, { shipmentId: rest.shipmentId }] });
    expect(await orderOf(rest.shipmentId)).toMatchObject({ shipmentId: reference });
  });

  it('is overdue when it has not shipped by the time that it said, and is listed so', async () => {
    const { shipmentId, orderId } = await allocated('LAMPS');
    await is(shipmentId, { withPartner: { acceptedAt: expect.any(String) as string } });
    const late = { type: 'accepted', reference: shipmentId, shipsAt: '2026-11-20T12:00:00Z' };
    expect(await says(late)).toMatchObject({ status: 'taken' });
    const overdue = { orderId, status: 'accepted', shipBy: '2026-11-20T12:00:00.000Z', overdue: 'shipment' };
    await eventually(async () => {
      expect(await get('supplier-orders?supplier=lamp-works&overdue=true')).toMatchObject({ items: [overdue] });
      expect((await get('supplier-orders?overdue=false'))['items']).toHaveLength(2);
    });
    const metrics = await (await outside.request('GET', '/metrics')).text();
    expect(metrics).toContain('cartage_supplier_orders_overdue{supplier="lamp-works"} 1');
    expect(await get('supplier-orders?status=lost')).toMatchObject({ status: 422, errors: [{ field: 'status' }] });
    expect(await get(`supplier-orders/${newId()}`)).toMatchObject({ status: 404, code: 'SUPPLIER_ORDER_UNKNOWN' });
    await says({ type: 'rejected', reference: shipmentId, code: 'out-of-stock' });
    await orderIs(shipmentId, { status: 'rejected', reason: { code: 'out-of-stock' }, overdue: null });
  });
});

import { createHmac } from 'node:crypto';
import { carriersOf } from '..';
import type { TrackingUpdate } from '../../../app/carrier';
import { carrierSettings } from '../../shipping.fixture';
import { carrierContract } from '../carrier.contract';
import { consignment } from '../carrier.fixture';
import { parcelOf, recipientOf, sendersOf } from './addresses';
import { easyPostCarrier, easyPostServicesOf } from './easypost';
import { easyPostServer, recorded } from './server.fixture';

const server = easyPostServer();
afterAll(() => server.close());

const leeds = { name: 'Cartage', street1: '1 Dock Road', city: 'Leeds', zip: 'LS1 1AA', country: 'GB', phone: '+441130000000' };
const senders = sendersOf(JSON.stringify({ LEEDS: leeds }));
const services = easyPostServicesOf(['standard=USPS/GroundAdvantage', 'express=USPS/Express']);
const carrier = easyPostCarrier({ key: 'test', url: server.url, secret: 'sécret', senders, services });

const native = {
  'label-created': ['pre_transit', 'status_update'],
  'picked-up': ['in_transit', 'received_at_origin_facility'],
  'in-transit': ['in_transit', 'arrived_at_facility'],
  'out-for-delivery': ['out_for_delivery', 'out_for_delivery'],
  delivered: ['delivered', 'delivered'],
  'attempt-failed': ['failure', 'delivery_exception'],
  exception: ['failure', 'damaged'],
  returned: ['return_to_sender', 'return'],
  other: ['unknown', 'customs_held'],
} as const;

const signed = (event: object) => {
  const rawBody = Buffer.from(JSON.stringify(event));
  const digest = createHmac('sha256', 'sécret'.normalize('NFKD')).update(rawBody).digest('hex');
  return { rawBody, signature: `hmac-sha256-hex=${digest}` };
};
const eventOf = (result: object) => ({ object: 'Event', description: 'tracker.updated', mode: 'test', result });
const detailOf = ({ milestone, occurredAt, place }: TrackingUpdate) => ({
  object: 'TrackingDetail',
  status: native[milestone][0],
  status_detail: native[milestone][1],
  datetime: occurredAt,
  message: '',
  tracking_location: { object: 'TrackingLocation', city: place, state: null, country: null, zip: null },
});

carrierContract('easypost', () => ({
  carrier,
  consignment,
  refused: { ...consignment, recipient: { ...consignment.recipient, address: { ...consignment.recipient.address, country: 'KP' } } },
  refusedOrigin: { location: 'NOWHERE' },
  webhook: (updates) =>
    signed(eventOf({ object: 'Tracker', tracking_code: updates[0]?.trackingNumber, tracking_details: updates.map(detailOf) })),
}));

describe('EasyPost', () => {
  const another = (n: number) => ({ ...consignment, reference: `019a9f6e-0000-7000-8000-00000000090${n}` });
  const bodyOf = (path: string) => server.asked.filter((each) => each.path === path).at(-1)?.body as { order: Record<string, unknown> };

  it('is told all of an address: streets, city, region, postal code and country', async () => {
    const address = {
      lines: ['Flat 2', '1 High Street', 'Back door'],
      city: 'London',
      region: 'ENG',
      postalCode: 'SW1A 1AA',
      country: 'GB',
    };
    const recipient = { name: 'Zoë Müller', phone: '+44 20 7946 0000', email: 'zoe@example.org', address };
    expect(recipientOf({ recipient })).toEqual({
      ...{ name: 'Zoë Müller', street1: 'Flat 2', street2: '1 High Street, Back door', city: 'London', state: 'ENG' },
      ...{ zip: 'SW1A 1AA', country: 'GB', phone: '+44 20 7946 0000', email: 'zoe@example.org' },
    });
    await carrier.book({ ...another(1), recipient });
    expect(bodyOf('/orders').order).toMatchObject({ to_address: { zip: 'SW1A 1AA', city: 'London', country: 'GB' }, from_address: leeds });
  });

  // No exchange of a return was recorded: `is_return` of an order is used as its documentation has it, which says that EasyPost itself turns the addresses around.
  it('is told of goods that come back that it is a return, with the same two addresses', async () => {
    await carrier.book({ ...another(2), isReturn: true });
    expect(bodyOf('/orders').order).toMatchObject({ is_return: true, to_address: { zip: 'SW1A 1AA' }, from_address: leeds });
    await carrier.book(another(3));
    expect(bodyOf('/orders').order).not.toHaveProperty('is_return');
  });

  it('is told a parcel in ounces and inches, never lighter or smaller than it is', () => {
    expect(parcelOf({ parcelId: '1', weightGrams: 1_000, lengthMm: 254, widthMm: 100, heightMm: 1, lines: [] })).toEqual({
      ...{ weight: 35.3, length: 10, width: 4, height: 0.1 },
    });
    expect(parcelOf({ parcelId: '1', weightGrams: 1, lengthMm: 254, lines: [] })).toEqual({ weight: 0.1 });
  });

  it('is told across a border what customs are told, of each parcel', async () => {
    const line = {
      lineId: '1',
      sku: 'MUG',
      description: 'Mug',
      hsCode: '691200',
      originCountry: 'CN',
      quantity: 2,
      weightGrams: 567,
      value: 1_850,
    };
    const customs = {
      ...{ from: 'GB', to: 'FR', currency: 'GBP' },
      parcels: [{ parcelId: '1', document: 'cn22', weightGrams: 1_200, value: 1_850, lines: [line] }],
    };
    const recipient = { ...consignment.recipient, address: { ...consignment.recipient.address, country: 'FR' } };
    expect(await carrier.book({ ...another(11), recipient })).toMatchObject({ status: 'refused', reason: { code: 'customs-missing' } });
    await carrier.book({ ...another(11), recipient, customs });
    const item = {
      ...{ description: 'Mug', quantity: 2, code: 'MUG', value: '18.50', currency: 'GBP' },
      ...{ weight: 20.1, hs_tariff_number: '691200', origin_country: 'CN' },
    };
    const [first, second] = bodyOf('/orders').order['shipments'] as readonly Record<string, unknown>[];
    expect(first).toMatchObject({ customs_info: { contents_type: 'merchandise', customs_items: [item] } });
    expect(second).not.toHaveProperty('customs_info');
  });

  it('that answered nobody is asked by our reference, and what was bought then is not bought again', async () => {
    const wanted = another(2);
    const first = await carrier.book(wanted);
    const before = server.asked.length;
    expect(await carrier.book({ ...wanted, service: 'express' })).toEqual(first);
    expect(server.asked.slice(before).map(({ method, path }) => `${method} ${path}`)).toEqual([`GET /orders/${wanted.reference}`]);
  });

  it('buys what was asked for and not bought when its answer got lost', async () => {
    const wanted = another(3);
    await carrier.quote(wanted);
    const path = '/orders';
    const { order } = bodyOf(path);
    await fetch(`${server.url}${path}`, { method: 'POST', body: JSON.stringify({ order: { ...order, reference: wanted.reference } }) });
    const before = server.asked.length;
    expect(await carrier.book(wanted)).toMatchObject({ status: 'booked' });
    expect(server.asked.slice(before).map(({ method }) => method)).toEqual(['GET', 'POST']);
  });

  it('refuses with the field that is wrong', async () => {
    server.instead.push({ status: 404, body: recorded('not-found') }, { status: 422, body: recorded('error') });
    expect(await carrier.book(another(4))).toEqual({
      status: 'refused',
      reason: { code: 'parameter-required', detail: 'Missing required parameter. shipment: cannot be blank', by: 'carrier' },
    });
    server.instead.push({ status: 422, body: recorded('error') });
    expect(await carrier.quote(another(4))).toMatchObject([{ service: 'standard', reason: { code: 'parameter-required' } }, {}]);
  });

  it.each([401, 402, 429, 503])('that answers %i has not said no: it is a fault, and asked again', async (status) => {
    server.instead.push({ status, body: { error: { code: 'SOME.FAULT', message: 'Not now.', errors: [] } } });
    await expect(carrier.book(another(5))).rejects.toThrow(`EasyPost answered ${status}: Not now.`);
  });

  it('says why a service does not take it', async () => {
    const order = { ...recorded('order-created'), rates: [], messages: [{ carrier: 'USPS', message: 'Too heavy.' }] };
    server.instead.push({ status: 201, body: order });
    expect(await carrier.quote(another(6))).toMatchObject([
      { service: 'standard', reason: { code: 'no-rate', detail: 'USPS GroundAdvantage does not take it. USPS: Too heavy.' } },
      { service: 'express' },
    ]);
  });

  it('is understood as it answered when it was recorded: the numbers in the order of the parcels, and what they cost together', async () => {
    server.instead.push(
      { status: 404, body: recorded('not-found') },
      { status: 201, body: recorded('order-created') },
      { status: 200, body: recorded('order-bought') },
    );
    const [first, second] = recorded('order-bought')['shipments'] as { readonly tracking_code: string }[];
    expect(await carrier.book(another(8))).toEqual({
      status: 'booked',
      parcels: [first, second].map((shipment, n) => ({ parcelId: String(n + 1), trackingNumber: shipment?.tracking_code })),
      ...{ service: 'standard', currency: 'USD', cost: 1_140 },
    });
  });

  it('that does not give the money back has not voided a label', async () => {
    const wanted = another(7);
    await carrier.book(wanted);
    const found = await (await fetch(`${server.url}/orders/${wanted.reference}`)).json();
    server.instead.push({ status: 200, body: found as Record<string, unknown> }, { status: 200, body: { refund_status: 'rejected' } });
    await expect(carrier.void({ reference: wanted.reference })).rejects.toThrow('rejected');
    await expect(carrier.void({ reference: wanted.reference })).resolves.toBeUndefined();
  });

  it('says by a webhook what it says when it is asked, under the same ids', async () => {
    const parcel = { parcelId: '1', trackingNumber: 'EZ1000000001' };
    const tracked = await carrier.track?.([parcel]);
    expect(carrier.normalise(eventOf(recorded('tracker')))).toEqual(tracked);
    expect(tracked?.updates).toMatchObject([
      { milestone: 'label-created', occurredAt: '2024-06-30T16:06:32.000Z' },
      { milestone: 'label-created', place: 'HOUSTON, TX' },
    ]);
  });

  it('says when it made what it tells, in what it signs', () => {
    expect(carrier.madeAt?.({ ...eventOf({}), created_at: '2026-11-27T10:00:00Z' })).toBe('2026-11-27T10:00:00Z');
    for (const strange of [eventOf({}), { created_at: 5 }, 'text', null]) expect(carrier.madeAt?.(strange)).toBeUndefined();
  });

  it('tells of other things too, which are no news of a parcel; and one strange scan costs only itself', () => {
    expect(carrier.normalise({ object: 'Event', description: 'batch.created', result: { object: 'Batch' } })).toEqual({
      updates: [],
      notUnderstood: [],
    });
    const details = [
      { status: 'delivered', datetime: 'yesterday' },
      detailOf({ trackingNumber: 'EZ1', eventId: '', milestone: 'delivered', occurredAt: '2026-11-24T09:00:00.000Z' }),
    ];
    expect(carrier.normalise(eventOf({ object: 'Tracker', tracking_code: 'EZ1', tracking_details: details }))).toMatchObject({
      updates: [{ milestone: 'delivered' }],
      notUnderstood: [{ field: 'result.tracking_details[0].datetime' }],
    });
  });

  it.each([
    ['[]', 'must be an object of addresses'],
    ['{"LDN": {"name": "X"}}', 'LDN: street1 is missing'],
    ['{"LDN": {"name": "X", "street1": "1", "city": "Y", "country": "UK"}}', 'LDN: country must be'],
    ['{"LDN": {"name": "X", "street1": "1", "city": "Y", "country": "GB", "postcode": "1"}}', 'postcode is no field'],
  ])('is not set up with the senders %s', (json, message) => expect(() => sendersOf(json)).toThrow(message));

  it('is one of the carriers once it has a key, and refuses to start with a service that nobody can read', () => {
    const settings = { ...carrierSettings, EASYPOST_API_KEY: 'k' };
    expect(carriersOf(settings).get('easypost')?.services).toEqual(['standard']);
    expect(carriersOf(carrierSettings).has('easypost')).toBe(false);
    expect(() => carriersOf({ ...settings, EASYPOST_SERVICES: 'standard' })).toThrow('EASYPOST_SERVICES: "standard"');
    const unsigned = easyPostCarrier({ key: 'k', url: server.url, secret: '', senders, services });
    expect(unsigned.verify(`hmac-sha256-hex=${createHmac('sha256', '').update('{}').digest('hex')}`, Buffer.from('{}'))).toBe(false);
  });
});

import { Topics, type LineQuantity, type OrderLine } from '@cartage/contracts';
import { idFor, newId } from '@cartage/service-kit';
import { eventually, sampleOf } from '@cartage/testkit';
import type { Recipient } from './app/carrier';
import { startOutside, type Outside } from './edge/outside.fixture';

/** As long as `eventually` may need on a busy machine. */
jest.setTimeout(60_000);

let outside: Outside;
beforeAll(async () => (outside = await startOutside()));
afterAll(() => outside.close());

const lines = [
  { lineId: '1', sku: 'MUG', quantity: 3 },
  { lineId: '2', sku: 'LAMP', quantity: 1 },
];
const ada: Recipient = { name: 'Ada Byron', address: { lines: ['1 High Street'], city: 'London', postalCode: 'SW1A 1AA', country: 'GB' } };
const at = '2026-11-23T09:00:00.000Z';

interface Wanted {
  readonly orderId: string;
  readonly fulfillmentId: string;
  readonly shipmentId: string;
  readonly location: string;
}

const wanted = (location: string): Wanted => {
  const fulfillmentId = newId();
  return { orderId: newId(), fulfillmentId, location, shipmentId: idFor('shipment', fulfillmentId) };
};

/** The order as it is placed: whose address it goes to, and what the packer must know. */
const place = async ({ orderId }: Wanted, person: Recipient = ada, goods: readonly LineQuantity[] = lines): Promise<void> => {
  const personal = await outside.kitOf(Topics.order).vault.seal(`customer-${orderId}`, person);
  const { shipGroups, ...order } = sampleOf('OrderPlaced');
  const [line] = order.lines;
  const groups = shipGroups.map((group) => ({ ...group, destination: { country: person.address.country, postalArea: 'SW1A' } }));
  await outside.tell(Topics.order, `order-${orderId}`, {
    type: 'OrderPlaced',
    data: { ...order, orderId, personal, shipGroups: groups, lines: goods.map((each) => ({ ...(line as OrderLine), ...each })) },
  });
};

const allocate = ({ orderId, fulfillmentId, location }: Wanted, goods: readonly LineQuantity[] = lines): Promise<void> =>
  outside.tell(Topics.inventory, `reservation-${orderId}`, {
    type: 'StockAllocated',
    data: { ...sampleOf('StockAllocated'), orderId, fulfillmentId, location, lines: goods },
  });

const read = async (response: Response | Promise<Response>): Promise<Record<string, unknown>> =>
  (await (await response).json()) as Record<string, unknown>;
const get = (path: string) => read(outside.request('GET', path));
const shipmentIs = (id: string, status: string) =>
  eventually(async () => {
    const shipment = await get(`/shipping/shipments/${id}`);
    expect(shipment).toMatchObject({ status });
    return shipment;
  });
const onOne = { parcels: [{ weightGrams: 1_500, lines: lines.map(({ lineId, quantity }) => ({ lineId, quantity })) }] };
const pack = (id: string, body: unknown = onOne) => outside.request('POST', `/shipping/shipments/${id}/pack`, body);

interface LabelledShipment {
  readonly label: { readonly parcels: readonly [{ readonly trackingNumber: string }]; readonly trackingToken: string };
}

/** A shipment of a place of its own, with its label. */
const labelled = async (location: string) => {
  const wish = wanted(location);
  await Promise.all([allocate(wish), place(wish)]);
  await shipmentIs(wish.shipmentId, 'to-pack');
  await pack(wish.shipmentId);
  const { label } = (await shipmentIs(wish.shipmentId, 'labelled')) as unknown as LabelledShipment;
  return { ...wish, trackingNumber: label.parcels[0].trackingNumber, trackingToken: label.trackingToken };
};
const scan = (awb: string, code: string, hour: number) => ({
  scanId: `${awb}-${code}`,
  awb,
  code,
  scannedAt: `2026-11-23T0${hour}:00:00Z`,
  hub: 'Leeds',
});

describe('a shipment', () => {
  it('goes from the warehouse’s queue to the customer’s door', async () => {
    const wish = wanted('LEEDS');
    await allocate(wish);
    await place(wish);
    await eventually(async () =>
      expect(await get('/shipping/shipments?status=to-pack&location=LEEDS')).toMatchObject({
        items: [{ shipmentId: wish.shipmentId, units: 4 }],
      }),
    );

    const packed = await pack(wish.shipmentId);
    expect([packed.status, packed.headers.get('etag')]).toEqual([200, '"2"']);
    const { label } = (await shipmentIs(wish.shipmentId, 'labelled')) as unknown as LabelledShipment;
    expect((await outside.request('POST', `/shipping/shipments/${wish.shipmentId}/dispatch`)).status).toBe(200);

    const { trackingToken, parcels } = label;
    const awb = parcels[0].trackingNumber;
    expect((await outside.webhook([scan(awb, 'HUB_SCAN', 3), scan(awb, 'ON_VAN', 7)])).status).toBe(202);
    expect((await outside.webhook([scan(awb, 'DELIVERED', 9), scan(awb, 'HUB_SCAN', 3)])).status).toBe(202);
    await shipmentIs(wish.shipmentId, 'delivered');

    await eventually(async () => {
      const shown = await get(`/shipping/track/${trackingToken}`);
      expect(shown).toMatchObject({ status: 'delivered', trackingNumbers: [awb], deliveredAt: '2026-11-23T09:00:00.000Z' });
      expect((shown['milestones'] as { milestone: string }[]).map(({ milestone }) => milestone).sort()).toEqual(
        ['label-created', 'picked-up', 'in-transit', 'out-for-delivery', 'delivered'].sort(),
      );
      expect(JSON.stringify(shown)).not.toMatch(/Ada|High Street|SW1A/);
    });
  });

  it('that is lost is paid by the carrier, as its settlement file tells payment', async () => {
    const { shipmentId } = await labelled('HULL');
    await outside.request('POST', `/shipping/shipments/${shipmentId}/dispatch`);
    const claim = { shipmentId, parcelId: '1', currency: 'GBP', amount: 4_500, reason: 'lost' };
    const { claimId } = (await read(outside.request('POST', '/shipping/claims', claim))) as { readonly claimId: string };
    await outside.request('POST', `/shipping/claims/${claimId}/acceptance`, { amount: 4_000 });
    const data = { ...sampleOf('CarrierClaimSettled'), claimId, amount: 4_000 };
    await outside.tell(Topics.payment, `carrierclaim-${claimId}`, { type: 'CarrierClaimSettled', data });
    await eventually(async () => expect(await get(`/shipping/claims/${claimId}`)).toMatchObject({ status: 'paid', paid: 4_000 }));
  });

  it('is packed and handed over with many others at once, each answered by itself, the same when sent again', async () => {
    const wishes = [wanted('DERBY'), wanted('DERBY')];
    await Promise.all(wishes.flatMap((wish) => [allocate(wish), place(wish)]));
    for (const { shipmentId } of wishes) await shipmentIs(shipmentId, 'to-pack');
    const [first, second] = wishes.map(({ shipmentId }) => shipmentId);
    const stranger = newId();
    const toPack = {
      shipments: [...[first, second, stranger].map((shipmentId) => ({ shipmentId, ...onOne })), { shipmentId: first, parcels: [] }, 7],
    };
    const key = { 'idempotency-key': newId() };
    const packing = () => read(outside.request('POST', '/shipping/shipments/pack', toPack, key));
    expect(await read(outside.request('POST', '/shipping/shipments/pack?preview=true', toPack))).toMatchObject({
      preview: true,
      items: [
        { shipmentId: first, status: 200, preview: { events: [{ type: 'ShipmentPacked', subject: first }] } },
        { shipmentId: second, preview: { events: [{ type: 'ShipmentPacked', subject: second }] } },
        { shipmentId: stranger, status: 404, problem: { code: 'SHIPMENT_UNKNOWN' } },
        { status: 422 },
        { status: 422 },
      ],
    });
    for (const { shipmentId } of wishes) await shipmentIs(shipmentId, 'to-pack');
    const answer = await packing();
    expect(answer).toMatchObject({
      items: [
        { shipmentId: first, status: 200, shipmentStatus: 'packed' },
        { shipmentId: second, status: 200, shipmentStatus: 'packed' },
        { shipmentId: stranger, status: 404, problem: { code: 'SHIPMENT_UNKNOWN' } },
        { shipmentId: first, status: 422, problem: { errors: [{ field: 'parcels' }] } },
        { shipmentId: null, status: 422, problem: { code: 'BODY_NOT_AN_OBJECT' } },
      ],
    });
    for (const { shipmentId } of wishes) await shipmentIs(shipmentId, 'labelled');
    expect(((await packing())['items'] as readonly unknown[]).slice(0, 2)).toEqual((answer['items'] as readonly unknown[]).slice(0, 2));
    const shipments = [first, second].map((shipmentId) => ({ shipmentId }));
    expect(await read(outside.request('POST', '/shipping/shipments/dispatch', { shipments }))).toMatchObject({
      items: shipments.map(({ shipmentId }) => ({ shipmentId, status: 200, shipmentStatus: 'dispatched' })),
    });
  });

  it('is labelled on 4 × 6 inches with the recipient’s name, each time the same', async () => {
    const { shipmentId, trackingNumber } = await labelled('YORK');
    const printed = await outside.request('GET', `/shipping/shipments/${shipmentId}/label.pdf`);
    expect([printed.status, printed.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    const pdf = Buffer.from(await printed.arrayBuffer()).toString('latin1');
    expect(pdf.startsWith('%PDF-') && pdf.includes(trackingNumber)).toBe(true);
    expect(await (await outside.request('GET', `/shipping/shipments/${shipmentId}/label.zpl`)).text()).toContain(`^FD${trackingNumber}^FS`);
  });

  it('costs what the way from its location costs, once the location was heard of', async () => {
    const lyon = { location: 'LYON', name: 'Lyon', kind: 'warehouse', country: 'FR', latitude: 45.76, longitude: 4.84 } as const;
    const changed = { ...lyon, active: true, revision: 1, changedAt: at };
    await outside.tell(Topics.inventory, 'location-LYON', { type: 'LocationChanged', data: changed });
    await eventually(async () =>
      expect((await outside.kitOf(Topics.order).pool.query('select 1 from shipping.location')).rows).toHaveLength(1),
    );
    const abroad = wanted('LYON');
    await Promise.all([allocate(abroad), place(abroad)]);
    await shipmentIs(abroad.shipmentId, 'to-pack');
    const missing = [{ field: 'items.MUG' }, { field: 'items.LAMP' }];
    expect(await read(pack(abroad.shipmentId))).toMatchObject({ code: 'CUSTOMS_MISSING', errors: missing });
    const customs = { hsCode: '691200', originCountry: 'CN' };
    const item = { ...sampleOf('ItemChanged'), revision: 1, weightGrams: 300, customs };
    for (const sku of ['MUG', 'LAMP'])
      await outside.tell(Topics.inventory, `item-${sku}`, { type: 'ItemChanged', data: { ...item, sku, title: sku } });
    await eventually(async () => expect((await pack(abroad.shipmentId)).status).toBe(200));
    expect(await shipmentIs(abroad.shipmentId, 'labelled')).toMatchObject({
      label: { currency: 'GBP', cost: 1_850 + 3 * 240 },
      customs: { from: 'FR', to: 'GB', parcels: [{ document: 'cn22', lines: [{ sku: 'MUG' }, { sku: 'LAMP' }] }] },
    });
  });

  it('that the carrier does not take is shown as label-failed, for a person to choose again', async () => {
    const wish = wanted('HULL');
    await allocate(wish);
    await place(wish, { ...ada, address: { ...ada.address, country: 'KP' } });
    await shipmentIs(wish.shipmentId, 'to-pack');
    await pack(wish.shipmentId);
    expect(await shipmentIs(wish.shipmentId, 'label-failed')).toMatchObject({ labelFailure: { code: 'country-not-served' } });
    const early = await outside.request('POST', `/shipping/shipments/${wish.shipmentId}/dispatch`);
    expect([early.status, await read(early)]).toEqual([409, expect.objectContaining({ code: 'SHIPMENT_NOT_LABELLED' })]);
    const retried = await outside.request('POST', `/shipping/shipments/${wish.shipmentId}/label`, { service: 'express' });
    expect([retried.status, await read(retried)]).toEqual([200, expect.objectContaining({ status: 'label-failed' })]);
  });

  it('of a cancelled order never leaves, whichever is heard first', async () => {
    const [first, second] = [wanted('BATH'), await labelled('BATH')];
    const cancelled = { ...sampleOf('OrderCancelled'), lines };
    const cancel = ({ orderId }: Wanted): Promise<void> =>
      outside.tell(Topics.order, `order-${orderId}`, { type: 'OrderCancelled', data: { ...cancelled, orderId } });
    // As an order tells it: first that it was placed. A cancellation that knows of a shipment waits until that is planned, and whatever its order said later waits behind it.
    await Promise.all([place(first).then(() => cancel(first)), allocate(first), cancel(second)]);
    expect(await shipmentIs(second.shipmentId, 'cancelled')).toMatchObject({ cancelled: { reason: { code: 'payment-declined' } } });
    await eventually(async () =>
      expect(await get(`/shipping/shipments/${second.shipmentId}`)).toMatchObject({ cancelled: { labelVoided: true } }),
    );
    await shipmentIs(first.shipmentId, 'cancelled');
  });

  it('of ten thousand lines is packed like any other', async () => {
    const goods = Array.from({ length: 10_000 }, (_, n) => ({ lineId: String(n + 1), sku: `SKU-${n}`, quantity: 2 }));
    const wish = wanted('BIG');
    const isListed = (status: string) =>
      eventually(async () =>
        expect((await get(`/shipping/shipments?location=BIG&status=${status}`))['items']).toMatchObject([{ units: 20_000 }]),
      );
    await allocate(wish, goods);
    await place(wish, ada, goods);
    await isListed('to-pack');
    const all = goods.map(({ lineId, quantity }) => ({ lineId, quantity }));
    expect((await pack(wish.shipmentId, { parcels: [{ weightGrams: 900_000, lines: all }] })).status).toBe(200);
    await isListed('labelled');
  });
});

/** As if whoever makes tracking numbers findable were slow. */
const withoutNewNumbers = async <Result>(meanwhile: () => Promise<Result>): Promise<Result> => {
  const client = await outside.kitOf(Topics.order).pool.connect();
  try {
    await client.query('begin');
    await client.query('lock table shipping.tracking_number in exclusive mode');
    return await meanwhile();
  } finally {
    await client.query('rollback');
    client.release();
  }
};

describe('a webhook', () => {
  it('that comes before its tracking number is known waits, and is recorded when it is', async () => {
    const wish = wanted('KENT');
    await Promise.all([allocate(wish), place(wish)]);
    await shipmentIs(wish.shipmentId, 'to-pack');
    const awb = await withoutNewNumbers(async () => {
      await pack(wish.shipmentId);
      const { label } = (await shipmentIs(wish.shipmentId, 'labelled')) as unknown as LabelledShipment;
      const { trackingNumber } = label.parcels[0];
      const answer = await read(outside.webhook([scan(trackingNumber, 'DELIVERED', 9)]));
      expect(answer).toMatchObject({ applied: 0, parked: [{ waitsFor: 'number-unknown' }] });
      return trackingNumber;
    });
    expect(await shipmentIs(wish.shipmentId, 'delivered')).toMatchObject({
      parcels: [{ trackingNumber: awb, scans: [{ milestone: 'delivered' }] }],
    });
    await eventually(async () =>
      expect((await outside.kitOf(Topics.order).pool.query('select 1 from shipping.parked_scan')).rows).toEqual([]),
    );
  });

  it('with another’s signature changes nothing', async () => {
    const { shipmentId, trackingNumber } = await labelled('BURY');
    const forged = await outside.webhook([scan(trackingNumber, 'DELIVERED', 9)], `sha256=${'0'.repeat(64)}`);
    expect([forged.status, await read(forged)]).toEqual([422, expect.objectContaining({ code: 'SIGNATURE_INVALID' })]);
    expect(await get(`/shipping/shipments/${shipmentId}`)).toMatchObject({ status: 'labelled', parcels: [{ scans: [] }] });
  });
});

describe('the list of shipments', () => {
  it('pages through a warehouse oldest first, without a gap or a repeat', async () => {
    const wishes = Array.from({ length: 5 }, () => wanted('PAGE'));
    await Promise.all(wishes.flatMap((wish) => [place(wish), allocate(wish)]));
    await eventually(async () => expect((await get('/shipping/shipments?location=PAGE'))['items']).toHaveLength(5));
    const seen: { shipmentId: string; plannedAt: string }[] = [];
    let next: unknown = '';
    while (next !== null) {
      const page = await get(`/shipping/shipments?location=PAGE&limit=2${next === '' ? '' : `&cursor=${String(next)}`}`);
      seen.push(...(page['items'] as typeof seen));
      next = page['next'];
    }
    expect(new Set(seen.map(({ shipmentId }) => shipmentId))).toEqual(new Set(wishes.map(({ shipmentId }) => shipmentId)));
    expect(seen.map(({ plannedAt }) => plannedAt)).toEqual(seen.map(({ plannedAt }) => plannedAt).sort());
    expect(seen).toHaveLength(5);
  });

  it.each([
    ['/shipping/shipments?status=lost', 422, 'REQUEST_INVALID'],
    ['/shipping/shipments?cursor=x', 422, 'CURSOR_INVALID'],
    ['/shipping/shipments/019a9f6e-7d1c-7b2a-9c3d-5e4f6a7b8c03', 404, 'SHIPMENT_UNKNOWN'],
    ['/shipping/track/nobody', 404, 'TRACKING_UNKNOWN'],
  ])('answers %s with %d %s', async (path, status, code) => {
    const response = await outside.request('GET', path);
    expect([response.status, await read(response)]).toEqual([status, expect.objectContaining({ code })]);
  });

  it.each(['pack', 'label', 'dispatch'])('answers an empty %s of a shipment that nobody knows with 404', async (step) => {
    const response = await outside.request('POST', `/shipping/shipments/${newId()}/${step}`);
    expect([response.status, await read(response)]).toEqual([404, expect.objectContaining({ code: 'SHIPMENT_UNKNOWN' })]);
  });

  it('refuses a packing that leaves a line out, naming it', async () => {
    const wish = wanted('LIST');
    await allocate(wish);
    await place(wish);
    await shipmentIs(wish.shipmentId, 'to-pack');
    const wrong = await pack(wish.shipmentId, { parcels: [{ weightGrams: 100, lines: [{ lineId: '1', quantity: 3 }] }] });
    expect([wrong.status, await read(wrong)]).toEqual([
      422,
      expect.objectContaining({
        code: 'PACKING_WRONG',
        errors: [expect.objectContaining({ code: 'LINE_NOT_PACKED', message: expect.stringContaining('Line 2') })],
      }),
    ]);
    expect(await get(`/shipping/shipments/${wish.shipmentId}`)).toMatchObject({ status: 'to-pack' });
  });
});

import { Topics, type OrderLine } from '@cartage/contracts';
import { idFor, newId } from '@cartage/service-kit';
import { eventually, sampleOf } from '@cartage/testkit';
import { startOutside, type Outside } from './outside.fixture';

jest.setTimeout(60_000);

let outside: Outside;
beforeAll(async () => {
  outside = await startOutside();
  for (const location of ['DOCK', 'YARD'])
    await outside.tell(Topics.inventory, `location-${location}`, {
      type: 'LocationChanged',
      data: { ...sampleOf('LocationChanged'), location, timeZone: 'Europe/London', revision: 1 },
    });
});
afterAll(() => outside.close());

const line = { lineId: '1', sku: 'MUG', quantity: 1 };
const read = async (response: Promise<Response>) => (await (await response).json()) as Record<string, unknown>;
const get = (path: string) => read(outside.request('GET', path));
const post = (path: string, body: unknown) => outside.request('POST', path, body);

/** A shipment with its label. */
const labelled = async (location: string, sold: object = {}): Promise<string> => {
  const [orderId, fulfillmentId] = [newId(), newId()];
  const shipmentId = idFor('shipment', fulfillmentId);
  const address = { lines: ['1 High Street'], city: 'London', postalCode: 'SW1A 1AA', country: 'GB' };
  const personal = await outside.kitOf(Topics.order).vault.seal(`customer-${orderId}`, { name: 'Ada', address });
  const sample = sampleOf('OrderPlaced');
  const lines = [{ ...(sample.lines[0] as OrderLine), ...line }];
  await outside.tell(Topics.order, `order-${orderId}`, { type: 'OrderPlaced', data: { ...sample, orderId, personal, lines, ...sold } });
  await outside.tell(Topics.inventory, `reservation-${orderId}`, {
    type: 'StockAllocated',
    data: { ...sampleOf('StockAllocated'), orderId, fulfillmentId, location, lines: [line] },
  });
  await eventually(async () => expect(await get(`/shipping/shipments/${shipmentId}`)).toMatchObject({ status: 'to-pack' }));
  await post(`/shipping/shipments/${shipmentId}/pack`, { parcels: [{ weightGrams: 500, lines: [{ lineId: '1', quantity: 1 }] }] });
  await eventually(async () => expect(await get(`/shipping/shipments/${shipmentId}`)).toMatchObject({ status: 'labelled' }));
  return shipmentId;
};
const dispatch = (shipmentId: string) => post(`/shipping/shipments/${shipmentId}/dispatch`, {});

describe('the close of the day', () => {
  it('lists what was handed over a moment ago, leaves out what was not, and is the same for all who close it at once', async () => {
    const [gone, stays] = [await labelled('DOCK'), await labelled('DOCK')];
    await dispatch(gone);
    const close = (day?: unknown) => post('/shipping/manifests', { carrier: 'simulated', location: 'DOCK', day });
    const answers = await Promise.all([close(), close(), close()]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    const [manifest, ...others] = (await Promise.all(answers.map((answer) => answer.json()))) as readonly Record<string, unknown>[];
    expect(manifest).toMatchObject({ shipments: [{ shipmentId: gone }], reference: expect.stringMatching(/^MAN/) });
    expect(others).toEqual([manifest, manifest]);

    await dispatch(stays);
    expect(await read(close(manifest?.['day']))).toEqual(manifest);
    const id = String(manifest?.['manifestId']);
    await eventually(async () =>
      expect(await get('/shipping/manifests?location=DOCK')).toMatchObject({ items: [{ manifestId: id, shipments: 1, parcels: 1 }] }),
    );
    const printed = await outside.request('GET', `/shipping/manifests/${id}/manifest.pdf`);
    expect(printed.headers.get('content-type')).toBe('application/pdf');
    expect(Buffer.from(await printed.arrayBuffer()).toString('latin1')).toMatch(/^%PDF-/);
  });

  it('of a place where nothing was handed over, or of a day that is none, is refused by name', async () => {
    const close = (body: object) => read(post('/shipping/manifests', { carrier: 'simulated', location: 'YARD', ...body }));
    expect(await close({})).toMatchObject({ status: 409, code: 'MANIFEST_EMPTY' });
    for (const day of ['2026-02-30', 'today', 7]) expect(await close({ day })).toMatchObject({ status: 422, errors: [{ field: 'day' }] });
    expect(await close({ day: '2090-01-01' })).toMatchObject({ status: 422, code: 'DAY_NOT_BEGUN' });
  });
});

describe('a pickup', () => {
  const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();

  it('is booked, listed by what became of it, and cancelled', async () => {
    const wish = { carrier: 'simulated', location: 'YARD', from: inHours(1), until: inHours(4), instructions: 'Gate 3.' };
    const booked = await read(post('/shipping/pickups', wish));
    expect(booked).toMatchObject({ status: 'booked', confirmation: expect.stringMatching(/^PUP/), ...wish });
    const id = String(booked['pickupId']);
    await eventually(async () => expect(await get('/shipping/pickups?status=booked')).toMatchObject({ items: [{ pickupId: id }] }));
    expect(await read(post(`/shipping/pickups/${id}/cancel`, { reason: 'Nothing to fetch.' }))).toMatchObject({ status: 'cancelled' });
    expect(await get(`/shipping/pickups/${id}`)).toMatchObject({ status: 'cancelled', reason: { detail: 'Nothing to fetch.' } });
    await eventually(async () => expect(await get('/shipping/pickups?location=YARD&status=booked')).toMatchObject({ items: [] }));
  });

  it('that is no window is refused by its field', async () => {
    const wish = { carrier: 'simulated', location: 'YARD', from: inHours(4), until: inHours(1) };
    expect(await read(post('/shipping/pickups', wish))).toMatchObject({ status: 422, code: 'WINDOW_WRONG', errors: [{ field: 'until' }] });
    expect(await read(post('/shipping/pickups', { ...wish, until: 'later' }))).toMatchObject({ status: 422, errors: [{ field: 'until' }] });
  });
});

describe('a parcel that could not be delivered', () => {
  interface Labelled {
    readonly label: { readonly parcels: readonly [{ readonly trackingNumber: string }]; readonly trackingToken: string };
  }
  const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);

  it('goes out again on the day that whoever has the link says, to the address that the desk corrects, and is not told twice', async () => {
    const shipmentId = await labelled('YARD');
    const { label } = (await get(`/shipping/shipments/${shipmentId}`)) as unknown as Labelled;
    const awb = label.parcels[0].trackingNumber;
    const scan = (code: string) => outside.webhook([{ scanId: `${awb}-${code}`, awb, code, scannedAt: new Date().toISOString() }]);
    const byLink = (body: object) => read(post(`/shipping/track/${label.trackingToken}/instructions`, body));
    await eventually(async () => expect(await byLink({ instruction: 'reattempt' })).toMatchObject({ code: 'SHIPMENT_NOT_DISPATCHED' }));
    expect((await scan('NOT_DELIVERED')).status).toBe(202);
    expect(await byLink({ instruction: 'reschedule', day })).toEqual({ instruction: 'reschedule', day, status: 'accepted' });
    expect(await byLink({ instruction: 'address' })).toMatchObject({ status: 422, errors: [{ field: 'instruction' }] });
    expect(await read(post('/shipping/track/no-such-token/instructions', { instruction: 'reattempt' }))).toMatchObject({ status: 404 });

    const address = { lines: ['2 High Street'], city: 'London', postalCode: 'SW1A 2AA', country: 'GB' };
    const instruct = (body: object) => read(post(`/shipping/shipments/${shipmentId}/instructions`, body));
    const shown = await instruct({ instruction: 'address', address, note: 'She called.' });
    expect(shown).toMatchObject({
      status: 'attempt-failed',
      instructed: [
        { instruction: 'reschedule', reason: { by: 'customer' }, outcome: { accepted: true } },
        { instruction: 'address', reason: { by: 'operator', detail: 'She called.' }, outcome: { accepted: true } },
      ],
    });
    expect(JSON.stringify(shown)).not.toContain('High Street');
    expect(await instruct({ instruction: 'address', address: { ...address, country: 'UK' } })).toMatchObject({
      status: 422,
      errors: [{ field: 'address.country' }],
    });
    const { page, html } = await eventually(async () => {
      const shown = await outside.request('GET', `/shipping/track/${label.trackingToken}/page?lang=de`);
      const text = await shown.text();
      expect(text).toContain('Konnte nicht zugestellt werden');
      return { page: shown, html: text };
    });
    expect([page.status, page.headers.get('content-type'), page.headers.get('cache-control')]).toEqual([
      ...[200, 'text/html; charset=utf-8', 'no-store'],
    ]);
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    for (const text of ['<html lang="de"', awb]) expect(html).toContain(text);
    expect(html).not.toMatch(/Ada|High Street|SW1A|<script|https?:/);
    expect(await (await outside.request('GET', '/shipping/track/no-such-token/page')).text()).toContain(
      'There is no parcel behind this link',
    );

    await scan('DELIVERED');
    expect(await byLink({ instruction: 'reattempt', parcelId: '1' })).toMatchObject({ status: 409, code: 'PARCEL_DELIVERED' });
  });
});

describe('a parcel that is late, or lost', () => {
  it('is on the list of what is stuck until it is lost; it is claimed with its money, and found by the next scan', async () => {
    const shipmentId = await labelled('DOCK');
    const { label } = (await get(`/shipping/shipments/${shipmentId}`)) as unknown as {
      readonly label: { readonly parcels: readonly [{ readonly trackingNumber: string }] };
    };
    const awb = label.parcels[0].trackingNumber;
    const scan = (code: string, scannedAt: string) => outside.webhook([{ scanId: `${awb}-${code}`, awb, code, scannedAt }]);
    await eventually(async () => {
      const answer = await scan('PICKED_UP', new Date(Date.now() - 15 * 86_400_000).toISOString());
      expect(await answer.json()).toMatchObject({ applied: 1 });
    });
    const stuck = async () => (await get('/shipping/stuck?location=DOCK'))['items'];
    await eventually(async () => expect(await stuck()).toMatchObject([{ shipmentId, usualDays: 10, deliveries: 0, overdueDays: 5 }]));

    const lost = await read(post(`/shipping/shipments/${shipmentId}/lost`, { reason: 'Not found at the depot.' }));
    expect(lost).toMatchObject({ lost: [{ parcelId: '1' }] });
    await eventually(async () => expect(await stuck()).toEqual([]));

    const wish = { shipmentId, parcelId: '1', currency: 'GBP', amount: 4_500, reason: 'lost', reference: 'C-77' };
    const filed = await read(post('/shipping/claims', wish));
    expect(filed).toMatchObject({ status: 'filed', amount: 4_500, paid: 0, trackingNumber: awb });
    const claim = `/shipping/claims/${String(filed['claimId'])}`;
    expect(await read(post(`${claim}/acceptance`, { amount: 5_000 }))).toMatchObject({ status: 422, errors: [{ field: 'amount' }] });
    expect(await read(post(`${claim}/acceptance`, { amount: 4_000 }))).toMatchObject({ status: 'accepted', accepted: 4_000 });
    expect(await read(post(`${claim}/payments`, { amount: 4_000 }))).toMatchObject({ status: 'paid', paid: 4_000 });
    await eventually(async () => expect(await get('/shipping/claims?status=paid')).toMatchObject({ items: [{ shipmentId }] }));
    expect(await read(post('/shipping/claims', { ...wish, parcelId: '9' }))).toMatchObject({
      status: 422,
      errors: [{ field: 'parcelId' }],
    });

    await scan('HUB_SCAN', new Date().toISOString());
    expect(await get(`/shipping/shipments/${shipmentId}`)).toMatchObject({ lost: [{ foundAt: expect.any(String) }] });
    expect(await read(post(`/shipping/shipments/${shipmentId}/found`, { reason: 'It is here.' }))).toMatchObject({
      code: 'PARCEL_NOT_LOST',
    });
  });

  it('is counted for the metrics by its carrier and where it stands', async () => {
    await labelled('DOCK');
    await eventually(async () => {
      const metrics = await (await outside.request('GET', '/metrics')).text();
      expect(metrics).toMatch(/cartage_shipments\{carrier="simulated",state="labelled"\} [1-9]/);
      expect(metrics).toMatch(/cartage_shipments_oldest_seconds\{carrier="simulated",state="labelled"\} \d/);
    });
  });
});

describe('what was learned of carriers', () => {
  const learned = { decides: false, currency: 'GBP', lateDayCost: 200, lostCost: 5_000, floorPercent: 2, boundPercent: 5 };
  const draft = async (change: object) => {
    const { rules } = await get('/shipping/carrier-policies/settings');
    return post('/shipping/carrier-policies', {
      note: 'In shadow.',
      rules: { ...(rules as object), exceptions: [], learned: { ...learned, ...change } },
    });
  };

  it('stands beside each choice once a policy names it, and is compared; a policy that names it wrong is refused by its field', async () => {
    expect(await read(draft({ lostCost: -1 }))).toMatchObject({ status: 422, errors: [{ field: 'rules.learned.lostCost' }] });
    const { version } = await read(draft({}));
    expect(await get(`/shipping/carrier-policies/${String(version)}`)).toMatchObject({ rules: { learned } });
    expect((await post(`/shipping/carrier-policies/${String(version)}/activation`, { note: 'In shadow.' })).status).toBeLessThan(300);
    const { rows } = await outside
      .kitOf(Topics.order)
      .pool.query(`select sequence::int from shipping.events where type = 'RulesActivated'`);
    expect(rows).toEqual([{ sequence: 1 }]);
    const compared = async () => ((await get('/shipping/reports/carrier-choice/compared'))['items'] as readonly object[])[0];
    // The policy in force is known a moment later; nothing that was sold decides between services.
    const shipGroups = sampleOf('OrderPlaced').shipGroups.map(({ service: _sold, ...group }) => group);
    await eventually(async () => {
      await labelled('DOCK', { shipGroups });
      expect(await compared()).toMatchObject({ currency: 'GBP', decidedByLearned: 0 });
    });
    expect(await get('/shipping/models/carriers')).toMatchObject({
      name: 'carriers',
      standing: 'shadow',
      error: expect.any(Array) as unknown[],
    });
  });
});

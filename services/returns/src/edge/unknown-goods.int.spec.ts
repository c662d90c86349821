import { newId } from '@cartage/service-kit';
import { eventually } from '@cartage/testkit';
import { ReturnsServer } from './returns-server.fixture';

let server: ReturnsServer;

beforeAll(async () => {
  server = await ReturnsServer.start();
});
afterAll(() => server.stop());

const parcel = {
  ...{ location: 'PAR-1', items: [{ sku: 'MUG', quantity: 1 }, { quantity: 1 }], carrier: 'royal-mail', trackingNumber: 'RM9' },
  ...{ label: 'Ada Miller, 1 High Street', photos: ['https://photos.example.com/2.jpg'] },
};
const received = async (): Promise<string> => {
  const { status, headers, body } = await server.post('/returns/unknown-goods', parcel);
  expect([status, body['status'], body['label']]).toEqual([201, 'waiting', parcel.label]);
  return String(headers.get('location'));
};

describe('goods at a dock that name no order', () => {
  it('are kept, whatever they are, with what their label says sealed', async () => {
    const path = await received();
    expect((await server.get(path)).body).toMatchObject({ ...parcel, status: 'waiting' });
    const { rows } = await server.pool.query(`select 1 from events where data::text like '%High Street%'`);
    expect(rows).toEqual([]);
    expect((await server.post('/returns/unknown-goods', { ...parcel, location: 'NOWHERE' })).body).toMatchObject({
      code: 'LOCATION_UNKNOWN',
    });
  });

  it('are received as a return of the order that they turn out to be of, once, where they are', async () => {
    const [path, orderId] = [await received(), await server.delivered()];
    const match = { orderId, lines: [{ sku: 'MUG', quantity: 2 }], note: 'The slip was inside.' };
    expect((await server.post(`${path}/match`, { ...match, orderId: newId() })).body).toMatchObject({ code: 'ORDER_UNKNOWN' });
    const answers = await Promise.all([server.post(`${path}/match`, match), server.post(`${path}/match`, match)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    await eventually(async () => {
      const { body } = await server.get(`/returns?orderId=${orderId}`);
      expect(body['items']).toMatchObject([{ orderId, units: 2, status: 'received' }]);
    });
    const [{ returnId } = {}] = (await server.get(`/returns?orderId=${orderId}`)).body['items'] as readonly { returnId?: string }[];
    expect((await server.get(`/returns/${String(returnId)}`)).body).toMatchObject({
      receipts: [{ location: 'PAR-1', lines: [{ lineId: '1', sku: 'MUG', quantity: 2 }] }],
    });
    expect((await server.post(`${path}/disposal`, { disposition: 'destroy', note: 'No.' })).body).toMatchObject({ code: 'GOODS_SETTLED' });
  });

  it('are listed, what has lain longest first, and given up by a person', async () => {
    const path = await received();
    const { body, headers } = await server.post(`${path}/disposal`, { disposition: 'liquidate', note: 'Nobody knows them.' });
    expect(body).toMatchObject({ status: 'disposed', disposition: 'liquidate' });
    const position = headers.get('cartage-position') ?? '';
    const { body: gone } = await server.get(`/returns/unknown-goods?status=disposed&minPosition=${position}`);
    expect(gone['items']).toMatchObject([{ receiptId: body['receiptId'], location: 'PAR-1', orderId: null }]);
    const { body: waiting } = await server.get('/returns/unknown-goods?status=waiting&location=PAR-1&limit=200');
    const times = (waiting['items'] as readonly { receivedAt: string }[]).map(({ receivedAt }) => receivedAt);
    expect(times).toEqual(times.toSorted());
    expect((await server.get(`/returns/unknown-goods/${newId()}`)).body).toMatchObject({ status: 404, code: 'UNKNOWN_GOODS_UNKNOWN' });
  });
});

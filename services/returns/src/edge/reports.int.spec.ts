import { lateRefunds } from '../app/return-list';
import { firstPolicy } from '../domain/return.fixture';
import { ReturnsServer, type Answer } from './returns-server.fixture';

let server: ReturnsServer;
let last: Answer;

const mug = { lineId: '1', quantity: 1 };
/** Some days ago, so that what came then may still be sent back. */
const ago = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
const arrivedAt = ago(3);
const scannedAt = ago(2);

const act = async (path: string, sent: unknown): Promise<void> => {
  last = await server.post(path, sent);
  expect([path, last.status]).toEqual([path, 200]);
};
const report = async (path: string): Promise<readonly Record<string, unknown>[]> => {
  const query = `${path.includes('?') ? '&' : '?'}minPosition=${last.headers.get('cartage-position') ?? ''}`;
  return (await server.get(path + query)).body['items'] as readonly Record<string, unknown>[];
};

/**
 * Four orders of three mugs and a card. Of the first two mugs are asked for and not sent; of the second one is with a carrier; of the third two are at a dock, one of them
 * graded B, which is refunded in full; of the fourth one was received, graded scrap, and is worth nothing.
 */
beforeAll(async () => {
  server = await ReturnsServer.start();
  const [first, second, third, fourth] = await Promise.all([1, 2, 3, 4].map(() => server.delivered(arrivedAt)));
  await server.asked(first ?? '', 2);
  const onItsWay = await server.asked(second ?? '', 1, 'too-big');
  const tracked = { carrier: 'royal-mail', trackingNumber: 'RM1' };
  await act(`${onItsWay}/scans`, { ...tracked, milestone: 'picked-up', occurredAt: scannedAt });
  const atDock = await server.asked(third ?? '', 2);
  await act(`${atDock}/receive`, { location: 'LDN-1', lines: [{ ...mug, quantity: 2 }] });
  await act(`${atDock}/grade`, { ...mug, grade: 'B' });
  const ruined = await server.asked(fourth ?? '', 1, 'too-small');
  await act(`${ruined}/receive`, { location: 'LDN-1', lines: [mug] });
  await act(`${ruined}/grade`, { ...mug, grade: 'scrap' });
});
afterAll(() => server.stop());

describe('what did not come back, or was not paid', () => {
  it('is told by where it is waited for', async () => {
    const rows = await report('/returns/outstanding');
    expect(rows.map(({ what, units, sku }) => [what, units, sku]).toSorted()).toEqual([
      ['not-inspected', 1, 'MUG'],
      ['not-refunded', 1, 'MUG'],
      ['not-sent', 2, 'MUG'],
      ['on-its-way', 1, 'MUG'],
    ]);
  });

  it('is late since the carrier had it first, by the clock of the carrier', async () => {
    expect(await report(`/returns/outstanding?what=on-its-way&before=${ago(1)}`)).toMatchObject([{ units: 1, since: scannedAt }]);
    expect(await report(`/returns/outstanding?what=on-its-way&before=${ago(2.5)}`)).toEqual([]);
  });

  it('comes page by page, each of it once', async () => {
    const all = await report('/returns/outstanding');
    const paged: Record<string, unknown>[] = [];
    let cursor = '';
    do {
      const { body } = await server.get(`/returns/outstanding?limit=1${cursor}`);
      paged.push(...(body['items'] as readonly Record<string, unknown>[]));
      cursor = body['next'] === null ? '' : `&cursor=${String(body['next'])}`;
    } while (cursor !== '');
    expect(paged).toEqual(all);
  });

  it('is refused by the name of what is wrong', async () => {
    const { status, body } = await server.get('/returns/outstanding?what=gone&before=yesterday');
    expect([status, (body['errors'] as readonly { field: string }[]).map(({ field }) => field).toSorted()]).toEqual([
      422,
      ['before', 'what'],
    ]);
  });
});

describe('what was sent back of a SKU', () => {
  it('is told with rate, reasons, condition and what it cost', async () => {
    // Twelve mugs were delivered and three came back: 25 %. One was refunded with 10.00: it was sound; the ruined one was worth nothing.
    expect(await report('/returns/skus')).toEqual([
      {
        ...{ sku: 'MUG', returns: 4, delivered: 12, asked: 6, received: 3, ratePercent: 25 },
        grades: { A: 0, B: 1, C: 0, scrap: 1 },
        dispositions: [
          { disposition: 'destroy', units: 1 },
          { disposition: 'refurbish', units: 1 },
        ],
        reasons: [
          { reason: 'too-small', units: 5 },
          { reason: 'too-big', units: 1 },
        ],
        refunded: [{ currency: 'GBP', amount: 1_000 }],
      },
    ]);
  });

  it('is counted in the time that is asked for', async () => {
    expect(await report(`/returns/skus?to=${ago(3.5)}`)).toEqual([]);
    expect(await report(`/returns/skus?from=${ago(2.9)}&sku=MUG`)).toMatchObject([{ delivered: 0, received: 3, ratePercent: null }]);
    expect(await report('/returns/skus?sku=CARD')).toEqual([]);
  });
});

describe('what is expected back', () => {
  it('is told with what it was learned from, of deliveries whose time is over unless others are asked for', async () => {
    const soFar = `to=${ago(0)}`;
    // Of the card nothing came back; two SKUs are too few to learn from each other.
    expect(await report(`/returns/rates?${soFar}`)).toMatchObject([
      { sku: 'CARD', delivered: 4, returned: 0, reasons: [], unusual: null },
      {
        ...{ sku: 'MUG', category: null, delivered: 12, returned: 3, prior: { from: 'nothing', skus: 0 }, unusual: null, chance: 1 },
        ...{ expected: expect.closeTo(3.5 / 13, 6) as number, reasons: [{ reason: 'too-small', units: 3 }] },
      },
    ]);
    expect(await report(`/returns/rates?${soFar}&sku=MUG`)).toHaveLength(1);
    expect(await report(`/returns/rates?${soFar}&unusual=true`)).toEqual([]);
    expect(await report(`/returns/rates?${soFar}&from=${ago(2)}`)).toEqual([]);
    expect(await report('/returns/rates')).toEqual([]);
  });
});

describe('money that customers were promised', () => {
  it('is late from its day on, until it has all gone back', async () => {
    const { version: _, ...policy } = firstPolicy;
    await server.post('/returns/policies', { ...policy, version: 'prompt', note: 'n', refundDays: 1 });
    const orderId = await server.delivered(arrivedAt, { policy: 'prompt' });
    const path = await server.asked(orderId, 1);
    const late = (before: string) => report(`/returns?orderId=${orderId}&promisedBefore=${before}`);
    await act(`${path}/receive`, { location: 'LDN-1', lines: [mug] });
    expect(await late('2100-01-01T00:00:00Z')).toMatchObject([{ moneyAwaitedBy: expect.stringMatching(/^20/) as string }]);
    expect(await late('2020-01-01T00:00:00Z')).toEqual([]);
    expect(await lateRefunds(server.pool, new Date('2100-01-01T00:00:00Z'))).toEqual({ count: 1, seconds: expect.any(Number) as number });
    expect(await lateRefunds(server.pool, new Date('2020-01-01T00:00:00Z'))).toEqual({ count: 0, seconds: 0 });
    // Ruined, it is worth nothing: nothing is to go back any more.
    await act(`${path}/grade`, { ...mug, grade: 'scrap' });
    expect(await late('2100-01-01T00:00:00Z')).toEqual([]);
  });
});

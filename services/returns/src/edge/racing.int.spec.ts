import { postgresEventStore } from '@cartage/event-store';
import { derivedId, handling } from '@cartage/eventsourcing';
import { newId } from '@cartage/service-kit';
import type { ReturnCommand } from '../domain/commands';
import type { ReturnEvent } from '../domain/events';
import { returns, returnStream } from '../domain/return';
import type { OrderReturns } from '../domain/state';
import { ReturnsServer, type Answer } from './returns-server.fixture';

let server: ReturnsServer;

beforeAll(async () => {
  server = await ReturnsServer.start();
});
afterAll(() => server.stop());

const mug = { lineId: '1', quantity: 1 };
const many = <Result>(n: number, make: (i: number) => Promise<Result>): Promise<readonly Result[]> =>
  Promise.all(Array.from({ length: n }, (_, i) => make(i)));
const statuses = (answers: readonly Answer[]): readonly number[] => answers.map(({ status }) => status).toSorted();
const eventsOf = async (orderId: string): Promise<readonly ReturnEvent[]> => {
  const { rows } = await server.pool.query<ReturnEvent>('select type, data from events where stream = $1 order by version', [
    returnStream(orderId),
  ]);
  return rows;
};
const dueIn = (events: readonly ReturnEvent[]): number =>
  events.reduce((sum, event) => (event.type === 'RefundDue' ? sum + event.data.amount : sum), 0);
const unitsIn = (events: readonly ReturnEvent[], type: 'ItemGraded'): number =>
  events.reduce((sum, event) => (event.type === type ? sum + event.data.quantity : sum), 0);

/** Another process of the service, on the same log. */
const another = () =>
  handling<ReturnCommand, OrderReturns, ReturnEvent>({ store: postgresEventStore({ pool: server.pool }), newId }, returns);

describe('people who act on one return at once', () => {
  it('grade each unit once, however many scan it', async () => {
    const orderId = await server.delivered();
    const path = await server.asked(orderId, 3);
    await server.post(`${path}/receive`, { location: 'LDN-1', lines: [{ ...mug, quantity: 3 }] });
    const answers = await many(10, (i) => server.post(`${path}/grade`, { ...mug, grade: i % 2 ? 'A' : 'scrap' }));
    expect(statuses(answers)).toEqual([200, 200, 200, ...Array.from({ length: 7 }, () => 422)]);
    const refused = answers.filter(({ status }) => status === 422).map(({ body }) => body['code']);
    expect([...new Set(refused)]).toEqual(['QUANTITY_TOO_HIGH']);
    const events = await eventsOf(orderId);
    const asNew = events.filter((event) => event.type === 'ItemGraded' && event.data.grade === 'A').length;
    expect([unitsIn(events, 'ItemGraded'), dueIn(events)]).toEqual([3, asNew * 1_000]);
  });

  it('grade a unit once with one key, however often it is sent', async () => {
    const orderId = await server.delivered();
    const path = await server.asked(orderId, 2);
    await server.post(`${path}/receive`, { location: 'LDN-1', lines: [{ ...mug, quantity: 2 }] });
    const key = { 'idempotency-key': newId() };
    const answers = await many(6, () => server.post(`${path}/grade`, { ...mug, grade: 'A' }, key));
    expect(statuses(answers).every((status) => status === 200 || status === 409)).toBe(true);
    const events = await eventsOf(orderId);
    expect([unitsIn(events, 'ItemGraded'), dueIn(events)]).toEqual([1, 1_000]);
  });

  it('receive at two docks at once: each unit where it is, and what is too much as not announced', async () => {
    const orderId = await server.delivered();
    const path = await server.asked(orderId, 2);
    const docks = await many(4, (i) => server.post(`${path}/receive`, { location: i % 2 ? 'PAR-1' : 'LDN-1', lines: [mug] }));
    expect(statuses(docks)).toEqual([200, 200, 200, 200]);
    const lines = (await eventsOf(orderId)).flatMap((event) =>
      event.type === 'ReturnReceived' ? event.data.lines.map((line) => [event.data.location, line.announced] as const) : [],
    );
    expect(lines.map(([location]) => location).toSorted()).toEqual(['LDN-1', 'LDN-1', 'PAR-1', 'PAR-1']);
    expect(lines.filter(([, announced]) => announced)).toHaveLength(2);
  });

  it('grade what came while the rest expires: what came is paid, and the rest may be asked for anew', async () => {
    const orderId = await server.delivered();
    const path = await server.asked(orderId, 3);
    const { body } = await server.post(`${path}/receive`, { location: 'LDN-1', lines: [mug] });
    const [returnId, expiresAt] = [String(body['returnId']), String(body['expiresAt'])];
    const send = another();
    const expiring = (): Promise<unknown> =>
      send(
        returnStream(orderId),
        { type: 'ExpireReturn', data: { orderId, returnId, expiresAt, now: expiresAt, refundId: derivedId(newId(), 0) } },
        { commandId: newId(), correlationId: newId(), actor: 'clock' },
      );
    const [graded, ...expiries] = await Promise.all([server.post(`${path}/grade`, { ...mug, grade: 'A' }), expiring(), expiring()]);
    expect([graded.status, expiries.length]).toEqual([200, 2]);
    const events = await eventsOf(orderId);
    const expired = events.flatMap((event) => (event.type === 'ReturnExpired' ? [event.data.lines] : []));
    expect(expired).toEqual([[{ lineId: '1', sku: 'MUG', quantity: 2 }]]);
    expect([unitsIn(events, 'ItemGraded'), dueIn(events)]).toEqual([1, 1_000]);
    expect((await server.get(`/returns/orders/${orderId}/eligible-lines`)).body).toMatchObject({ lines: [{ quantity: 2 }, {}] });
  });

  it('claim and send back the same units: one of them has them', async () => {
    const orderId = await server.delivered();
    const lines = [{ lineId: '1', quantity: 2 }];
    const answers = await Promise.all([
      server.post('/returns', { orderId, lines: lines.map((line) => ({ ...line, reason: 'too-small' })) }),
      server.post('/returns/claims', { orderId, lines: lines.map((line) => ({ ...line, kind: 'damaged' })) }),
    ]);
    expect(statuses(answers)).toEqual([201, 422]);
  });
});

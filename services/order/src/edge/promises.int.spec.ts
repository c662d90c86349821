import { Topics } from '@cartage/contracts';
import { eventually } from '@cartage/testkit';
import { facts } from '../domain/facts.fixture';
import { backorderedTo } from '../domain/trouble.fixture';
import { neighbour } from './neighbour.fixture';
import { body, lines, startOrders, type OrderSystem } from './order-system.fixture';

jest.setTimeout(60_000);

const inventory = neighbour('inventory', Topics.inventory);
const shipping = neighbour('shipping', Topics.shipping);
let system: OrderSystem;

beforeAll(async () => {
  system = await startOrders(inventory, shipping);
});
afterAll(() => system.stop());

const seconds = (n: number): string => new Date(Date.now() + n * 1_000).toISOString();
/** Of its time more than half is past: it is warned of at once, and stays so until its date has come. */
const sold = (shipBy: string) => ({ ...body, placedAt: seconds(-7_200), shipping: { amount: 0, shipBy } });
const [inAnHour, inAMoment] = [() => seconds(3_600), () => seconds(2)];

const listed = async (query: string) => (await system.api.get(`/orders?${query}`)).body['items'];

const reported = async (query: string) => (await system.api.get(`/promises/${query}`)).body['items'];

describe('dates that a customer was promised', () => {
  it('are warned of and missed by the clock, and the list finds the orders', async () => {
    const { orderId: warned } = (await system.api.post(sold(inAnHour()))).body;
    await eventually(async () => expect(await listed('atRisk=true')).toMatchObject([{ orderId: warned, atRisk: true, late: false }]));
    const { orderId } = (await system.api.post(sold(inAMoment()))).body;
    await eventually(async () => expect(await listed('late=true')).toMatchObject([{ orderId, atRisk: false, late: true }]));
    expect(await listed('late=false')).toMatchObject([{ orderId: warned }]);
    const metrics = async (): Promise<string> => (await fetch(`${system.api.url}/metrics`)).text();
    await eventually(async () => expect(await metrics()).toContain('cartage_promises_in_alarm{alarm="missed",deadline="ship-by"} 1'));
    const timeline = (await system.api.get(`/orders/${String(orderId)}/timeline`)).body['items'] as readonly { readonly step: string }[];
    // Where nobody came to look before its date, it is not warned of any more.
    expect(timeline.map(({ step }) => step).filter((step) => step !== 'at-risk')).toEqual(['placed', 'late']);
    const cancelled = { reason: { code: 'too-late' } };
    for (const each of [warned, orderId].map(String))
      expect((await system.api.call('POST', `/orders/${each}/cancellations`, cancelled, { 'idempotency-key': each })).status).toBe(200);
    await eventually(async () => expect([await listed('late=true'), await listed('atRisk=true')]).toEqual([[], []]));
  });

  it('are listed by the location that ships them, and reported by what they have in common', async () => {
    const allocated = async (order: object, location: string) => {
      const { orderId } = (await system.api.post(order)).body as { readonly orderId: string };
      const shipped = { orderId, location, lines };
      await inventory.tell(
        orderId,
        { type: 'StockReserved', data: { ...facts.reserved.data, orderId } },
        { type: 'StockAllocated', data: { ...facts.allocated.data, ...shipped } },
      );
      return shipped;
    };
    const { orderId: warned } = await allocated(sold(inAnHour()), 'LDN-8');
    await eventually(async () =>
      expect(await reported('late?location=LDN-8&alarm=at-risk')).toMatchObject([{ orderId: warned, alarm: 'at-risk' }]),
    );
    const [location, shipBy] = ['LDN-9', inAMoment()];
    const shipped = await allocated({ ...sold(shipBy), channel: 'reported' }, location);
    const { orderId } = shipped;
    const late = {
      ...{ orderId, shipGroupId: '1', channel: 'reported', method: 'ship' },
      ...{ deadline: 'ship-by', dueAt: shipBy, locations: [location] },
    };
    await eventually(async () =>
      expect(await reported(`late?location=${location}`)).toMatchObject([{ ...late, alarm: 'missed', units: 6 }]),
    );
    expect(await reported('late?location=LDN-10')).toEqual([]);
    const missed = { promised: 1, kept: 0, missed: 1, open: 0, moved: 0, minutesEarly: null, minutesLate: null };
    for (const [by, value] of Object.entries({ channel: 'reported', location, method: 'ship', month: shipBy.slice(0, 7) }))
      expect(await reported(`kept?by=${by}&channel=reported&month=${shipBy.slice(0, 7)}`)).toMatchObject([{ value, ...missed }]);
    expect(await reported('kept?channel=reported&month=2020-01')).toEqual([]);
    await shipping.tell(orderId, {
      type: 'ShipmentDispatched',
      data: { ...facts.handedOver.data, ...shipped, dispatchedAt: new Date(Date.parse(shipBy) + 120_000).toISOString() },
    });
    await eventually(async () => expect(await reported(`late?location=${location}`)).toEqual([]));
    expect(await reported('kept?by=method&channel=reported')).toMatchObject([{ missed: 1, minutesLate: 2, mostMinutesLate: 2 }]);
  });

  it.each(['kept?by=colour', 'kept?month=2026-13', 'late?alarm=soon', 'late?location=%20'])('are not reported by %s', async (query) =>
    expect((await system.api.get(`/promises/${query}`)).status).toBe(422),
  );

  it('move with goods that are on order', async () => {
    const { orderId } = (await system.api.post(body)).body as { orderId: string };
    const promisedAt = seconds(86_400);
    await inventory.tell(
      orderId,
      { type: 'StockShort', data: { ...facts.short.data, orderId, decidedAt: seconds(0) } },
      { type: 'StockBackordered', data: { ...backorderedTo(promisedAt).data, orderId } },
    );
    await eventually(async () =>
      expect((await system.api.get(`/orders/${orderId}`)).body).toMatchObject({ shipGroups: [{ shipBy: promisedAt }] }),
    );
  });

  it('cannot be asked for in other words', async () => expect((await system.api.get('/orders?late=yes')).status).toBe(422));
});

import { Topics } from '@cartage/contracts';
import { newId } from '@cartage/service-kit';
import { eventually, sampleOf } from '@cartage/testkit';
import { startOutside, type Outside } from './edge/outside.fixture';

jest.setTimeout(120_000);

const at = '2026-11-23T10:00:00.000Z';
let outside: Outside;
beforeAll(async () => {
  outside = await startOutside({ BATCH_WINDOW_MS: '1000' });
  for (const [location, latitude] of [
    ['LDN', 51.5],
    ['MAN', 53.5],
  ] as const) {
    const data = {
      location,
      name: location,
      kind: 'store',
      country: 'GB',
      latitude,
      longitude: 0,
      active: true,
      revision: 1,
      changedAt: at,
    };
    await outside.tell(Topics.inventory, `location-${location}`, { type: 'LocationChanged', data });
    const levels = [{ sku: 'MUG', location, revision: 1, onHand: 900, allocated: 0, safetyStock: 0, available: 900 }];
    const received = { sku: 'MUG', location, quantity: 900, levels, receivedAt: at };
    await outside.tell(Topics.inventory, `stock-${location}/MUG`, { type: 'StockReceived', data: received });
  }
  const { body: settings } = await outside.ask('GET', 'rules/settings');
  const cost = { currency: 'GBP', halfCost: 500, handling: {}, rates: [{ from: ['MAN'], amount: 100, perKg: 20 }, { amount: 900 }] };
  const sourcing = { method: 'look-ahead', decides: false, horizonDays: 14, unfilledCost: 5_000 };
  const rules = { ...(settings['rules'] as object), cost, sourcing };
  const { body } = await outside.ask('POST', 'rules', { note: 'With costs.', rules });
  await outside.ask('POST', `rules/${String(body['version'])}/activation`, { note: 'With costs.' });
});
afterAll(() => outside.close());

interface Decision {
  readonly request: { readonly batch?: object };
  readonly assignments: readonly { readonly location: string }[];
  readonly why: readonly string[];
}

const confirmed = async (): Promise<string> => {
  const orderId = newId();
  const destination = { country: 'GB', latitude: 51.6, longitude: 0 };
  const lines = [{ lineId: '1', sku: 'MUG', quantity: 1, shipGroupId: '1' }];
  const data = { ...sampleOf('OrderConfirmed'), orderId, lines, shipGroups: [{ shipGroupId: '1', method: 'ship', destination }] };
  await outside.tell(Topics.order, `order-${orderId}`, { type: 'OrderConfirmed', data });
  return orderId;
};
const decisionOf = (orderId: string): Promise<Decision> =>
  eventually(async () => {
    const { body } = await outside.ask('GET', `orders/${orderId}/decisions`);
    const [first] = body['items'] as readonly Decision[];
    if (!first) throw new Error('It is not decided yet.');
    return first;
  });

it('says by rules that look ahead what units are worth to later orders, once enough came to know it', async () => {
  expect(await outside.ask('GET', 'models/look-ahead')).toMatchObject({
    status: 200,
    body: { name: 'look-ahead', standing: 'shadow', model: '', data: { learnedFrom: 0 } },
  });
  const { body } = await outside.ask('GET', 'rules/1');
  const wrong = { ...(body['rules'] as object), sourcing: { method: 'look-ahead', decides: true, horizonDays: 0, unfilledCost: 1 } };
  expect(await outside.ask('POST', 'rules', { note: 'Wrong.', rules: wrong })).toMatchObject({
    status: 422,
    body: { errors: [expect.objectContaining({ field: 'rules.sourcing.horizonDays' })] },
  });
});

it('orders that come together are decided together, by what all of them cost, and each decision says so', async () => {
  await eventually(
    async () => {
      // Two that come in different windows are decided each alone: then two others are.
      const orders = [await confirmed(), await confirmed()];
      const decisions = await Promise.all(orders.map(decisionOf));
      const batch = { size: 2, method: 'exact', gap: 0, parts: [{ location: 'MAN', lines: [{ lineId: '1', quantity: 1 }] }] };
      const wanted = { request: { batch }, assignments: [{ location: 'MAN' }] };
      expect(decisions).toMatchObject([wanted, wanted]);
      expect(decisions[0]?.why).toContain('Decided together with 1 other(s): there is no cheaper plan for all of them.');
    },
    { withinMs: 90_000 },
  );
});

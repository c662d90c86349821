import { randomUUID } from 'node:crypto';
import { eventually } from '@cartage/testkit';
import { itemsOf, type Json } from './client';
import { orderOf, PATIENCE, unique, type Shop } from './shop';

const DAY = 86_400_000;
const movesIn = (steps: readonly unknown[]): number => steps.filter((step) => step === 'promise-moved').length;
const alarmsIn = (late: readonly Json[]): Json => Object.fromEntries(late.map(({ orderId, alarm }) => [String(orderId), alarm]));
const fromNow = (ms: number): string => new Date(Date.now() + ms).toISOString();

/** What a customer is promised, and what becomes of it: the same on every wiring. */
export const promisesContract = (shop: () => Shop): void => {
  const stepsOf = async (orderId: string): Promise<readonly unknown[]> =>
    itemsOf(await shop().get(`/orders/${orderId}/timeline?limit=200`)).map(({ step }) => step);
  const messagesOf = async (orderId: string): Promise<readonly unknown[]> =>
    itemsOf(await shop().get(`/notifications?orderId=${orderId}&limit=200`)).map(({ kind }) => kind);
  const groupOf = async (orderId: string): Promise<Json> => ((await shop().order(orderId))['shipGroups'] as readonly Json[])[0] ?? {};
  const kept = async (query: string): Promise<Json> => itemsOf(await shop().get(`/promises/kept?${query}`))[0] ?? {};
  const late = (location: string) => async (): Promise<readonly Json[]> => itemsOf(await shop().get(`/promises/late?location=${location}`));

  describe('a promise under a policy', () => {
    it('moves once with its reason when it is sold otherwise, the customer is told once, and it is kept', async () => {
      const { ask, get, post, place, stock, deliver } = shop();
      const [location, sku, fast, slow] = [unique('LDN'), unique('MUG'), unique('fast'), unique('slow')];
      const terms = { timeZone: 'Europe/London', cutOff: '23:59', processingDays: 0, transitDays: { least: 1, most: 1 }, active: true };
      await ask('PUT', `/promises/policies/${fast}`, { body: { ...terms, service: fast } });
      await ask('PUT', `/promises/policies/${slow}`, { body: { ...terms, service: slow, transitDays: { least: 8, most: 9 } } });
      await stock(location, [{ sku, quantity: 1 }]);
      const orderId = await place(orderOf([{ sku, quantity: 1 }], { shipping: { amount: 0, service: fast } }));
      const sold = await groupOf(orderId);
      await post(`/orders/${orderId}/edits`, randomUUID(), {
        delivery: [{ service: slow }],
        reason: { code: 'customer-asked' },
        by: 'customer',
      });
      await eventually(async () => expect(movesIn(await stepsOf(orderId))).toBe(1), PATIENCE);
      expect(Date.parse(String((await groupOf(orderId))['deliverBy']))).toBeGreaterThan(Date.parse(String(sold['deliverBy'])) + 5 * DAY);
      await deliver(orderId);
      await eventually(
        async () => expect(await kept(`by=location&location=${location}`)).toMatchObject({ promised: 1, kept: 1, missed: 0, moved: 1 }),
        PATIENCE,
      );
      await eventually(async () => expect(await messagesOf(orderId)).toContain('promise-moved'), PATIENCE);
      const told = (await messagesOf(orderId)).filter((kind) => ['promise-moved', 'backorder', 'delayed'].includes(String(kind)));
      expect([movesIn(await stepsOf(orderId)), told]).toEqual([1, ['promise-moved']]);
      expect(await get(`/promises/late?location=${location}`)).toMatchObject({ items: [] });
    }, 120_000);
  });

  describe('a promise of the channel', () => {
    // More than half of their time is past when they are placed: each is warned of at once, and one is missed in a moment.
    it('is at risk where it is to ship, then missed, and stays missed when the goods come after all', async () => {
      const { place, deliver, shipmentsAt } = shop();
      const [location, sku] = [unique('LDN'), unique('MUG')];
      await shop().stock(location, [{ sku, quantity: 2 }]);
      const sold = (deliverBy: string): Promise<string> =>
        place(orderOf([{ sku, quantity: 1 }], { placedAt: fromNow(-DAY), shipping: { amount: 0, deliverBy } }));
      const [warned, missed] = [await sold(fromNow(DAY / 24)), await sold(fromNow(1_000))];
      for (const orderId of [warned, missed]) await shipmentsAt(orderId, 'to-pack', 1);
      await eventually(async () => expect(await stepsOf(warned)).toContain('at-risk'), PATIENCE);
      await eventually(async () => expect(alarmsIn(await late(location)())).toEqual({ [warned]: 'at-risk', [missed]: 'missed' }), PATIENCE);
      await Promise.all([warned, missed].map((orderId) => deliver(orderId)));
      await eventually(async () => expect(await late(location)()).toEqual([]), PATIENCE);
      await eventually(
        async () => expect(await kept(`by=location&location=${location}`)).toMatchObject({ promised: 2, kept: 1, missed: 1, moved: 0 }),
        PATIENCE,
      );
    }, 120_000);
  });
};

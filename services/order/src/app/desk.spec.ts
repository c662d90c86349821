import { fold, handling, memoryStore, NOTHING_CHANGED, Previewed, Refused, type Named } from '@cartage/eventsourcing';
import fc from 'fast-check';
import { facts } from '../domain/facts.fixture';
import { order } from '../domain/order';
import { everything, id, minute, occasion, orderId, placed } from '../domain/order.fixture';
import type { OrderEvent } from '../domain/events';
import { actionsOf, probesOf } from './actions';
import { showingDesk } from './desk';
import { reading } from './reading';
import { returnsHeard } from './returns-heard';

const storeWith = async (...events: readonly Named[]) => {
  const store = memoryStore();
  const meta = { commandId: 'c', correlationId: 'c', actor: 'spec' };
  const written = [placed, ...events].map((event, i) => ({ ...event, id: `e${i}`, meta: { ...meta, commandId: `c${i}` } }));
  await store.appendMany([{ stream: `order-${orderId}`, expected: 0, events: written }]);
  return store;
};

const deskAfter = async (...events: readonly Named[]) =>
  showingDesk({ read: reading(await storeWith(...events)), occasion, openAction: async () => undefined })(orderId);

const actionAfter = async (action: string, ...events: readonly OrderEvent[]) =>
  (await deskAfter(...events)).actions.find((each) => each.action === action);

describe('the page of an order', () => {
  it('says where the units of each line are, and which are short', async () => {
    const { stock } = await deskAfter(facts.short);
    expect(stock).toEqual([
      { lineId: '1', sku: 'LANTERN', wanted: 2, reserved: 0, allocated: [] },
      { lineId: '2', sku: 'MUG', wanted: 3, reserved: 0, allocated: [], short: { requested: 3, available: 1 } },
    ]);
    const { stock: brokered } = await deskAfter(facts.reserved, facts.allocated);
    expect(brokered[0]).toMatchObject({ reserved: 2, allocated: [{ location: 'LON-1', quantity: 2 }] });
    expect(brokered[1]).not.toHaveProperty('short');
  });

  it('shows the newest of its history first, and nothing personal', async () => {
    const desk = await deskAfter(facts.reserved, facts.authorized);
    expect(desk.latest[0]).toMatchObject({ event: 'PaymentAuthorized' });
    expect(JSON.stringify(desk)).not.toMatch(/c2VhbGVk|dG9r|cmF3/);
  });

  // A request that changed nothing is remembered in the stream, and is no part of the order's history.
  it('stands also for an order that was asked for something that was so already', async () => {
    const remembered = { type: NOTHING_CHANGED, data: {} };
    const desk = await deskAfter(facts.reserved, remembered, facts.returnRequested);
    expect(desk.returns).toMatchObject([{ status: 'requested' }]);
    expect(desk.latest.map(({ event, version }) => [event, version])).toEqual([
      ['ReturnRequested', 4],
      ['StockReserved', 2],
      ['OrderPlaced', 1],
    ]);
  });

  it('lets an order be cancelled until it has left, and says why not then', async () => {
    expect(await actionAfter('cancel')).toMatchObject({ allowed: true, lines: ['1', '2'], path: `/orders/${orderId}/cancellations` });
    const left = await actionAfter('cancel', facts.reserved, facts.authorized, facts.allocated, facts.handedOver);
    expect(left).toMatchObject({ allowed: false, lines: [], refusal: { code: 'NOTHING_TO_CANCEL' } });
  });

  it('offers to release each hold that a person may release, and a choice for each line that is short', async () => {
    const { actions } = await deskAfter(facts.short, {
      type: 'HoldApplied',
      data: { orderId, holdId: id(77), type: 'operator', reason: { code: 'look', by: 'operator' }, appliedAt: minute(3) },
    });
    expect(actions).toContainEqual({
      action: 'release',
      method: 'POST',
      path: `/orders/${orderId}/holds/${id(77)}/release`,
      allowed: true,
    });
    expect(actions).toContainEqual({ action: 'resolve-shortage', method: 'POST', path: `/orders/${orderId}/shortages/2`, allowed: true });
    expect(await actionAfter('add-payment')).toMatchObject({ allowed: false, refusal: { code: 'PAYMENT_NOT_NEEDED' } });
    expect(await actionAfter('hold')).toMatchObject({ allowed: true, lines: ['1', '2'] });
  });

  it('lets a return be started as soon as something was delivered', async () => {
    expect(await actionAfter('return')).toMatchObject({ allowed: false, refusal: { code: 'NOTHING_DELIVERED' } });
    const delivered = [facts.reserved, facts.authorized, facts.allocated, facts.handedOver, facts.delivered] as const;
    expect(await actionAfter('return', ...delivered)).toMatchObject({ allowed: true, lines: everything.map(({ lineId }) => lineId) });
  });

  it('tells of returns how far they came, whichever fact came first', () => {
    const events: OrderEvent[] = [facts.returned, facts.returnAuthorized, facts.refunded, facts.returnRequested];
    expect(returnsHeard(events)).toMatchObject([{ status: 'received', refunds: [{ amount: 407, currency: 'GBP' }] }]);
    expect(returnsHeard([...events, facts.returnClosed])).toMatchObject([{ status: 'closed' }]);
  });

  it('of any history never offers what would be refused, nor refuses what would be done', async () => {
    const all: OrderEvent[] = Object.values(facts);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(all), async (told) => {
        const store = memoryStore();
        const state = fold(order, [placed, ...told]);
        if (!state) throw new Error('It was placed.');
        const written = [placed, ...told].map((event, i) => ({
          ...{ ...event, id: `e${i}` },
          meta: { commandId: `c${i}`, correlationId: 'c', actor: 'spec' },
        }));
        await store.appendMany([{ stream: 'order-1', expected: 0, events: written }]);
        const send = handling({ store, newId: () => 'new' }, order);
        const probes = probesOf(state);
        for (const [i, { allowed }] of actionsOf(state, occasion()).slice(0, probes.length).entries()) {
          const command = probes[i]?.command(occasion());
          if (!command) throw new Error('Each action has its probe.');
          const done = await send('order-1', command, { commandId: `p${i}`, correlationId: 'c', actor: 'spec', preview: true }).catch(
            (error: unknown) => error,
          );
          expect(done instanceof Previewed && done.writes.length > 0).toBe(allowed);
          expect(done instanceof Previewed || done instanceof Refused).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });
});

import { Topics } from '@cartage/contracts';
import { memoryStore, type EventStore, type Named } from '@cartage/eventsourcing';
import { newId } from '../ids';
import { Causes, type AskElsewhere } from './causes';

const ids = { placed: newId(), authorized: newId(), requested: newId(), confirmed: newId(), stray: newId() };

const publicationOf = (service: string, ...types: readonly string[]) => ({
  service,
  topic: Topics.order,
  translate: Object.fromEntries(types.map((type) => [type, ({ data }: Named) => ({ type, data })])),
});

interface Told {
  readonly id: string;
  readonly type: string;
  readonly data?: unknown;
  readonly causationId?: string;
  readonly correlationId?: string;
}

const tell = async (store: EventStore, stream: string, { id, type, data = {}, causationId, correlationId = 'one' }: Told) => {
  const { version = 0 } = (await store.heads([stream]))[0] ?? {};
  const meta = { commandId: id, correlationId, actor: 'spec', sequence: version + 1, ...(causationId ? { causationId } : {}) };
  await store.appendMany([{ stream, expected: version, events: [{ id, type, data, meta }] }]);
};

let tick = 0;
const ticking = () => memoryStore({ now: () => new Date(1_800_000_000_000 + (tick += 1)) });

/** Order and payment here; shipping elsewhere, or away. */
const system = async (ask: AskElsewhere = () => Promise.reject(new Error('away'))) => {
  const [orders, payments] = [ticking(), ticking()];
  const box = { key: 'c-1', box: 'c2VjcmV0' };
  await tell(orders, 'order-1', { id: ids.placed, type: 'OrderPlaced', data: { orderId: '1', personal: box } });
  const verdict = { score: 1, rules: 'verification-7' };
  await tell(payments, 'payment-1', { id: ids.requested, type: 'PaymentRequested', causationId: ids.placed, data: { note: 'private' } });
  await tell(payments, 'payment-1', { id: ids.authorized, type: 'PaymentAuthorized', causationId: ids.placed, data: { verdict } });
  await tell(orders, 'order-1', { id: ids.confirmed, type: 'OrderConfirmed', causationId: ids.authorized, data: { orderId: '1' } });
  await tell(orders, 'order-2', { id: ids.stray, type: 'OrderPlaced', correlationId: 'another' });
  const logs = new Map([
    ['order', { publication: publicationOf('order', 'OrderPlaced', 'OrderConfirmed'), traces: orders.traces }],
    ['payment', { publication: publicationOf('payment', 'PaymentAuthorized'), traces: payments.traces }],
  ]);
  return new Causes({ logs, elsewhere: new Map([['shipping', 'http://shipping']]), ask });
};

describe('the causes of an event', () => {
  it('are told from one log: what led to it, and what followed directly', async () => {
    const causes = await system();
    expect(await causes.around('order', ids.placed)).toMatchObject({ event: { type: 'OrderPlaced' }, cause: null, effects: [] });
    const { effects } = await causes.around('order', ids.confirmed);
    expect(effects).toEqual([]);
    await expect(causes.around('order', newId())).rejects.toMatchObject({ code: 'EVENT_UNKNOWN' });
    await expect(causes.around('warehouse', newId())).rejects.toMatchObject({ code: 'SERVICE_UNKNOWN' });
  });

  it('are one graph over all services, with actor, command and the rules that decided', async () => {
    const { events, edges } = await (await system()).graphOf('payment', ids.authorized);
    expect(events.map(({ service, type }) => `${service} ${type}`)).toEqual([
      'order OrderPlaced',
      'payment PaymentRequested',
      'payment PaymentAuthorized',
      'order OrderConfirmed',
    ]);
    expect(events[2]).toMatchObject({ actor: 'spec', commandId: ids.authorized, rules: ['verification-7'] });
    expect(edges).toEqual([
      { cause: ids.placed, effect: ids.requested },
      { cause: ids.placed, effect: ids.authorized },
      { cause: ids.authorized, effect: ids.confirmed },
    ]);
  });

  it('keep what is personal sealed, and what nobody else heard of unsaid', async () => {
    const { events } = await (await system()).graphOf('order', ids.placed);
    expect(events[0]?.data).toEqual({ orderId: '1', personal: { key: 'c-1', box: '' } });
    expect(events[1]).not.toHaveProperty('data');
  });

  it('name who could not be asked, and show what can be had', async () => {
    expect(await (await system()).graphOf('order', ids.placed)).toMatchObject({ missing: ['shipping'], truncated: false });
    const asked: string[] = [];
    const causes = await system((url) => (asked.push(url), Promise.resolve([])));
    expect(await causes.graphOf('order', ids.placed)).toMatchObject({ missing: [] });
    expect(asked).toEqual(['http://shipping/operations/shipping/correlations']);
  });

  it('can be narrowed to what a question is about', async () => {
    const { events } = await (await system()).graph(['one', 'another', 'one'], ({ subject }) => subject === '2');
    expect(events.map(({ eventId }) => eventId)).toEqual([ids.stray]);
  });
});

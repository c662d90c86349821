import { journalTopic, Topics, type Envelope } from '@cartage/contracts';
import { recordOf } from '@cartage/messaging';
import fc from 'fast-check';
import type { Handlers } from './events';
import { memoryInbox } from './inbox';
import { take, type Outcome } from './taking';

const eventOf = (subject: string, sequence: number, more: Partial<Envelope> = {}): Envelope => ({
  ...{
    id: `${subject}-${sequence}`,
    type: 'OrderConfirmed',
    version: 1,
    topic: Topics.order,
    source: '/cartage/order',
    subject,
    key: subject,
  },
  ...{ time: '2026-11-28T09:00:00.000Z', correlationId: 'c', replay: false, sequence, data: { orderId: subject } },
  ...more,
});

const subscriberOf = (on: (handled: string[]) => Handlers<undefined>, handled: string[] = []) => {
  const subscription = { subscriber: 'shop', inbox: memoryInbox(), on: on(handled) };
  const give = (
    event: Envelope,
    topic: Envelope['topic'] | typeof journalTopic = event.topic,
    headers: Readonly<Record<string, string>> = {},
  ) => {
    const record = recordOf(event);
    return take(subscription, topic, { ...record, headers: { ...record.headers, ...headers } });
  };
  return { handled, give };
};

const confirmed = (handled: string[]): Handlers<undefined> => ({
  OrderConfirmed: async ({ subject, sequence }) => handled.push(`${subject}-${sequence}`),
});

/** What a broker may do with the events of some subjects: any order between them, each again as often as it likes. */
const deliveries = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat({ max: 3 })), { maxLength: 40 }).map((steps) => {
  const sent = new Map<string, number>();
  return steps.map(([subject, back]) => {
    const last = sent.get(subject) ?? 0;
    const sequence = back === 0 ? last + 1 : Math.max(1, last + 1 - back);
    sent.set(subject, Math.max(last, sequence));
    return eventOf(subject, sequence);
  });
});

describe('a subscriber', () => {
  it('handles each event once, whatever comes again', () =>
    fc.assert(
      fc.asyncProperty(deliveries, async (events) => {
        const { handled, give } = subscriberOf(confirmed);
        for (const event of events) await give(event);
        expect(handled).toEqual([...new Set(events.map(({ id }) => id))]);
      }),
    ));

  it('names whatever was lost, and handles nothing of its subject behind it', () =>
    fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 4 }), async (first, count) => {
        const { handled, give } = subscriberOf(confirmed);
        for (let n = 1; n < first; n += 1) await give(eventOf('a', n));
        await expect(give(eventOf('a', first + count))).rejects.toMatchObject({ subject: 'a', first, last: first + count - 1 });
        expect(handled).toHaveLength(first - 1);
      }),
    ));

  it('counts what it has no handler for', async () => {
    const { handled, give } = subscriberOf(confirmed);
    await give(eventOf('a', 1, { type: 'OrderPlaced' }));
    await give(eventOf('a', 2, { type: 'constructor' }));
    expect(await give(eventOf('a', 3))).toBe('taken');
    expect(handled).toEqual(['a-3']);
  });

  it('takes the newest version that it knows, and counts once', async () => {
    const { handled, give } = subscriberOf((handled) => ({
      OrderConfirmed: { 1: async () => handled.push('version 1'), 2: async () => handled.push('version 2') },
    }));
    const inVersion = (version: number): Promise<Outcome> => give(eventOf('a', 1, { version, versions: [1, 2, 3] }));
    expect([await inVersion(1), await inVersion(3), await inVersion(2), await inVersion(2)]).toEqual([
      'passed',
      'passed',
      'taken',
      'repeat',
    ]);
    expect(handled).toEqual(['version 2']);
    await expect(give(eventOf('a', 2, { version: 7 }))).rejects.toThrow('Version 7 of OrderConfirmed is not known here');
  });

  it('counts the events of an order where it follows the journal', async () => {
    const { handled, give } = subscriberOf((handled) => ({
      OrderConfirmed: async ({ topic, sequence }) => handled.push(`${topic} ${sequence}`),
      StockReserved: async ({ topic, sequence }) => handled.push(`${topic} ${sequence}`),
    }));
    const entry = (sequence: number, topic: Envelope['topic'], type: string): Promise<Outcome> =>
      give(eventOf(`item/${sequence}`, sequence, { key: 'order-1', topic, type }), journalTopic, { ce_topic: topic });
    await entry(1, Topics.order, 'OrderConfirmed');
    await entry(2, Topics.inventory, 'StockReserved');
    await expect(entry(4, Topics.order, 'OrderConfirmed')).rejects.toThrow('order.journal, order-1: event 3 is missing; 4 came.');
    expect(handled).toEqual(['order.events 1', 'inventory.events 2']);
    await expect(give(eventOf('a', 1), journalTopic)).rejects.toThrow('header ce_topic is missing');
  });

  it('takes nothing for an event that is none', async () => {
    const { give } = subscriberOf(confirmed);
    await expect(give(eventOf('a', 1), Topics.order, { ce_sequence: 'many' })).rejects.toThrow('header ce_sequence holds no number');
  });
});

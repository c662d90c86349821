import { manualClock, memoryTracing } from '@cartage/eventsourcing';
import { eventually } from '@cartage/testkit';
import { closedBreaker } from '../../domain/circuit-breaker';
import type { Attempt, Delivery } from '../../domain/delivery';
import { factOf, orderNamed } from '../../domain/facts.fixture';
import type { Claim, DeliveryQueue, Settlement } from './delivery-table';
import { Delivering, type DeliveringNeeds } from './delivering';
import type { SignedEvent } from './webhook-post';

const clock = manualClock('2026-11-28T09:00:00.000Z');
const deliveryOf = (n: number): Delivery => ({
  ...{ deliveryId: `d-${n}`, endpointId: 'e', position: n, tries: 1, attempts: 1, firstTriedAt: clock.now().toISOString() },
});
const claimedOf = (...numbers: readonly number[]) => ({
  endpoint: { endpointId: 'e', url: 'https://example.org', secrets: { key: 'k', box: 'b' } },
  deliveries: numbers.map((n) => ({
    delivery: deliveryOf(n),
    entry: { fact: factOf({ n, type: 'OrderPlaced', order: n }), position: n, orderId: orderNamed(n), sequence: 1 },
  })),
});
const attempt: Attempt = { at: '2026-11-28T09:00:00.000Z', tookMs: 1, url: 'https://example.org' };

/** A queue that gives out each batch once. */
class OneQueue implements DeliveryQueue {
  readonly settled: Settlement[] = [];
  readonly released: string[] = [];
  readonly claims: Claim[] = [];

  constructor(private readonly batches: ReturnType<typeof claimedOf>[]) {}

  readonly endpointsWithWork = async (): Promise<readonly string[]> => (this.batches.length > 0 ? ['e'] : []);
  readonly claim = async (_: string, claim: Claim) => {
    this.claims.push(claim);
    return this.batches.shift();
  };
  readonly settle: DeliveryQueue['settle'] = async (settlement) => void this.settled.push(settlement);
  readonly release: DeliveryQueue['release'] = async ({ deliveryId }) => void this.released.push(deliveryId);
}

const WAITING = 60;

/** A queue of endpoints for each of which sixty deliveries wait. */
class FullQueue implements DeliveryQueue {
  readonly endpoints: string[];
  private readonly leased = new Map<string, number>();
  private readonly taken = new Map<string, number>();
  private wake: () => void = () => undefined;

  constructor(endpoints: readonly string[]) {
    this.endpoints = [...endpoints];
  }

  readonly nudge = (): void => this.wake();
  readonly wait: DeliveringNeeds['wait'] = async (_, signal) => {
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      signal.addEventListener('abort', () => resolve());
    });
  };
  readonly endpointsWithWork = async (): Promise<readonly string[]> => [...this.endpoints];
  readonly claim = async (endpointId: string, { most, roomIn: room }: Claim) => {
    const [leased, taken] = [this.leased.get(endpointId) ?? 0, this.taken.get(endpointId) ?? 0];
    const count = Math.max(0, Math.min(most, room(closedBreaker) - leased, WAITING - taken));
    this.leased.set(endpointId, leased + count);
    this.taken.set(endpointId, taken + count);
    const claimed = claimedOf(...Array.from({ length: count }, (_, i) => taken + i + 1));
    return {
      endpoint: { ...claimed.endpoint, endpointId, url: endpointId },
      deliveries: claimed.deliveries.map((each) => ({ ...each, delivery: { ...each.delivery, endpointId } })),
    };
  };
  readonly settle: DeliveryQueue['settle'] = async ({ delivery: { endpointId } }) =>
    void this.leased.set(endpointId, (this.leased.get(endpointId) ?? 0) - 1);
  readonly release: DeliveryQueue['release'] = async () => undefined;
}

const delivering = (queue: DeliveryQueue, post: DeliveringNeeds['post'], more: Partial<DeliveringNeeds> = {}): Delivering =>
  new Delivering({
    ...{ queue, post, clock, open: async () => [{ secret: 'new' }, { secret: 'old', until: '2026-11-28T10:00:00.000Z' }] },
    wait: async (_, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve())),
    ...{ nudge: () => undefined, parallel: 7, timeoutMs: 15_000, onTrouble: () => undefined, ...more },
  });

describe('what is sent to webhook endpoints', () => {
  it('is sent with every secret that signs, under the id of the delivery, all that was claimed at once', async () => {
    const queue = new OneQueue([claimedOf(1, 2, 3)]);
    const sent: SignedEvent[] = [];
    const work = delivering(queue, async (event) => {
      sent.push(event);
      return { ...attempt, answer: { status: 200, headers: {}, body: '' } };
    });
    await work.start();
    await eventually(() => expect(queue.settled).toHaveLength(3));
    await work.stop();
    expect(sent.map(({ id, secrets }) => [id, secrets])).toEqual(['d-1', 'd-2', 'd-3'].map((id) => [id, ['new', 'old']]));
    expect(JSON.parse(sent[0]?.body ?? '')).toMatchObject({ specversion: '1.0', type: 'OrderPlaced', orderid: orderNamed(1), sequence: 1 });
    expect(queue.settled.map(({ verdict, after }) => [verdict, after({ failures: 9, openings: 0 })])).toEqual(
      Array.from({ length: 3 }, () => [{ status: 'delivered' }, { breaker: closedBreaker }]),
    );
  });

  it('is sent to the others where the secrets of one cannot be opened', async () => {
    const queue = new OneQueue([
      { ...claimedOf(1), endpoint: { endpointId: 'e', url: 'https://one.example', secrets: { key: 'gone', box: 'b' } } },
      claimedOf(2),
    ]);
    const troubles: unknown[] = [];
    const both = Object.assign(queue, { endpointsWithWork: async () => ['e', 'f'] });
    const sent: string[] = [];
    const work = delivering(
      both,
      async ({ id }) => {
        sent.push(id);
        return { ...attempt, answer: { status: 200, headers: {}, body: '' } };
      },
      {
        open: ({ key }) => (key === 'gone' ? Promise.reject(new Error('gone')) : Promise.resolve([{ secret: 'new' }])),
        onTrouble: (error) => troubles.push(error),
      },
    );
    await work.start();
    await eventually(() => expect(sent).toEqual(['d-2']));
    await work.stop();
    expect(troubles).toHaveLength(1);
  });

  it('is claimed for longer than an attempt may take, and no more than has room', async () => {
    const queue = new OneQueue([claimedOf(1)]);
    const work = delivering(queue, async () => attempt);
    await work.start();
    await eventually(() => expect(queue.settled).toHaveLength(1));
    await work.stop();
    const { now, until, roomIn } = queue.claims[0] as Claim;
    expect(until.getTime() - now.getTime()).toBe(60_000);
    expect(roomIn(closedBreaker)).toBe(7);
  });

  describe('where others answer so late that they have taken all places', () => {
    /** Posts to these never end by themselves; how many are under way to each. */
    const slowly = (...slow: readonly string[]) => {
      const begun = new Map<string, number>();
      const post: DeliveringNeeds['post'] = async ({ url, signal }) => {
        begun.set(url, (begun.get(url) ?? 0) + 1);
        if (slow.includes(url)) await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
        return { ...attempt, answer: { status: 200, headers: {}, body: '' } };
      };
      return { begun, post };
    };
    const namesOf = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => `slow-${i}`);

    it('is sent to whoever is quick all the same', async () => {
      const slow = namesOf(10);
      const [queue, { begun, post }] = [new FullQueue(slow), slowly(...slow)];
      const work = delivering(queue, post, { parallel: 10, wait: queue.wait, nudge: queue.nudge });
      await work.start();
      await eventually(() => expect([...begun.values()].reduce((sum, each) => sum + each, 0)).toBe(100));
      queue.endpoints.push('quick');
      queue.nudge();
      await eventually(() => expect(begun.get('quick')).toBe(WAITING));
      await work.stop();
      expect(slow.map((name) => begun.get(name))).toEqual(slow.map(() => 10));
    });

    it('goes to each in its turn, however many they are and however many one of them may have', async () => {
      const slow = namesOf(150);
      const [queue, { begun, post }] = [new FullQueue(slow), slowly(...slow)];
      const work = delivering(queue, post, { parallel: 100, wait: queue.wait, nudge: queue.nudge });
      await work.start();
      await eventually(() => expect([...begun.keys()]).toHaveLength(150));
      await work.stop();
      expect([...begun.values()].reduce((sum, each) => sum + each, 0)).toBeLessThan(300);
    });
  });

  it('is given back when the process stops before it is answered, which says nothing of the receiver', async () => {
    const queue = new OneQueue([claimedOf(1, 2)]);
    let begun = 0;
    const work = delivering(queue, async ({ signal }) => {
      begun += 1;
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      return { ...attempt, failure: 'broken off' };
    });
    await work.start();
    await eventually(() => expect(begun).toBe(2));
    await work.stop();
    expect([queue.released, queue.settled]).toEqual([['d-1', 'd-2'], []]);
  });

  it('is a span of the trace of its event, which says how it was answered and nothing of the receiver', async () => {
    const parent = `00-${'b'.repeat(32)}-${'c'.repeat(16)}-01`;
    const { endpoint, deliveries } = claimedOf(1, 2, 3, 4);
    const traced = deliveries.map((each, i) =>
      i === 3 ? each : { ...each, entry: { ...each.entry, fact: { ...each.entry.fact, traceparent: parent } } },
    );
    const queue = new OneQueue([{ endpoint, deliveries: traced }]);
    const tracing = memoryTracing();
    const statuses: Readonly<Record<string, number>> = { 'd-1': 204, 'd-2': 503 };
    const post: DeliveringNeeds['post'] = async ({ id }) => {
      const status = statuses[id];
      return status === undefined
        ? { ...attempt, failure: 'getaddrinfo ENOTFOUND' }
        : { ...attempt, answer: { status, headers: {}, body: '' } };
    };
    const work = delivering(queue, post, { tracing });
    await work.start();
    await eventually(() => expect(queue.settled).toHaveLength(4));
    await work.stop();
    const common = { name: 'send webhook', kind: 'producer', parent };
    expect(tracing.spans).toMatchObject([
      {
        ...common,
        end: 'ok',
        attributes: { 'messaging.message.id': 'd-1', 'cloudevents.event_type': 'OrderPlaced', 'http.response.status_code': 204 },
      },
      { ...common, end: '503', attributes: { 'messaging.message.id': 'd-2', 'http.response.status_code': 503 } },
      { ...common, end: 'no-answer', attributes: { 'messaging.message.id': 'd-3', 'cartage.attempt': 1 } },
    ]);
    expect(tracing.spans).toHaveLength(3);
    expect(JSON.stringify(tracing.spans)).not.toContain('example.org');
  });

  it('goes on when the queue is away for a while', async () => {
    const queue = new OneQueue([claimedOf(1)]);
    const troubles: unknown[] = [];
    let failures = 1;
    const failing: DeliveryQueue = {
      ...queue,
      endpointsWithWork: async () => {
        if (failures-- > 0) throw new Error('away');
        return queue.endpointsWithWork();
      },
    };
    const work = delivering(queue, async () => attempt, { queue: failing, onTrouble: (error) => troubles.push(error) });
    await work.start();
    await eventually(() => expect(clock.waiting()).toBe(1));
    await clock.advance(200);
    await eventually(() => expect(queue.settled).toHaveLength(1));
    await work.stop();
    expect(troubles).toHaveLength(1);
  });
});

import { eventually } from '@cartage/testkit';
import { Delivery } from './delivery';
import type { Incoming } from './group';

const incoming = (key: string, run: () => Promise<unknown>): Incoming => ({
  key,
  run,
  letter: () => {
    throw new Error('Nothing is stored here.');
  },
});

const deliver = (window = 10): Delivery<number> =>
  new Delivery({
    settle: async ({ run }) => (await run()) !== false,
    window,
    onProgress: () => undefined,
  });

describe('delivery', () => {
  it('is done up to the oldest event that is not', async () => {
    const delivery = deliver();
    let end: () => void = () => undefined;
    delivery.offer(
      1,
      incoming('a', () => new Promise<void>((resolve) => (end = resolve))),
    );
    delivery.offer(
      2,
      incoming('b', async () => undefined),
    );
    delivery.offer(3);
    await Promise.resolve();
    expect(delivery.reached).toBeUndefined();
    end();
    await eventually(() => expect(delivery.reached).toBe(3));
  });

  it('holds no more than its window, and makes room when something is done', async () => {
    const delivery = deliver(2);
    const ends: (() => void)[] = [];
    for (const key of ['a', 'b'])
      delivery.offer(
        ends.length,
        incoming(key, () => new Promise<void>((resolve) => ends.push(resolve))),
      );
    expect(delivery.hasRoom()).toBe(false);
    const room = delivery.room();
    ends[0]?.();
    await room;
    expect(delivery.hasRoom()).toBe(true);
    ends[1]?.();
  });

  it('never counts what was neither taken nor stored', async () => {
    const delivery = deliver();
    delivery.offer(
      1,
      incoming('a', async () => undefined),
    );
    delivery.offer(
      2,
      incoming('a', async () => false),
    );
    delivery.offer(
      3,
      incoming('b', async () => undefined),
    );
    await delivery.stop();
    expect(delivery.reached).toBe(1);
  });
});

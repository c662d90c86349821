import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { gathering, withAnyNews, withNewsOf } from './gathering';

const GATHER_MS = 1;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** However long it takes: a spec that waits for nothing ends by itself. */
const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await pause(1);
};

/** Something on the screen that is answered when a spec says so; how often it was asked for. */
const shown = (queryKey: readonly unknown[], meta?: typeof withAnyNews | ReturnType<typeof withNewsOf>) => {
  const client = new QueryClient();
  const waiting: (() => void)[] = [];
  const asked: AbortSignal[] = [];
  const queryFn = ({ signal }: { readonly signal: AbortSignal }): Promise<number> => {
    asked.push(signal);
    return new Promise((resolve) => waiting.push(() => resolve(asked.length)));
  };
  const observer = new QueryObserver(client, { queryKey: [...queryKey], queryFn, ...(meta ? { meta } : {}) });
  const leave = observer.subscribe(() => undefined);
  const answer = (): Promise<void> => {
    waiting.splice(0).forEach((resolve) => resolve());
    return until(() => observer.getCurrentResult().isSuccess);
  };
  return { hear: gathering(client, GATHER_MS), asked, answer, client, leave: () => (leave(), client.clear()) };
};

/** Long enough that whatever was to be asked for was. */
const gathered = (): Promise<void> => pause(30 * GATHER_MS);

describe('what is on the screen', () => {
  it.each([
    [['order', 'o-1'], undefined, { orderId: 'o-1' }],
    [['order', 'o-1'], undefined, {}],
    [['orders'], withAnyNews, { orderId: 'o-2' }],
    [['queue'], withNewsOf(['return.events'], 0), { topic: 'return.events' }],
    [['queue'], withNewsOf(['return.events'], 0), {}],
  ] as const)('%j %j is asked for again by news of %j, once for many', async (key, meta, news) => {
    const { hear, asked, answer, leave } = shown(key, meta);
    await answer();
    for (const each of [news, news]) hear(each);
    await until(() => asked.length === 2);
    await answer();
    await gathered();
    expect(asked).toHaveLength(2);
    leave();
  });

  it('is not asked for again by news of something else', async () => {
    for (const [key, meta] of [[['order', 'o-1']], [['settings']], [['queue'], withNewsOf(['return.events'], 0)]] as const) {
      const { hear, asked, answer, leave } = shown(key, meta);
      await answer();
      hear({ orderId: 'o-2', topic: 'order.events' });
      await gathered();
      expect(asked).toHaveLength(1);
      leave();
    }
  });

  it('is answered before it is asked for again, also where news come faster than answers', async () => {
    const { hear, asked, answer, leave } = shown(['orders'], withAnyNews);
    for (const _ of [1, 2, 3]) {
      hear({ orderId: 'o-1' });
      await gathered();
    }
    expect(asked.map(({ aborted }) => aborted)).toEqual([false]);
    await answer();
    await until(() => asked.length === 2);
    leave();
  });

  it('is asked for no more often than it says, however much happens, and once more in the end', async () => {
    const atMostEveryMs = 150;
    const { hear, asked, answer, client, leave } = shown(['queue'], withNewsOf(['order.events'], atMostEveryMs));
    await answer();
    const answeredAt = client.getQueryState(['queue'])?.dataUpdatedAt ?? 0;
    for (const _ of [1, 2, 3]) hear({ topic: 'order.events' });
    await until(() => asked.length === 2);
    expect(Date.now() - answeredAt).toBeGreaterThanOrEqual(atMostEveryMs);
    await answer();
    await gathered();
    expect(asked).toHaveLength(2);
    leave();
  });
});

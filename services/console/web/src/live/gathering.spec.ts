import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { gathering, withAnyNews } from './gathering';

const GATHER_MS = 1;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** However long it takes: a spec that waits for nothing ends by itself. */
const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await pause(1);
};

/** Something on the screen that is answered when a spec says so; how often it was asked for. */
const shown = (queryKey: readonly unknown[], meta?: typeof withAnyNews) => {
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
    [['order', 'o-1'], undefined, 'o-1'],
    [['order', 'o-1'], undefined, undefined],
    [['orders'], withAnyNews, 'o-2'],
  ] as const)('%j %j is asked for again by news of %s, once for many', async (key, meta, news) => {
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
    for (const key of [['order', 'o-1'], ['settings']]) {
      const { hear, asked, answer, leave } = shown(key);
      await answer();
      hear('o-2');
      await gathered();
      expect(asked).toHaveLength(1);
      leave();
    }
  });

  it('is answered before it is asked for again, also where news come faster than answers', async () => {
    const { hear, asked, answer, leave } = shown(['orders'], withAnyNews);
    for (const _ of [1, 2, 3]) {
      hear('o-1');
      await gathered();
    }
    expect(asked.map(({ aborted }) => aborted)).toEqual([false]);
    await answer();
    await until(() => asked.length === 2);
    leave();
  });
});

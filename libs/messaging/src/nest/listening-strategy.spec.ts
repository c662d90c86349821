import type { AnyListener } from '../listener';
import type { Transport } from '../transport';
import { ListeningStrategy } from './listening-strategy';

const listener = (group: string): AnyListener => ({ group, topic: 'order.events', on: {} });

/** A transport that keeps a list of who listens, and cannot bear `bad`. */
const transportOf = (): Transport & { readonly listening: Set<string> } => {
  const listening = new Set<string>();
  return {
    listening,
    health: () => [],
    close: async () => listening.clear(),
    listen: async ({ group }) => {
      if (group === 'bad') throw new Error('No such topic.');
      listening.add(group);
      return { stop: async () => void listening.delete(group) };
    },
  };
};
const started = (strategy: ListeningStrategy): Promise<unknown> => new Promise((resolve) => strategy.listen(resolve));

describe('listeners as a Nest microservice', () => {
  it('listen when Nest says so, and stop when it closes', async () => {
    const transport = transportOf();
    const strategy = new ListeningStrategy(transport, [listener('a'), listener('b')]);
    expect(await started(strategy)).toBeUndefined();
    expect([...transport.listening]).toEqual(['a', 'b']);
    await strategy.close();
    expect([...transport.listening]).toEqual([]);
  });

  it('tell Nest when one of them cannot listen, and leave none behind', async () => {
    const transport = transportOf();
    const error = await started(new ListeningStrategy(transport, [listener('a'), listener('bad')]));
    expect(error).toEqual(new Error('No such topic.'));
    expect([...transport.listening]).toEqual([]);
  });
});

import { once } from 'node:events';
import { createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '@cartage/eventsourcing';
import { receiverOf } from './receiver';

const SLOW_MS = 7_000;
const never = new AbortController().signal;
/** More than fits between here and a client that takes nothing. */
const large = 'x'.repeat(32_000_000);

/** An answer on its way to a client that takes it when it is told to, and when Node would say that it takes nothing. */
const underWay = async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = request({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' }).end();
  client.on('error', () => undefined);
  const [, response] = (await once(server, 'request')) as [unknown, ServerResponse];
  const limits: number[] = [];
  const limit = response.setTimeout.bind(response);
  response.setTimeout = (ms) => {
    limits.push(ms);
    return limit(ms);
  };
  const close = async (): Promise<void> => {
    client.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  const takes = (): void => void client.once('response', (incoming) => incoming.resume());
  return { receiver: receiverOf(response, { clock: systemClock, slowMs: SLOW_MS }), response, limits, takes, close };
};

describe('a client at the other end of an answer', () => {
  it('may take as long as it likes over what was said, while it takes some of it', async () => {
    const { receiver, limits, takes, close } = await underWay();
    const said = receiver.say(large, never);
    expect(limits).toEqual([SLOW_MS]);
    takes();
    expect(await said).toBe(true);
    expect(limits).toEqual([SLOW_MS, 0]);
    await close();
  });

  it('is too slow when it takes nothing of it', async () => {
    const { receiver, response, close } = await underWay();
    const said = receiver.say(large, never);
    response.emit('timeout');
    expect(await said).toBe(false);
    await close();
  });

  it('is not too slow when all is over, or when it has gone', async () => {
    const { receiver, close } = await underWay();
    const over = new AbortController();
    const said = receiver.say(large, over.signal);
    over.abort();
    expect(await said).toBe(true);
    const more = receiver.say(large, never);
    await close();
    expect(await more).toBe(true);
  });

  it('has gone also where it did so before anybody listened', async () => {
    const { response, close } = await underWay();
    const closed = once(response, 'close');
    await close();
    await closed;
    const late = receiverOf(response, { clock: systemClock, slowMs: SLOW_MS });
    expect(late.gone.aborted).toBe(true);
    expect(await late.say(large, never)).toBe(true);
  });
});

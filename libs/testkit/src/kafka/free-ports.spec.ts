import { once } from 'node:events';
import { createServer } from 'node:net';
import { freePorts } from './free-ports';

it('gives ports that can be listened on, each once, and none that a system gives away by itself', async () => {
  const ports = [...(await freePorts(5)), ...(await freePorts(5))];
  expect(new Set(ports).size).toBe(10);
  expect(Math.max(...ports)).toBeLessThan(32_768);
  const [first = 0] = ports;
  const server = createServer().listen(first, '127.0.0.1');
  await once(server, 'listening');
  await new Promise((resolve) => server.close(resolve));
});

it('passes over a port that somebody uses', async () => {
  const [port = 0] = await freePorts(1);
  const server = createServer().listen(port + 1, '127.0.0.1');
  // Or somebody else has it already.
  await once(server, 'listening').catch(() => undefined);
  expect(await freePorts(3)).not.toContain(port + 1);
  await new Promise((resolve) => server.close(resolve));
});

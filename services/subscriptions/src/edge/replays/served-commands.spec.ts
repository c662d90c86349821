import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from '@cartage/testkit';
import { servedCommands } from './served-commands';

const commands = servedCommands();
let [server, url]: [Server, string] = [createServer(), ''];

beforeAll(async () => {
  server = createServer((request, response) => void request.resume().on('end', () => setTimeout(() => response.end(), 20)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  commands.stop();
  server.close();
  server.closeAllConnections();
});

it('what commands take is counted, whoever answers them, and questions are not', async () => {
  await Promise.all(['POST', 'PUT', 'GET'].map((method) => fetch(url, { method })));
  expect(commands.hasAny()).toBe(true);
  let [count, meanMs] = [0, 0];
  await eventually(() => {
    const served = commands.take();
    [count, meanMs] = [count + served.count, served.meanMs || meanMs];
    expect(count).toBe(2);
  });
  expect(meanMs).toBeGreaterThan(10);
  expect([commands.hasAny(), commands.take()]).toEqual([false, { count: 0, meanMs: 0 }]);
});

it('nothing is counted once nobody wants to know it', async () => {
  commands.stop();
  await fetch(url, { method: 'POST' });
  expect(commands.hasAny()).toBe(false);
});

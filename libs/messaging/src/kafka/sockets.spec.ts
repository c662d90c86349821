import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { socketTo } from './sockets';

it('a connection that is closed again and again after its end keeps nothing of that', async () => {
  const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const socket = socketTo({ host: '127.0.0.1', port, onConnect: () => undefined });
  await once(socket.resume(), 'close');
  for (let closings = 0; closings < 20; closings += 1) socket.end().unref();
  expect(socket.listenerCount('connect')).toBe(0);
  server.close();
  await once(server, 'close');
});

import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { requireFreePort } from './port';

const HOST = '127.0.0.1';

describe('the port of a process that starts', () => {
  it('is left as free as it was found', async () => {
    await requireFreePort({ HOST, PORT: 0 });
    const server = createServer().listen(0, HOST);
    await once(server, 'listening');
    const { port: PORT } = server.address() as AddressInfo;
    await expect(requireFreePort({ HOST, PORT })).rejects.toMatchObject({ code: 'EADDRINUSE', syscall: 'listen' });
    server.close();
    await once(server, 'close');
    await requireFreePort({ HOST, PORT });
    await requireFreePort({ HOST, PORT });
  });
});

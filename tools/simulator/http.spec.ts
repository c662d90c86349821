import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { httpTo } from './http';
import { Problem } from './problem';

type Serve = (request: IncomingMessage, reply: ServerResponse, time: number) => void;

const served = async (serve: Serve, work: (url: string) => Promise<void>): Promise<void> => {
  let times = 0;
  const server = createServer((request, reply) => serve(request, reply, (times += 1)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
};

describe('a call to Cartage', () => {
  it('is sent again under the same key while the connection breaks or the other side does', async () => {
    const keys: unknown[] = [];
    const serve: Serve = (request, reply, time) => {
      keys.push(request.headers['idempotency-key']);
      if (time === 1) request.socket.destroy();
      else reply.writeHead(time === 2 ? 503 : 200, { 'cartage-position': '7', 'cartage-repeated': 'true' }).end('{"ok":true}');
    };
    await served(serve, async (url) => {
      const http = httpTo(url);
      const answer = await http.send({ method: 'POST', path: '/orders', key: 'k-1', body: {} });
      http.close();
      expect(answer).toEqual({ body: { ok: true }, position: '7', repeated: true });
      expect(keys).toEqual(['k-1', 'k-1', 'k-1']);
    });
  });

  it('that is refused is told with the code and the words of the refusal, and not sent again', async () => {
    let times = 0;
    const serve: Serve = (_, reply) => {
      times += 1;
      reply.writeHead(422).end(JSON.stringify({ code: 'ORDER_INVALID', detail: 'It has no lines.' }));
    };
    await served(serve, async (url) => {
      const http = httpTo(url);
      const refused = await http.send({ method: 'GET', path: '/orders' }).catch((error: unknown) => error);
      http.close();
      expect(refused).toBeInstanceOf(Problem);
      expect(refused).toMatchObject({ status: 422, code: 'ORDER_INVALID', message: expect.stringContaining('It has no lines.') });
      expect(times).toBe(1);
    });
  });

  it('is let in by the token as it is at that time', async () => {
    const seen: unknown[] = [];
    const serve: Serve = (request, reply) => {
      seen.push(request.headers.authorization);
      reply.end('{}');
    };
    await served(serve, async (url) => {
      let token = 'first';
      const [http, without] = [httpTo(url, () => token), httpTo(url)];
      await http.send({ method: 'GET', path: '/orders' });
      token = 'renewed';
      await http.send({ method: 'GET', path: '/orders' });
      await without.send({ method: 'GET', path: '/orders' });
      http.close();
      without.close();
      expect(seen).toEqual(['Bearer first', 'Bearer renewed', undefined]);
    });
  });

  it('goes to the service that its path belongs to', async () => {
    const seen: (string | undefined)[] = [];
    await served(
      (request, reply) => {
        seen.push(request.url);
        reply.end('{}');
      },
      async (url) => {
        const http = httpTo({ payments: url });
        await http.send({ method: 'GET', path: '/payments/reviews?limit=1' });
        await expect(http.send({ method: 'GET', path: '/orders' })).rejects.toThrow('No address is known for /orders');
        http.close();
        expect(seen).toEqual(['/payments/reviews?limit=1']);
      },
    );
  });
});

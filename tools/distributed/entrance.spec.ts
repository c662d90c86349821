import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { usualServices } from '@cartage/embedded/composed';
import { services } from '@cartage/embedded/services';
import { startEntrance, type Entrance } from './entrance';
import { plannedServices } from './plan';

let orders: Server;
let entrance: Entrance;

const addressOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const nobody = 'http://127.0.0.1:1';

beforeAll(async () => {
  orders = createServer((asked, response) => {
    asked.setEncoding('utf8');
    void asked.toArray().then((chunks) => {
      response.writeHead(201, { etag: '"1"' });
      response.end(`${asked.method} ${asked.url} ${asked.headers['idempotency-key'] ?? ''} ${chunks.join('')}`);
    });
  }).listen(0, '127.0.0.1');
  await once(orders, 'listening');
  const behind = [
    { name: 'order', url: addressOf(orders), paths: ['orders', 'channels'] },
    { name: 'returns', url: nobody, paths: ['returns'] },
  ];
  entrance = await startEntrance(behind, 0);
});

afterAll(async () => {
  await entrance.stop();
  orders.close();
});

describe('the entrance to services in processes of their own', () => {
  it('forwards a request as it came, by the first segment of its path, and the answer as it is', async () => {
    const answer = await fetch(`${entrance.url}/channels/web/orders/7?a=b%20c`, {
      method: 'PUT',
      body: '{"x":1}',
      headers: { 'idempotency-key': 'k' },
    });
    expect([answer.status, answer.headers.get('etag')]).toEqual([201, '"1"']);
    expect(await answer.text()).toBe('PUT /channels/web/orders/7?a=b%20c k {"x":1}');
  });

  it('leads to what a service tells its operators by the service’s name', async () => {
    const answer = await fetch(`${entrance.url}/operations/order/dead-letters?state=dead`);
    expect(await answer.text()).toBe('GET /operations/order/dead-letters?state=dead  ');
    expect((await fetch(`${entrance.url}/operations/returns/dead-letters`)).status).toBe(502);
  });

  it('says which service cannot be reached', async () => {
    const answer = await fetch(`${entrance.url}/returns/7`);
    expect(answer.status).toBe(502);
    expect(await answer.json()).toMatchObject({ code: 'SERVICE_UNREACHABLE', detail: expect.stringContaining('The returns service') });
  });

  it.each(['/nothing', '/', '/operations', '/operations/nobody/dead-letters', '/ordersmore', '//127.0.0.1:1/orders'])(
    'says that no service answers %s',
    async (path) => {
      const answer = await fetch(`${entrance.url}${path}`);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ code: 'PATH_UNKNOWN' });
    },
  );

  it('is not ready before every service is', async () => {
    const answer = await fetch(`${entrance.url}/health/ready`);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ services: { returns: 502 } });
  });

  it('leads to the pages of all services', async () => {
    expect(await (await fetch(`${entrance.url}/docs`)).text()).toContain(`${addressOf(orders)}/docs`);
  });
});

describe('the plan of the services', () => {
  it('is what they say of themselves', () => {
    const said = services.map(({ name, port, paths }) => ({ name, port, paths }));
    expect(plannedServices.map(({ name, port, paths }) => ({ name, port, paths }))).toEqual(said);
  });

  it('marks as listening only what is switched off in one process', () => {
    const carrying = plannedServices.filter(({ onlyListens }) => onlyListens !== true);
    expect(carrying.map(({ name }) => name)).toEqual(usualServices.map(({ name }) => name));
  });
});

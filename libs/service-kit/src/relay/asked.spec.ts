import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isAway } from '@cartage/eventsourcing';
import { asked } from './asked';

describe('what a receiver answers', () => {
  let server: Server;
  let listener: RequestListener;
  let url: string;
  const ask = () => asked(url, { method: 'POST', body: '{}' }, () => new Date(0));

  beforeAll(async () => {
    server = createServer((request, response) => listener(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('is all of it, letter by letter, also where it is nothing', async () => {
    const said = 'Grüße, مرحبا, 北京 '.repeat(5_000);
    listener = (_, response) => void response.writeHead(201, { 'x-id': '7' }).end(said);
    const answer = await ask();
    expect([answer.status, answer.headers.get('x-id'), answer.body === said]).toEqual([201, '7', true]);
    listener = (_, response) => void response.writeHead(204).end();
    expect(await ask()).toMatchObject({ status: 204, body: '' });
  });

  it('is no answer where it has no end', async () => {
    const more = Buffer.alloc(1024 * 1024, 'x');
    listener = (_, response) => {
      const go = (): void => {
        while (!response.destroyed && response.write(more));
      };
      response.writeHead(200).on('drain', go);
      go();
    };
    const failure: unknown = await ask().catch((error: unknown) => error);
    expect([isAway(failure), String(failure)]).toEqual([true, expect.stringContaining('does not answer')]);
  });
});

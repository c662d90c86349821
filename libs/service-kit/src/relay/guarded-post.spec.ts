import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { guardedPost } from './guarded-post';
import { AddressGuard } from './public-address';

const strict = new AddressGuard({ allowsLoopback: false });
const resolvingTo = (...addresses: readonly string[]): AddressGuard =>
  new AddressGuard({
    allowsLoopback: false,
    resolve: async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
  });

describe('an address that a stranger has chosen', () => {
  it.each([
    ...['127.0.0.1', '127.9.9.9', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0'],
    ...['::1', '::', 'fe80::1', 'fc00::1', 'fd12::1', '::ffff:10.0.0.1', '::ffff:8.8.8.8', '64:ff9b::a00:1', '2002:a00:1::', 'ff02::1'],
    ...['224.0.0.1', '255.255.255.255', '198.18.0.1', '192.0.2.1', '2001:db8::1'],
  ])('is refused where it is not everybody’s: %s', async (address) => {
    await expect(strict.addressesOf(address)).rejects.toMatchObject({ name: 'AddressRefused' });
    await expect(resolvingTo(address).addressesOf('hooks.example.org')).rejects.toMatchObject({ name: 'AddressRefused' });
  });

  it.each(['8.8.8.8', '172.32.0.1', '11.0.0.1', '2606:4700::1111'])('is taken where it is: %s', async (address) =>
    expect(await resolvingTo(address).addressesOf('hooks.example.org')).toMatchObject([{ address }]),
  );

  it('is refused where one of several is not everybody’s, and where there is none', async () => {
    await expect(resolvingTo('8.8.8.8', '10.0.0.1').addressesOf('hooks.example.org')).rejects.toMatchObject({ name: 'AddressRefused' });
    await expect(resolvingTo().addressesOf('hooks.example.org')).rejects.toMatchObject({ name: 'AddressRefused' });
  });

  it.each([
    ['http://example.org', 'https://'],
    ['http://127.0.0.1:3000', 'https://'],
    ['ftp://example.org', 'https://'],
    ['https://user:word@example.org', 'password'],
    ['https://example.org/#part', '#'],
    ['example.org', 'an address'],
  ])('has to be one that can be sent to safely: %s', (url, told) => expect(strict.faultIn(url)).toContain(told));

  it('may be on this machine where that is allowed, and nowhere else without TLS', async () => {
    const lenient = new AddressGuard({ allowsLoopback: true });
    for (const url of ['http://localhost:1/', 'http://127.0.0.1:1/', 'http://[::1]:1/']) expect(lenient.faultIn(url)).toBeUndefined();
    expect(lenient.faultIn('http://10.0.0.1/')).toContain('https://');
    await expect(lenient.addressesOf('10.0.0.1')).rejects.toMatchObject({ name: 'AddressRefused' });
  });
});

describe('what is posted', () => {
  let [server, listener, asked]: [Server?, RequestListener?, string[]?] = [];
  let url = '';
  const never = new AbortController().signal;
  const post = (guard: AddressGuard, more: object = {}) =>
    guardedPost(guard, { url, headers: {}, body: 'ä', timeoutMs: 60_000, mostBytes: 10, signal: never, ...more });
  const lenient = new AddressGuard({ allowsLoopback: true });

  beforeAll(async () => {
    const started = (server = createServer((request, response) => {
      asked?.push(`${request.method} ${request.url} ${request.headers['content-length']}`);
      listener?.(request, response);
    }));
    await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(started.address() as AddressInfo).port}/hooks`;
  });
  beforeEach(() => (asked = []));
  afterAll(() => {
    server?.closeAllConnections();
    server?.close();
  });

  it('is answered with status, headers and the beginning of the body, however long that is', async () => {
    listener = (_, response) => void response.writeHead(418, { 'x-request-id': 'r' }).end('0123456789'.repeat(100_000));
    expect(await post(lenient)).toMatchObject({ status: 418, headers: { 'x-request-id': 'r' }, body: '0123456789' });
    expect(asked).toEqual(['POST /hooks 2']);
  });

  it('follows no redirect', async () => {
    listener = (_, response) => void response.writeHead(307, { location: '/elsewhere' }).end();
    expect(await post(lenient)).toMatchObject({ status: 307, headers: { location: '/elsewhere' } });
    expect(asked).toEqual(['POST /hooks 2']);
  });

  it('waits no longer than it is told for an answer, nor for the rest of one', async () => {
    listener = () => undefined;
    await expect(post(lenient, { timeoutMs: 50 })).rejects.toThrow();
    listener = (_, response) => void response.writeHead(200).write('0');
    await expect(post(lenient, { timeoutMs: 50 })).rejects.toThrow();
  });

  it('is not waited for where what comes back is no answer', async () => {
    listener = ({ socket }) => void socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: other\r\n\r\n');
    await expect(post(lenient)).rejects.toThrow('without an answer');
  });

  it('does not so much as connect to an address that is refused, also where a name leads there by the time it is sent', async () => {
    await expect(post(strict)).rejects.toMatchObject({ name: 'AddressRefused' });
    const moved = resolvingTo('127.0.0.1');
    await expect(post(moved, { url: url.replace('127.0.0.1', 'hooks.example.org') })).rejects.toMatchObject({ name: 'AddressRefused' });
    expect(asked).toEqual([]);
  });

  it('is given up in time where nobody says where a name leads, for whom all who wait ask once; whoever comes later asks again', async () => {
    const answers: ((address: string) => void)[] = [];
    const slow = new AddressGuard({
      allowsLoopback: true,
      resolve: () => new Promise((resolve) => answers.push((address) => resolve([{ address, family: 4 }]))),
    });
    const [named, given] = [url.replace('127.0.0.1', 'hooks.example.org'), new AbortController()];
    const posts = [1, 2, 3].map(() => post(slow, { url: named, signal: given.signal }));
    given.abort();
    for (const each of await Promise.allSettled(posts)) expect(each.status).toBe('rejected');
    const waiting = slow.addressesOf('hooks.example.org');
    expect(answers).toHaveLength(1);
    answers[0]?.('127.0.0.1');
    expect(await waiting).toHaveLength(1);
    listener = (_, response) => void response.end();
    const later = post(slow, { url: named });
    expect(answers).toHaveLength(2);
    answers[1]?.('127.0.0.1');
    expect(await later).toMatchObject({ status: 200 });
  });
});

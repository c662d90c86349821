import { once } from 'node:events';
import { connect } from 'node:net';
import { Controller, Get, Post, Body } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { eventually } from '@cartage/testkit';
import { connectionsOf, stopServing, type Connections } from '../start/serve';
import { Form, SentForm, TakesForm } from './form';
import { httpServer } from './server';

let answer: () => void = () => undefined;
let waiting = 0;

@Controller()
class Desk {
  @Post('papers')
  paper(@Body() body: unknown): unknown {
    return { body };
  }

  @Post('forms')
  @TakesForm('What a page sends.')
  form(@SentForm() form: Form): unknown {
    return { says: form.get('says') };
  }

  @Get('papers/:id')
  show(): unknown {
    return {};
  }

  /** Answers when the test says so. */
  @Get('slow')
  slow(): Promise<unknown> {
    waiting += 1;
    return new Promise((resolve) => (answer = () => resolve({ slow: true })));
  }

  @Get('health/live')
  live(): unknown {
    return { status: 'live' };
  }
}

class Root {}

let app: NestFastifyApplication;
let port: number;
let connections: Connections;

beforeAll(async () => {
  ({ app } = await httpServer({ module: Root, controllers: [Desk] }, { log: pino({ level: 'silent' }), maxInFlight: 2 }));
  connections = connectionsOf(app.getHttpServer());
  await app.listen(0, '127.0.0.1');
  port = Number(new URL(await app.getUrl()).port);
});

afterAll(() => stopServing(app, connections));

/** Says these lines on a connection of its own; what came back until it was closed. */
const say = async (
  ...lines: readonly string[]
): Promise<{ readonly status: number; readonly type: string | undefined; readonly problem: unknown }> => {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  socket.end(`${lines.join('\r\n')}\r\n\r\n`);
  await once(socket, 'close');
  const [head = '', body = ''] = text.split('\r\n\r\n');
  return {
    status: Number(head.split(' ')[1]),
    type: /^content-type: (.*)$/im.exec(head)?.[1],
    problem: JSON.parse(/\{.*\}/.exec(body)?.[0] ?? 'null'),
  };
};

const url = (path: string): string => `http://127.0.0.1:${port}${path}`;
const ask = async (path: string, init: RequestInit = {}) => {
  const response = await fetch(url(path), init);
  return { status: response.status, headers: response.headers, problem: (await response.json()) as unknown };
};

describe('what the server itself refuses', () => {
  it.each<[string, readonly string[], number, string]>([
    ['a header that is none', ['GET /papers/1 HTTP/1.1', 'Host: a', 'no header'], 400, 'REQUEST_MALFORMED'],
    ['a method that nobody knows', ['FROB /papers/1 HTTP/1.1', 'Host: a'], 400, 'REQUEST_MALFORMED'],
    ['no HTTP at all', ['hello'], 400, 'REQUEST_MALFORMED'],
    ['headers without end', ['GET /papers/1 HTTP/1.1', 'Host: a', `X: ${'x'.repeat(20_000)}`], 431, 'HEADERS_TOO_LARGE'],
    ['an expectation', ['GET /papers/1 HTTP/1.1', 'Host: a', 'Connection: close', 'Expect: a miracle'], 417, 'EXPECTATION_FAILED'],
    ['no Host', ['GET /papers/1 HTTP/1.1', 'Connection: close'], 400, 'HOST_MISSING'],
    ['a malformed path', ['GET /papers/%zz HTTP/1.1', 'Host: a', 'Connection: close'], 400, 'PATH_MALFORMED'],
  ])('is a problem like any other: %s', async (_, lines, status, code) => {
    const said = await say(...lines);
    expect(said).toMatchObject({ status, type: 'application/problem+json; charset=utf-8' });
    expect(said.problem).toMatchObject({ status, code, correlationId: expect.stringMatching(/^[\da-f-]{36}$/) });
  });

  it('is an address that nothing answers, or not by this method', async () => {
    expect(await ask('/nowhere')).toMatchObject({ status: 404, problem: { code: 'ROUTE_UNKNOWN' } });
    const other = await ask('/papers/7', { method: 'DELETE' });
    expect(other).toMatchObject({ status: 405, problem: { code: 'METHOD_NOT_ALLOWED' } });
    expect(other.headers.get('allow')).toBe('GET, HEAD');
  });
});

describe('a form', () => {
  const sent = (path: string, body: string, type = 'application/x-www-form-urlencoded') =>
    ask(path, { method: 'POST', headers: { 'content-type': type }, body });

  it('is taken where a page sends it, and nothing else is', async () => {
    expect(await sent('/forms', 'says=a+b&other=c')).toMatchObject({ status: 201, problem: { says: 'a b' } });
    expect(await sent('/forms', '{}', 'application/json')).toMatchObject({ status: 415 });
    expect(await sent('/papers', 'says=a')).toMatchObject({ status: 415 });
  });

  it('is no larger than a page makes it, and holds nothing that cannot be kept', async () => {
    expect(await sent('/forms', `says=${'x'.repeat(300_000)}`)).toMatchObject({ status: 413 });
    expect(await sent('/forms', 'says=%00')).toMatchObject({ status: 422, problem: { code: 'CHARACTER_REFUSED' } });
  });
});

describe('names that every object has', () => {
  it('are ordinary in a body', async () => {
    const body = '{"__proto__":{"a":1},"constructor":{"prototype":1},"toString":"x"}';
    const response = await fetch(url('/papers'), { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect(await response.text()).toBe(`{"body":${body}}`);
  });
});

describe('more than can be done', () => {
  it('is turned away at once, asked to come again, and let in when there is room; health always answers', async () => {
    const slow = [fetch(url('/slow'))];
    await eventually(() => expect(waiting).toBe(1));
    const first = answer;
    slow.push(fetch(url('/slow')));
    await eventually(() => expect(waiting).toBe(2));

    const turnedAway = await ask('/papers/1');
    expect(turnedAway).toMatchObject({ status: 503, problem: { code: 'OVERLOADED' } });
    expect(turnedAway.headers.get('retry-after')).toBe('1');
    expect((await ask('/health/live')).status).toBe(200);

    first();
    answer();
    for (const response of await Promise.all(slow)) expect(await response.json()).toEqual({ slow: true });
    await eventually(async () => expect((await ask('/papers/1')).status).toBe(200));
  });

  it('is no reason to wait for who connected and never asked: a stop closes such a connection', async () => {
    const silent = connect(port, '127.0.0.1');
    await once(silent, 'connect');
    silent.resume();
    await eventually(() => {
      connections.closeIdle();
      expect(silent.readableEnded || silent.destroyed).toBe(true);
    });
  });

  it('counts nobody who went away', async () => {
    waiting = 0;
    const gone = new AbortController();
    const left = [fetch(url('/slow'), { signal: gone.signal }), fetch(url('/slow'), { signal: gone.signal })];
    await eventually(() => expect(waiting).toBe(2));
    gone.abort();
    await Promise.allSettled(left);
    await eventually(async () => expect((await ask('/papers/1')).status).toBe(200));
  });
});

import { Body, Controller, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { KeepRawBody, keepRawBodies, RawBody } from './raw-body';

@Controller()
class Echo {
  @Post('kept')
  @KeepRawBody()
  kept(@RawBody() raw: Buffer, @Body() body: unknown): unknown {
    return { raw: raw.toString(), body };
  }

  @Post('small')
  @KeepRawBody({ atMost: 100 })
  small(@RawBody() raw: Buffer): unknown {
    return { raw: raw.toString() };
  }

  @Post('other')
  other(@RawBody() raw: Buffer, @Body() body: unknown): unknown {
    return { raw: raw.toString(), body };
  }
}

@Module({ controllers: [Echo] })
class EchoModule {}

let app: NestFastifyApplication;
const post = async (url: string, payload: string) => {
  const headers = { 'content-type': 'application/json' };
  const { statusCode, body } = await app.inject({ method: 'POST', url, payload, headers });
  return { statusCode, body: JSON.parse(body) as Record<string, unknown> };
};

beforeAll(async () => {
  app = await NestFactory.create<NestFastifyApplication>(EchoModule, new FastifyAdapter({ bodyLimit: 200_000 }), { logger: false });
  keepRawBodies(app.getHttpAdapter().getInstance() as FastifyInstance);
  await app.init();
});
afterAll(() => app.close());

describe('a handler that keeps the raw body', () => {
  it('sees the very bytes beside what was parsed of them', async () => {
    const text = '{ "b" : 1.0,\n  "a": "é" }';
    expect(await post('/kept', text)).toEqual({ statusCode: 201, body: { raw: text, body: { b: 1, a: 'é' } } });
  });

  it('sees a body whole that comes in many pieces', async () => {
    const text = JSON.stringify({ long: 'x'.repeat(150_000) });
    expect((await post('/kept', text)).body['raw']).toBe(text);
  });

  it('is still guarded by the limit of a body', async () => expect((await post('/kept', `"${'x'.repeat(300_000)}"`)).statusCode).toBe(413));

  it('may take less than others do', async () => {
    expect(await post('/small', '"short"')).toEqual({ statusCode: 201, body: { raw: '"short"' } });
    expect((await post('/small', `"${'x'.repeat(100)}"`)).statusCode).toBe(413);
  });

  it('leaves other handlers without', async () => expect((await post('/other', '{"a":1}')).body).toEqual({ raw: '', body: { a: 1 } }));
});

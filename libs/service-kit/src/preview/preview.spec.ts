import { Topics } from '@cartage/contracts';
import {
  deciding,
  evolving,
  handling,
  memoryStore,
  START,
  type Decider,
  type Meta,
  type Named,
  type Translation,
} from '@cartage/eventsourcing';
import { Body, Controller, Inject, Param, Post, Put, Res } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { pino } from 'pino';
import { KeepRawBody } from '../http/raw-body';
import { CommandMeta, RequestMeta } from '../http/request-meta';
import { httpServer } from '../http/server';
import { answered } from '../http/version';
import { newId } from '../ids';
import { NoPreview } from './answering';
import { isPreviewing, vaultForPreviews } from './previewing';

type Cash = Named<'RefundIssued', Readonly<Record<string, unknown>>> | Named<'CaptureRequested', { readonly amount: number }>;

const box = { key: 'c-1', box: 'c2VjcmV0' };
const till: Decider<Named<'Pay', number>, number, Cash> = {
  initial: 0,
  evolve: evolving<number, Cash>({ RefundIssued: (paid) => paid + 1, CaptureRequested: (paid) => paid }),
  decide: deciding<Named<'Pay', number>, number, Cash>({
    Pay: (amount) => [
      { type: 'RefundIssued', data: { orderId: 'o-1', amount, currency: 'GBP', personal: box } },
      { type: 'CaptureRequested', data: { amount: 3 } },
    ],
  }),
};

const store = memoryStore();
const send = handling({ store, newId, isPublic: (type) => type === 'RefundIssued' }, till);
const publication = {
  service: 'till',
  topic: Topics.payment,
  translate: { RefundIssued: ({ type, data }) => ({ type, data }) } satisfies Translation<Cash, Cash>,
};

interface Effects {
  asked: number;
}
const EFFECTS = Symbol('effects');

@Controller('tills')
class TillController {
  constructor(@Inject(EFFECTS) private readonly effects: Effects) {}

  @Post('sealed')
  async sealed(@CommandMeta() _meta: Meta): Promise<unknown> {
    const vault = vaultForPreviews({
      seal: async (key) => ((this.effects.asked += 1), { key, box: 'made' }),
      open: async () => undefined,
    });
    return { previewing: isPreviewing(), ...(await vault.seal('c-1', {})) };
  }

  @Post('webhooks')
  @KeepRawBody()
  webhook(@RequestMeta() _meta: Meta): unknown {
    return { asked: (this.effects.asked += 1) };
  }

  @Post('many')
  @NoPreview()
  many(@CommandMeta() _meta: Meta): unknown {
    return { asked: (this.effects.asked += 1) };
  }

  @Post('undecided')
  undecided(): unknown {
    return { asked: (this.effects.asked += 1) };
  }

  @Put(':till')
  async pay(
    @Param('till') till: string,
    @Body() { amount }: { readonly amount: number },
    @RequestMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const done = await send(`till-${till}`, { type: 'Pay', data: amount }, meta);
    this.effects.asked += 1;
    answered(reply, done);
    return { paid: done.state };
  }
}

class Root {}

const effects: Effects = { asked: 0 };
let app: NestFastifyApplication;

beforeAll(async () => {
  app = await httpServer(
    { module: Root, controllers: [TillController], providers: [{ provide: EFFECTS, useValue: effects }] },
    { log: pino({ level: 'silent' }), maxInFlight: 9, publicationAt: (path) => (path === 'tills' ? publication : undefined) },
  );
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
});
afterAll(() => app.close());
beforeEach(() => (effects.asked = 0));

const ask = async (method: 'PUT' | 'POST', url: string, headers: Readonly<Record<string, string>> = {}) => {
  const { statusCode, body, headers: answered } = await app.inject({ method, url, headers, payload: { amount: 7 } });
  return { status: statusCode, body: JSON.parse(body) as Record<string, unknown>, headers: answered };
};

describe('?preview=true', () => {
  it('answers with the events in public words, nothing sealed, and what they come to', async () => {
    expect(await ask('PUT', '/tills/1?preview=true')).toMatchObject({
      status: 200,
      body: {
        preview: true,
        repeated: false,
        asks: [],
        events: [
          {
            type: 'RefundIssued',
            published: true,
            subject: '1',
            version: 1,
            data: { orderId: 'o-1', amount: 7, currency: 'GBP', personal: { key: 'c-1', box: '' } },
          },
          { type: 'CaptureRequested', published: false, subject: '1' },
        ],
        effect: {
          money: [
            { kind: 'refunded', amount: 7, currency: 'GBP' },
            { kind: 'asked', amount: 3 },
          ],
        },
      },
    });
  });

  it('writes nothing, and nothing of what follows the decision runs', async () => {
    await ask('PUT', '/tills/2?preview=true', { 'idempotency-key': 'k' });
    expect(await store.head()).toBe(START);
    expect(effects.asked).toBe(0);
  });

  it('uses no key up, and tells when the command was carried out already', async () => {
    const key = { 'idempotency-key': 'k2' };
    await ask('PUT', '/tills/3?preview=true', key);
    expect(await ask('PUT', '/tills/3?preview=false', key)).toMatchObject({ status: 200, body: { paid: 1 } });
    expect(await ask('PUT', '/tills/3?preview=true', key)).toMatchObject({ body: { preview: true, repeated: true, events: [] } });
  });

  it('needs no key where the command does', async () => {
    expect(await ask('POST', '/tills/sealed')).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REQUIRED' } });
    expect(await ask('POST', '/tills/sealed?preview=true')).toMatchObject({ status: 200 });
  });

  it('seals nothing, and a handler that decides nothing answers with a preview of nothing', async () => {
    expect((await ask('POST', '/tills/sealed?preview=true')).body).toMatchObject({ preview: true, events: [] });
    expect(effects.asked).toBe(0);
    const done = await ask('POST', '/tills/sealed', { 'idempotency-key': 'k' });
    expect(done.body).toEqual({ previewing: false, key: 'c-1', box: 'made' });
  });

  it.each(['webhooks', 'many', 'undecided'])('is refused by what would act all the same: %s', async (name) => {
    expect(await ask('POST', `/tills/${name}?preview=true`)).toMatchObject({ status: 422, body: { code: 'PREVIEW_UNSUPPORTED' } });
    expect(effects.asked).toBe(0);
  });

  it('is refused in another spelling', async () => {
    expect(await ask('PUT', '/tills/1?preview=yes')).toMatchObject({ status: 422, body: { errors: [{ code: 'PREVIEW_INVALID' }] } });
  });
});

import { Topics } from '@cartage/contracts';
import {
  deciding,
  evolving,
  handling,
  memoryStore,
  Previewed,
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
import { metaOfItem } from '../http/batch';
import { problemOf } from '../http/problem';
import { KeepRawBody } from '../http/raw-body';
import { CommandMeta, RequestMeta } from '../http/request-meta';
import { httpServer } from '../http/server';
import { answered } from '../http/version';
import { newId } from '../ids';
import { NoPreview } from './answering';
import { answeredItems, previewOfItem, PreviewsItems, type Items } from './items';
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

  @Post('each')
  @PreviewsItems()
  async each(@Body() { tills }: { readonly tills: readonly string[] }, @CommandMeta() meta: Meta): Promise<Items<object>> {
    const items = tills.map(async (till) => {
      try {
        const done = await send(`till-${till}`, { type: 'Pay', data: 7 }, metaOfItem(meta, till, till));
        return { till, paid: done.state, ...previewOfItem(done) };
      } catch (error) {
        if (error instanceof Previewed) return { till, ...previewOfItem(error) };
        return { till, problem: problemOf(error, meta.correlationId).code };
      }
    });
    return answeredItems(await Promise.all(items));
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
  ({ app } = await httpServer(
    { module: Root, controllers: [TillController], providers: [{ provide: EFFECTS, useValue: effects }] },
    { log: pino({ level: 'silent' }), maxInFlight: 9, publicationAt: (path) => (path === 'tills' ? publication : undefined) },
  ));
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
            subject: 'till/1',
            version: 1,
            data: { orderId: 'o-1', amount: 7, currency: 'GBP', personal: { key: 'c-1', box: '' } },
          },
          { type: 'CaptureRequested', published: false, subject: 'till/1' },
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

  it('of a batch tells what each item would do, as if it were alone, and writes nothing', async () => {
    const before = await store.head();
    const asked = { method: 'POST', url: '/tills/each?preview=true', payload: { tills: ['7', '8'] } } as const;
    const { statusCode, body } = await app.inject(asked);
    expect([statusCode, JSON.parse(body)]).toMatchObject([
      200,
      {
        preview: true,
        items: ['7', '8'].map((till) => ({
          till,
          preview: { preview: true, events: [{ type: 'RefundIssued', subject: `till/${till}` }, {}] },
        })),
      },
    ]);
    expect(await store.head()).toBe(before);
    const done = await app.inject({ ...asked, url: '/tills/each', headers: { 'idempotency-key': 'each' } });
    expect(JSON.parse(done.body)).toMatchObject({ items: [{ till: '7', paid: expect.any(Number) }, { till: '8' }] });
    expect(done.body).not.toContain('preview');
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

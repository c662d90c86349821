import { Topics } from '@cartage/contracts';
import { memoryStore, type EventStore } from '@cartage/eventsourcing';
import { newId } from '../ids';
import type { AnyService } from '../service';
import { alsoHearing, answerOn, forgetful } from './erasing';
import { heldInTables, holdsNothing } from './holdings';
import { Persons, type AskPersonElsewhere } from './persons';

const [orderId, another] = [newId(), newId()];
const asked = { orders: [orderId], customers: ['c-1'], keys: ['c-1.k'], correlations: ['one'] };
const publication = { service: 'order', topic: Topics.order, translate: {} };

const tell = async (store: EventStore, stream: string, data: object, correlationId = 'one'): Promise<void> => {
  const meta = { commandId: newId(), correlationId, actor: 'spec' };
  await store.appendMany([{ stream, expected: 0, events: [{ id: newId(), type: 'OrderPlaced', data, meta }] }]);
};

const away: AskPersonElsewhere = () => Promise.reject(new Error('away'));

const personsWith = async (ask = away, others = 0): Promise<Persons> => {
  const store = memoryStore();
  for (let n = 0; n < others; n += 1) await tell(store, `order-${newId()}`, { orderId: newId() });
  await tell(store, `order-${orderId}`, { orderId, personal: { key: 'c-1.k', box: 'Ada' }, secret: { key: 'partner.k', box: 'theirs' } });
  await tell(store, `order-${another}`, { orderId: another, personal: { key: 'c-2.k', box: 'Bob' } });
  return new Persons({
    ...{ logs: new Map([['order', { publication, traces: store.traces }]]), elsewhere: new Map([['shipping', 'http://shipping']]), ask },
    holdings: new Map([
      ['order', { ...holdsNothing, show: async () => [{ what: 'hash', at: null, content: { personal: { key: 'c-1.k', box: 'B' } } }] }],
    ]),
    vault: { open: async <Content>({ box }: { readonly box: string }) => ({ name: box }) as Content },
  });
};

describe('what is known of a person', () => {
  it('is what their events and rows say, opened by their own keys and no others', async () => {
    const items = await (await personsWith()).known('order', asked);
    expect(items.map(({ stream, what, content }) => ({ stream, what, content }))).toEqual([
      {
        ...{ stream: `order-${orderId}`, what: 'OrderPlaced' },
        content: { orderId, personal: { name: 'Ada' }, secret: { sealed: 'partner.k' } },
      },
      { stream: null, what: 'hash', content: { personal: { name: 'B' } } },
    ]);
  });

  it('is found among all that followed from the same request, such as an import of many orders', async () => {
    const few = await (await personsWith()).known('order', asked);
    const many = await (await personsWith(away, 1_050)).known('order', asked);
    expect(many.map(({ stream, content }) => ({ stream, content }))).toEqual(few.map(({ stream, content }) => ({ stream, content })));
  });

  it('names the services that could not be asked', async () => {
    expect(await (await personsWith()).everywhere(asked)).toMatchObject({ missing: ['shipping'] });
    const urls: string[] = [];
    const persons = await personsWith((url) => (urls.push(url), Promise.resolve([])));
    expect(await persons.everywhere(asked)).toMatchObject({ missing: [], items: [{}, {}] });
    expect(urls).toEqual(['http://shipping/operations/shipping/person']);
  });

  it('is asked of services that are here', async () => {
    await expect((await personsWith()).known('warehouse', asked)).rejects.toMatchObject({ code: 'SERVICE_UNKNOWN' });
  });
});

describe('a service that forgets people', () => {
  it('answers by an event of its own topic', () => {
    expect(answerOn(Topics.shipping)).toBe('PersonErasedFromShipping');
    const service = { name: 'shipping', publication: { ...publication, topic: Topics.shipping }, holdings: () => holdsNothing } as unknown;
    const translate: unknown = forgetful(service as AnyService).publication?.translate;
    expect(translate).toHaveProperty('PersonErasedFromShipping');
  });

  it('is left as it is where it only listens: it has nothing to say it by', () => {
    const service = { name: 'reporting', holdings: () => holdsNothing } as unknown as AnyService;
    expect(forgetful(service)).toBe(service);
  });

  it('listens for it where it follows the topic anyway, in no group of its own', () => {
    const on = { PersonErasureRequested: async () => undefined };
    const listener = { group: 'a.order', topic: Topics.order, on: { OrderPlaced: async () => undefined } };
    const [first, ...others] = alsoHearing([listener], Topics.order, { group: 'a.erasures', on });
    expect([first?.group, Object.keys(first?.on ?? {}), others]).toEqual(['a.order', ['OrderPlaced', 'PersonErasureRequested'], []]);
    expect(alsoHearing([listener], Topics.shipping, { group: 'a.erasures', on })).toHaveLength(2);
  });
});

describe('what is kept of a person in tables', () => {
  const about = (what: string) => ({ what, sql: what });
  const held = (query: (sql: string) => Promise<object>) => {
    const sql = { query: (text: string) => query(text.split(' ').at(-1) ?? '') };
    return heldInTables(sql as unknown as Parameters<typeof heldInTables>[0], { forgotten: [about('hashes')], sentTo: [about('mails')] });
  };

  it('is forgotten once it is known who was told of it', async () => {
    const gone = new Set<string>();
    const holdings = held(async (what) => {
      if (what === 'hashes') gone.add('mails');
      await Promise.resolve();
      return { rows: what === 'mails' && !gone.has('mails') ? [{ who: 'post' }] : [], rowCount: 1 };
    });
    expect(await holdings.forget(asked)).toEqual({
      ...{ sentTo: [{ who: 'post', what: 'mails' }], forgotten: [{ what: 'hashes', count: 1 }], kept: [] },
    });
  });

  it('is not begun to be forgotten while it cannot be asked who was told, so that nothing fails unheard', async () => {
    const statements: string[] = [];
    const holdings = held((what) => {
      statements.push(what);
      return Promise.reject(new Error('away'));
    });
    await expect(holdings.forget(asked)).rejects.toThrow('away');
    expect(statements).toEqual(['mails']);
  });
});

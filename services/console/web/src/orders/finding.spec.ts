import { createApi } from '../api/client';
import { findOrders } from './finding';

const credentials = { token: () => Promise.resolve('a-token'), refused: () => undefined };

interface Answer {
  readonly status?: number;
  readonly body: unknown;
}

/** Services that know these answers by the beginning of what is asked, and remember what they were asked. */
const servicesWith = (answers: Readonly<Record<string, Answer>>): { readonly asked: string[]; readonly tokens: (string | null)[] } => {
  const told = { asked: [] as string[], tokens: [] as (string | null)[] };
  jest.spyOn(globalThis, 'fetch').mockImplementation(async (input) => {
    const { url, method, headers } = input as Request;
    const path = url.replace('http://here', '');
    told.asked.push(`${method} ${path}`);
    told.tokens.push(headers.get('authorization'));
    const [, answer] = Object.entries(answers).find(([begin]) => path.startsWith(begin)) ?? [];
    const { status = 200, body } = answer ?? { status: 404, body: { code: 'ORDER_UNKNOWN', detail: '' } };
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
  });
  return told;
};

afterEach(() => jest.restoreAllMocks());

const row = (orderId: string) => ({ orderId, channel: 'web', status: 'placed' });
const api = () => createApi('http://here', credentials);

describe('looking for orders', () => {
  it('asks by number, tracking number and SKU at once, and shows each order once, by what found it first', async () => {
    const told = servicesWith({
      '/orders?externalOrderId=MX-1': { body: { items: [row('a')], next: null } },
      '/orders?sku=MX-1': { body: { items: [row('a'), row('b')], next: null } },
      '/shipping/shipments?trackingNumber=MX-1': { body: { items: [], next: null } },
    });
    expect((await findOrders(api(), ' MX-1 ')).map(({ by, order }) => [by, order.orderId])).toEqual([
      ['number', 'a'],
      ['sku', 'b'],
    ]);
    expect(told.asked).toHaveLength(3);
    expect(new Set(told.tokens)).toEqual(new Set(['Bearer a-token']));
  });

  it('takes what a service does not let through as nothing found, and what is broken as broken', async () => {
    servicesWith({ '/customers/search': { status: 403, body: { code: 'SCOPE_MISSING', detail: '' } } });
    expect(await findOrders(api(), 'ada@example.com')).toEqual([]);
    servicesWith({ '/customers/search': { status: 500, body: { code: 'FAULT', detail: 'Broken.' } } });
    await expect(findOrders(api(), 'ada@example.com')).rejects.toMatchObject({ status: 500 });
  });

  it('asks nobody while there is too little to look for', async () => {
    const told = servicesWith({});
    expect(await findOrders(api(), 'MX')).toEqual([]);
    expect(told.asked).toEqual([]);
  });
});

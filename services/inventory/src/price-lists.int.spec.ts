import { inventoryOverHttp, type Answer, type InventoryOverHttp } from './over-http.fixture';

jest.setTimeout(120_000);

let inventory: InventoryOverHttp;
beforeAll(async () => {
  inventory = await inventoryOverHttp();
});
afterAll(() => inventory.close());

const base = { currency: 'GBP', taxIncluded: true, validFrom: '2026-01-01T00:00:00.000Z' };
const put = (list: string, body: object, headers = {}): Promise<Answer> => inventory.ask('PUT', `price-lists/${list}`, body, headers);

describe('price lists over HTTP', () => {
  it('are made, read back, changed as a whole and listed', async () => {
    const prices = [
      { sku: 'A', unitPrice: 300 },
      { sku: 'B', unitPrice: 9_007_199_254_740_991 },
    ];
    const made = await put('base', { ...base, prices });
    expect(made).toMatchObject({ status: 200, body: { list: 'base', ...base, prices, revision: 1 } });
    expect((await inventory.ask('GET', 'price-lists/base')).body).toEqual(made.body);
    expect((await put('base', { ...base, validFrom: '2026-01-01T01:00:00+01:00', prices: prices.toReversed() })).body).toEqual(made.body);
    expect((await put('base', { ...base, prices: [] }, { 'If-Match': '"9"' })).status).toBe(412);
    const changed = await put('base', { ...base, prices: [{ sku: 'A', unitPrice: 310 }] });
    expect((await inventory.ask('GET', 'price-lists/base')).body).toEqual(changed.body);
    expect(changed.body).toMatchObject({ revision: 2, prices: [{ sku: 'A', unitPrice: 310 }] });
    expect((await inventory.ask('GET', 'price-lists')).body).toMatchObject({ items: [{ list: 'base', revision: 2 }], next: null });
    expect(await inventory.ask('GET', 'price-lists/none')).toMatchObject({ status: 404, body: { code: 'PRICE_LIST_UNKNOWN' } });
  });

  it.each([
    ['currency', { ...base, currency: 'XXZ', prices: [] }],
    ['validTo', { ...base, validTo: base.validFrom, prices: [] }],
    [
      'prices[1].sku',
      {
        ...base,
        prices: [
          { sku: 'A', unitPrice: 1 },
          { sku: 'A', unitPrice: 2 },
        ],
      },
    ],
    ['prices[0].unitPrice', { ...base, prices: [{ sku: 'A', unitPrice: -1 }] }],
    ['country', { ...base, country: 'gb', prices: [] }],
  ])('refuse a wrong %s, by name', async (field, body) =>
    expect(await put('wrong', body)).toMatchObject({ status: 422, body: { errors: [{ field }] } }),
  );
});

describe('the price that applies', () => {
  it('is that of the channel, else of the country, else the newest, at any time', async () => {
    const [from, to] = ['2026-11-27T00:00:00Z', '2026-11-28T00:00:00Z'];
    await put('p-base', {
      ...base,
      prices: [
        { sku: 'P', unitPrice: 100 },
        { sku: 'Q', unitPrice: 7 },
      ],
    });
    await put('p-friday', { ...base, validFrom: from, validTo: to, prices: [{ sku: 'P', unitPrice: 80 }] });
    await put('p-web', { ...base, channel: 'web', prices: [{ sku: 'P', unitPrice: 95 }] });
    await put('p-eur', { ...base, country: 'DE', currency: 'EUR', prices: [{ sku: 'P', unitPrice: 120 }] });
    const asked = async (query: string) => {
      const { body } = await inventory.ask('GET', `prices?sku=P&${query}`);
      return (body['prices'] as { list: string; unitPrice: number }[]).map(({ list, unitPrice }) => `${list} ${unitPrice}`);
    };
    expect(await asked('at=2026-11-27T10:00:00Z')).toEqual(['p-friday 80']);
    expect(await asked('at=2026-11-28T00:00:00Z')).toEqual(['p-base 100']);
    expect(await asked('at=2026-11-27T10:00:00Z&channel=web&country=DE')).toEqual(['p-web 95']);
    expect(await asked('at=2026-11-27T10:00:00Z&country=DE')).toEqual(['p-eur 120']);
    expect(await asked('at=2026-11-27T10:00:00Z&country=DE&currency=GBP')).toEqual(['p-friday 80']);
    expect(await asked('sku=Q&sku=NONE&at=2026-05-01T00:00:00Z')).toEqual(['p-base 100', 'p-base 7']);
    expect(await asked('at=2025-05-01T00:00:00Z')).toEqual([]);
  });
});

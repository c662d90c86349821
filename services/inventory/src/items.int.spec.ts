import { inventoryOverHttp, type Answer, type InventoryOverHttp } from './over-http.fixture';

jest.setTimeout(120_000);

let inventory: InventoryOverHttp;
beforeAll(async () => {
  inventory = await inventoryOverHttp();
});
afterAll(() => inventory.close());

const lantern = {
  title: 'Lantern',
  category: 'home/lighting',
  weightGrams: 900,
  dimensions: { lengthMm: 300, widthMm: 180, heightMm: 180 },
  fragile: true,
  ownPacking: false,
  hazardCode: 'UN1325',
  customs: { hsCode: '940550', originCountry: 'IN' },
  substitutionGroup: 'lanterns',
};
const put = (sku: string, body: object, headers = {}): Promise<Answer> =>
  inventory.ask('PUT', `items/${encodeURIComponent(sku)}`, body, headers);

describe('items over HTTP', () => {
  it('are described, read back as they were said, and changed from the revision that is meant', async () => {
    const made = await put('LANTERN', lantern);
    const kept = { ...lantern, sku: 'LANTERN', status: 'active', returnable: true, revision: 1 };
    expect({ status: made.status, body: made.body, etag: made.headers.get('etag') }).toEqual({ status: 200, body: kept, etag: '"1"' });
    expect((await inventory.ask('GET', 'items/LANTERN')).body).toEqual(kept);
    expect((await put('LANTERN', lantern)).body).toEqual(kept);
    expect((await put('LANTERN', { title: 'X' }, { 'If-Match': '"7"' })).status).toBe(412);
    const changed = await put('LANTERN', { title: 'Storm lantern' }, { 'If-Match': '"1"' });
    expect(changed.body).toEqual({ sku: 'LANTERN', title: 'Storm lantern', status: 'active', returnable: true, revision: 2 });
    expect((await inventory.ask('GET', 'items/LANTERN')).body).toEqual(changed.body);
    expect(await inventory.ask('GET', 'items/NONE')).toMatchObject({ status: 404, body: { code: 'ITEM_UNKNOWN' } });
  });

  it('have SKUs of any characters that a SKU may have', async () => {
    expect((await put('A/B 10%', { title: 'Odd' })).body).toMatchObject({ sku: 'A/B 10%' });
    expect((await inventory.ask('GET', 'items/A%2FB%2010%25')).body).toMatchObject({ title: 'Odd' });
  });

  it('are listed by filters, page by page', async () => {
    for (const n of [1, 2, 3]) await put(`LIST-${n}`, { title: `${n}`, category: 'list', status: n === 2 ? 'blocked' : 'active' });
    const page = await inventory.ask('GET', 'items?category=list&limit=2');
    expect(page.body).toMatchObject({ items: [{ sku: 'LIST-1' }, { sku: 'LIST-2' }], next: expect.any(String) });
    const rest = await inventory.ask('GET', `items?category=list&limit=2&cursor=${String(page.body['next'])}`);
    expect(rest.body).toMatchObject({ items: [{ sku: 'LIST-3' }], next: null });
    expect((await inventory.ask('GET', 'items?category=list&status=blocked')).body).toMatchObject({ items: [{ sku: 'LIST-2' }] });
    expect(await inventory.ask('GET', 'items?cursor=WzFd')).toMatchObject({ status: 422, body: { code: 'CURSOR_INVALID' } });
  });

  it('are found by how their SKU begins, and by words of their title, page by page', async () => {
    const titles = { 'FIND-1': 'Blue mug, large', "FIND-'2\\": 'Große Tasse', 'FIND-3': '青いマグカップ', 'FIND-4': 'كوب أزرق' };
    for (const [sku, title] of Object.entries(titles)) await put(sku, { title });
    const found = async (q: string, more = '') =>
      (await inventory.ask('GET', `items?q=${encodeURIComponent(q)}${more}`)).body as { items: { sku: string }[]; next: string | null };
    for (const [q, sku] of [
      ['MUG blu', 'FIND-1'],
      ["find-'2\\", "FIND-'2\\"],
      ['grosse', "FIND-'2\\"],
      ['マグ', 'FIND-3'],
      ['ازرق', 'FIND-4'],
    ] as const)
      expect([q, (await found(q)).items.map((each) => each.sku)]).toEqual([q, [sku]]);
    const page = await found('find', '&limit=3');
    expect((await found('find', `&limit=3&cursor=${page.next ?? ''}`)).items).toHaveLength(1);
    await put('FIND-1', { title: 'Green mug' });
    for (const q of ['blue', '%']) expect((await found(q)).items).toEqual([]);
    expect((await inventory.ask('GET', 'items?sku=FIND-1&sku=FIND-3&sku=NO')).body).toMatchObject({ items: [{ title: 'Green mug' }, {}] });
    expect(await inventory.ask('GET', `items?q=${'x'.repeat(101)}`)).toMatchObject({ status: 422, body: { errors: [{ field: 'q' }] } });
  });

  it.each([
    ['title', {}],
    ['hazardCode', { title: 'X', hazardCode: '1325' }],
    ['customs.hsCode', { title: 'X', customs: { hsCode: 'none', originCountry: 'IN' } }],
    ['dimensions.heightMm', { title: 'X', dimensions: { lengthMm: 1, widthMm: 1 } }],
    ['kit[0].quantity', { title: 'X', kit: [{ sku: 'A', quantity: 0 }] }],
    ['weightGrams', { title: 'X', weightGrams: -1 }],
    ['colour', { title: 'X', colour: 'red' }],
  ])('refuse a wrong %s, by name', async (field, body) =>
    expect(await put('WRONG', body)).toMatchObject({ status: 422, body: { errors: [{ field }] } }),
  );
});

describe('kits', () => {
  it('are found by their parts, weigh these by their units unless told otherwise, and are flat', async () => {
    const kit = [
      { sku: 'CANDLE', quantity: 2 },
      { sku: 'HOLDER', quantity: 1, share: 8 },
    ];
    expect((await put('GIFT', { title: 'Gift', kit })).body).toMatchObject({ kit: [{ sku: 'CANDLE', quantity: 2, share: 2 }, kit[1]] });
    expect((await inventory.ask('GET', 'items?part=CANDLE')).body).toMatchObject({ items: [{ sku: 'GIFT' }] });
    const nested = await put('HAMPER', { title: 'Hamper', kit: [{ sku: 'GIFT', quantity: 1 }] });
    expect(nested).toMatchObject({ status: 422, body: { code: 'KIT_INVALID', errors: [{ field: 'kit[0].sku' }] } });
    const part = await put('CANDLE', { title: 'Candle', kit: [{ sku: 'WAX', quantity: 1 }] });
    expect(part).toMatchObject({ status: 422, body: { code: 'KIT_INVALID', errors: [{ field: 'kit' }] } });
  });

  it('stand in the log as they stand in the rows', async () => {
    const { rows } = await inventory.sql.query<{ data: object }>(
      `select distinct on (stream) data from events where type = 'ItemChanged' order by stream, version desc`,
    );
    for (const { data } of rows) {
      const { changedAt: _, ...said } = data as { sku: string; changedAt: string };
      expect((await inventory.ask('GET', `items/${encodeURIComponent(said.sku)}`)).body).toEqual(said);
    }
    expect(rows.length).toBeGreaterThan(4);
  });
});

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
    ['barcodes[0].code', { title: 'X', barcodes: [{ code: 'Größe' }] }],
    ['barcodes[0].units', { title: 'X', barcodes: [{ code: 'A', units: 0 }] }],
    ['colour', { title: 'X', colour: 'red' }],
  ])('refuse a wrong %s, by name', async (field, body) =>
    expect(await put('WRONG', body)).toMatchObject({ status: 422, body: { errors: [{ field }] } }),
  );
});

describe('barcodes', () => {
  const pen = { code: '4006381333931', kind: 'gtin', units: 1 };
  const dozen = { code: '14006381333938', kind: 'gtin', units: 12 };
  const scan = async (barcode: string): Promise<unknown> =>
    (await inventory.ask('GET', `items?barcode=${encodeURIComponent(barcode)}`)).body['items'];

  it('are described with an item, and find it in whichever form they are scanned, with the units that they stand for', async () => {
    const barcodes = [{ code: pen.code }, { code: dozen.code, units: 12 }, { code: 'PEN/1' }];
    const made = await put('PEN', { title: 'Pen', barcodes });
    expect(made.body['barcodes']).toEqual([pen, dozen, { code: 'PEN/1', kind: 'own', units: 1 }]);
    for (const [read, code, units] of [
      ['4006381333931', pen.code, 1],
      ['04006381333931', pen.code, 1],
      [']C10104006381333931\u001d10LOT', pen.code, 1],
      ['(01)14006381333938(17)271231', dozen.code, 12],
      ['PEN/1', 'PEN/1', 1],
    ] as const)
      expect([read, await scan(read)]).toEqual([read, [{ ...made.body, scanned: { code, units } }]]);
    expect([await scan('4006381333948'), await scan('pen/1'), await scan('400638133393')]).toEqual([[], [], []]);
    expect((await inventory.ask('GET', 'items?q=04006381333931')).body).toMatchObject({ items: [{ sku: 'PEN' }], next: null });
    expect(await inventory.ask('GET', 'items?barcode=%C3%A9')).toMatchObject({ status: 422, body: { errors: [{ field: 'barcode' }] } });
  });

  it('belong to one item at a time, and move when they were taken away there', async () => {
    const taken = await put('PENCIL', { title: 'Pencil', barcodes: [{ code: '04006381333931' }] });
    expect(taken).toMatchObject({ status: 409, body: { code: 'BARCODE_TAKEN', errors: [{ field: 'barcodes[0].code' }] } });
    expect(taken.body['detail']).toContain('item PEN');
    await put('PEN', { title: 'Pen' });
    expect(await put('PENCIL', { title: 'Pencil', barcodes: [{ code: '04006381333931' }] })).toMatchObject({ status: 200 });
    expect(await scan(pen.code)).toMatchObject([{ sku: 'PENCIL', scanned: { code: '04006381333931' } }]);
  });

  it('are given to one of two items that claim them at the same moment, however many do', async () => {
    const claims = Array.from({ length: 12 }, (_, n) =>
      put(`RACE-${n}`, { title: 'Race', barcodes: [{ code: 'RACE' }, { code: `R-${n}` }] }),
    );
    const answers = await Promise.all(claims);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 11 }, () => 409)]);
    expect(await scan('RACE')).toMatchObject([{ sku: answers.find(({ status }) => status === 200)?.body['sku'] }]);
  });

  it('with a wrong check digit are refused by field, with the right one, unless they are said to be of their own kind', async () => {
    const wrong = await put('OWN', { title: 'Own', barcodes: [{ code: '4006381333932' }] });
    expect(wrong).toMatchObject({ status: 422, body: { code: 'BARCODE_INVALID', errors: [{ field: 'barcodes[0].code' }] } });
    expect(wrong.body['detail']).toContain('must end in 1');
    expect(await put('OWN', { title: 'Own', barcodes: [{ code: '4006381333932', kind: 'own' }] })).toMatchObject({ status: 200 });
    expect(await scan('4006381333932')).toMatchObject([{ sku: 'OWN' }]);
  });
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

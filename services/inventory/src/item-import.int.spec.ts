import { newId } from '@cartage/service-kit';
import { inventoryOverHttp, type InventoryOverHttp } from './over-http.fixture';

jest.setTimeout(120_000);

let inventory: InventoryOverHttp;
beforeAll(async () => {
  inventory = await inventoryOverHttp();
});
afterAll(() => inventory.close());

const ndjson = (records: readonly unknown[]) => ({
  type: 'application/x-ndjson',
  text: records.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join('\n'),
});
const events = async (): Promise<number> =>
  Number((await inventory.sql.query<{ n: string }>('select count(*) as n from events')).rows[0]?.n);

describe('importing items', () => {
  it('takes what is right, and tells line and field of what is not', async () => {
    const file = ndjson([
      { sku: 'I-1', title: 'One' },
      '{"sku":',
      { sku: 'I-2', title: '', weightGrams: -1 },
      { sku: 'I-3', title: 'Kit', kit: [{ sku: 'I-3', quantity: 1 }] },
      { sku: 'I-4', title: 'Four', weightGrams: 4 },
    ]);
    const { status, body } = await inventory.send('items/import', file);
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        records: 5,
        changed: 2,
        unchanged: 0,
        rejected: 3,
        errors: [
          { line: 2, sku: null, field: '', code: 'JSON_INVALID', message: expect.any(String) },
          expect.objectContaining({ line: 3, sku: 'I-2', field: 'title' }),
          expect.objectContaining({ line: 3, sku: 'I-2', field: 'weightGrams' }),
          expect.objectContaining({ line: 4, sku: 'I-3', field: 'kit[0].sku', code: 'KIT_INVALID' }),
        ],
      },
    });
    expect((await inventory.ask('GET', 'items/I-4')).body).toMatchObject({ title: 'Four', weightGrams: 4 });
  });

  it('takes ten thousand at once; sent again, it writes nothing; with one changed, one', async () => {
    const items = Array.from({ length: 10_000 }, (_, n) => ({
      sku: `BULK-${String(n).padStart(5, '0')}`,
      title: `Item ${n}`,
      weightGrams: n,
    }));
    expect((await inventory.send('items/import', ndjson(items))).body).toMatchObject({ records: 10_000, changed: 10_000 });
    const before = await events();
    expect((await inventory.send('items/import', ndjson(items))).body).toMatchObject({ changed: 0, unchanged: 10_000 });
    expect(await events()).toBe(before);
    const one = items.map((item, n) => (n === 7 ? { ...item, title: 'Other' } : item));
    expect((await inventory.send('items/import', ndjson(one))).body).toMatchObject({ changed: 1, unchanged: 9_999 });
    expect((await inventory.ask('GET', 'items/BULK-00007')).body).toMatchObject({ title: 'Other', revision: 2 });
    expect((await inventory.send('items/import?fromLine=9999', ndjson(items))).body).toMatchObject({ records: 2, unchanged: 2 });
  });

  it('lets the last of two lines about one item win', async () => {
    const file = ndjson([1, 2].map((n) => ({ sku: 'TWICE', title: `${n}` })));
    expect((await inventory.send('items/import', file)).body).toMatchObject({ changed: 2 });
    expect((await inventory.ask('GET', 'items/TWICE')).body).toMatchObject({ title: '2', revision: 2 });
    const andBack = ndjson([1, 2].map((n) => ({ sku: 'TWICE', title: `${n}` })));
    expect((await inventory.send('items/import', andBack)).body).toMatchObject({ changed: 2 });
    expect((await inventory.ask('GET', 'items/TWICE')).body).toMatchObject({ title: '2', revision: 4 });
  });

  it('reads tables, too', async () => {
    const text = [
      'sku,title,weightGrams,dimensions.lengthMm,dimensions.widthMm,dimensions.heightMm,customs.hsCode,customs.originCountry,returnable,kit',
      'T-1,"Lantern, red",900,300,180,180,940550,IN,false,',
      'T-2,Gift,heavy,,,,,,,"[{""sku"":""T-1"",""quantity"":2}]"',
      'T-3,Gift,,,,,,,,"[{""sku"":""T-1"",""quantity"":2}]"',
    ].join('\n');
    const { body } = await inventory.send('items/import', { type: 'text/csv', text });
    expect(body).toMatchObject({ changed: 2, rejected: 1, errors: [{ line: 3, sku: 'T-2', field: 'weightGrams' }] });
    expect((await inventory.ask('GET', 'items/T-1')).body).toEqual({
      sku: 'T-1',
      title: 'Lantern, red',
      status: 'active',
      weightGrams: 900,
      dimensions: { lengthMm: 300, widthMm: 180, heightMm: 180 },
      customs: { hsCode: '940550', originCountry: 'IN' },
      returnable: false,
      revision: 1,
    });
    expect((await inventory.ask('GET', 'items/T-3')).body).toMatchObject({ kit: [{ sku: 'T-1', quantity: 2, share: 2 }] });
  });

  it('moves barcodes line by line, as if each had come alone, and reads the column of a shop', async () => {
    const line = (sku: string, ...codes: readonly string[]) => ({ sku, title: sku, barcodes: codes.map((code) => ({ code })) });
    await inventory.send('items/import', ndjson([line('B-1', 'B-x'), line('B-2', 'B-y')]));
    const moved = await inventory.send('items/import', ndjson([line('B-1'), line('B-2', 'B-x'), line('B-3', 'B-y'), line('B-4', 'B-y')]));
    expect(moved.body).toMatchObject({ changed: 3, rejected: 1, errors: [{ line: 4, sku: 'B-4', code: 'BARCODE_TAKEN' }] });
    const text = ['sku,title,barcode,barcodes', 'B-4,Four,036000291452,"[{""code"":""B-case"",""units"":6}]"', 'B-5,Five,,'].join('\n');
    expect((await inventory.send('items/import', { type: 'text/csv', text })).body).toMatchObject({ changed: 2 });
    expect((await inventory.ask('GET', 'items?barcode=0036000291452')).body).toMatchObject({
      items: [
        {
          sku: 'B-4',
          barcodes: [
            { code: '036000291452', kind: 'gtin', units: 1 },
            { code: 'B-case', kind: 'own', units: 6 },
          ],
        },
      ],
    });
  });

  it('keeps what came before a broken connection, and goes on from there', async () => {
    const line = (n: number): string => `${JSON.stringify({ sku: `CUT-${n}`, title: 'x' })}\n`;
    const lines = Array.from({ length: 450 }, (_, n) => line(n));
    const whole = lines.join('');
    const broken = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode(lines.slice(0, 401).join(''))),
      pull: async (controller) => {
        while ((await inventory.ask('GET', 'items/CUT-399')).status !== 200) await new Promise(setImmediate);
        controller.error(new Error('the line is cut'));
      },
    });
    const key = newId();
    await expect(inventory.send('items/import', { type: 'application/x-ndjson', text: broken }, key)).rejects.toThrow();
    const { body } = await inventory.send('items/import', { type: 'application/x-ndjson', text: whole }, key);
    expect(body).toMatchObject({ records: 450, rejected: 0 });
    expect(Number(body['unchanged'])).toBeGreaterThanOrEqual(400);
    expect((await inventory.ask('GET', 'items/CUT-449')).status).toBe(200);
  });

  it('needs a key, and a file of a type that is known; elsewhere files are unknown', async () => {
    const bare = await fetch(`${inventory.url}/inventory/items/import`, {
      method: 'POST',
      body: '',
      headers: { 'content-type': 'text/csv' },
    });
    expect(await bare.json()).toMatchObject({ code: 'IDEMPOTENCY_KEY_REQUIRED' });
    expect((await inventory.send('items/import', { type: 'application/xml', text: '<a/>' })).status).toBe(415);
    expect((await inventory.ask('POST', 'items/import', {}, { 'idempotency-key': newId() })).status).toBe(415);
    expect((await inventory.send('receipts', { type: 'text/csv', text: 'a\n1' })).status).toBe(415);
  });
});

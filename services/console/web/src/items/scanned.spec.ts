import { createApi } from '../api/client';
import { scannedAmong, scannedItem, scannedThing } from './scanned';

const pen = { sku: 'PEN', barcodes: [{ code: '4006381333931', units: 1 }] };
const box = { sku: 'BOX', barcodes: [{ code: 'PEN', units: 6 }] };

/** A catalogue with the codes of items, and SKUs that are described. */
const catalogue = (codes: Readonly<Record<string, object>>, skus: readonly string[] = [], status = 200) => {
  const asked: string[] = [];
  jest.spyOn(globalThis, 'fetch').mockImplementation(async (input) => {
    const { searchParams } = new URL((input as Request).url);
    asked.push(String(searchParams));
    const found = codes[searchParams.get('barcode') ?? ''];
    const items = found ? [found] : skus.filter((sku) => searchParams.getAll('sku').includes(sku)).map((sku) => ({ sku }));
    return new Response(JSON.stringify(status === 200 ? { items, next: null } : { code: 'X', detail: '' }), {
      ...{ status, headers: { 'content-type': 'application/json' } },
    });
  });
  return { asked, api: createApi('http://here', { token: () => Promise.resolve(undefined), refused: () => undefined }) };
};
const dozen = { '(01)14006381333938': { sku: 'PEN', scanned: { code: '14006381333938', units: 12 } } };
afterEach(() => jest.restoreAllMocks());

describe('a scan among goods that are expected', () => {
  it('is a SKU, whatever its case, before it is a barcode', () => {
    expect(scannedAmong([box, pen], ' pen ')).toEqual({ sku: 'PEN', units: 1 });
    expect(scannedAmong([box], 'PEN')).toEqual({ sku: 'BOX', units: 6 });
    expect(scannedAmong([box], 'pen')).toBeUndefined();
  });

  it('waits for no answer where it is printed on them so', async () => {
    const { api, asked } = catalogue({});
    expect(await scannedThing(api, [pen], '4006381333931')).toEqual({ sku: 'PEN', units: 1 });
    expect(asked).toEqual([]);
  });

  it('is what the catalogue makes of it, or else a SKU that nobody expects', async () => {
    const { api } = catalogue(dozen);
    expect(await scannedThing(api, [pen], ' (01)14006381333938 ')).toEqual({ sku: 'PEN', units: 12 });
    expect(await scannedThing(api, [pen], ' LAMP ')).toEqual({ sku: 'LAMP', units: 1 });
  });
});

describe('a barcode that the catalogue knows', () => {
  it('means nothing where it is the SKU of another item as well', async () => {
    const { api } = catalogue({ 'A-1': { sku: 'PEN', scanned: { code: 'A-1', units: 1 } } }, ['A-1']);
    expect(await scannedItem(api, 'A-1')).toBeUndefined();
  });

  it.each([400, 403, 422])('is asked for in vain where items are refused by %i', async (status) =>
    expect(await scannedItem(catalogue(dozen, [], status).api, '(01)14006381333938')).toBeUndefined(),
  );

  it('is not unknown where the service is broken', async () => {
    await expect(scannedItem(catalogue(dozen, [], 500).api, '(01)14006381333938')).rejects.toMatchObject({ status: 500 });
  });
});

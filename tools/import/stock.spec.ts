import type { FileRecord } from '@cartage/service-kit';
import { receiveAll, type StockLine } from './stock';

async function* records(...values: readonly Readonly<Record<string, unknown>>[]): AsyncGenerator<FileRecord> {
  for (const [i, value] of values.entries()) yield { line: i + 1, value };
}

const at = (location: string, sku: string) => ({ location, sku, quantity: 1 });

/** Takes any receipt without the SKU `BAD`. */
const inventory = () => {
  const booked = new Map<string, readonly StockLine[]>();
  const receive = async (lines: readonly StockLine[], key: string) => {
    if (lines.some(({ sku }) => sku === 'BAD')) return [{ field: 'lines[0].sku', message: 'is bad' }];
    booked.set(key, lines);
    return [];
  };
  const skus = () => [...booked.values()].flat().map(({ sku }) => sku);
  return { receive, booked, skus };
};

describe('a file of stock', () => {
  it('is received by location, under keys that follow from the file', async () => {
    const { receive, booked } = inventory();
    const report = await receiveAll(records(at('LDN', 'A'), at('LDN', 'B'), at('LEE', 'A')), 'f', receive);
    expect(report).toEqual({ records: 3, received: 3, rejections: [] });
    expect([...booked.keys()]).toEqual(['f-1-2', 'f-3-3']);
  });

  it('lists the lines that are wrong, and receives each of the others once', async () => {
    const { receive, skus } = inventory();
    const lines = Array.from({ length: 9 }, (_, n) => at('LDN', n === 2 || n === 7 ? 'BAD' : `S${n}`));
    const { received, rejections } = await receiveAll(records(...lines, { sku: 'NOWHERE', quantity: 1 }), 'f', receive);
    expect(rejections.map(({ line, field }) => `${line} ${field}`)).toEqual(['10 location', '3 lines[0].sku', '8 lines[0].sku']);
    expect(skus()).toEqual(['S0', 'S1', 'S3', 'S4', 'S5', 'S6', 'S8']);
    expect(received).toBe(7);
  });
});

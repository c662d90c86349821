import { fold } from '@cartage/eventsourcing';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { difference, type DifferenceEvent } from './difference';

const folder = join(__dirname, 'golden');
const golden = (type: string) => ({ type, data: JSON.parse(readFileSync(join(folder, `${type}.v1.json`), 'utf8')) as unknown });
const statusAfter = (...types: readonly string[]) => fold(difference, types.map(golden) as readonly DifferenceEvent[])?.status;

describe('stored events of differences', () => {
  it('keep their names for ever', () =>
    expect(readdirSync(folder).map((file) => file.replace('.v1.json', ''))).toEqual([
      'OurStockAccepted',
      'StockDifferenceAgreed',
      'StockDifferenceFound',
      'TheirStockAccepted',
    ]));
  it('fold for ever', () => {
    expect(statusAfter('StockDifferenceFound')).toBe('open');
    expect(statusAfter('StockDifferenceFound', 'StockDifferenceAgreed')).toBe('agreed');
    expect(statusAfter('StockDifferenceFound', 'TheirStockAccepted')).toBe('theirs');
    expect(statusAfter('StockDifferenceFound', 'OurStockAccepted')).toBe('ours');
  });
});

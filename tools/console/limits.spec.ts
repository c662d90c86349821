import { readFileSync } from 'node:fs';
import { barcodeLimits, limits } from '@cartage/contracts';

/** What the program of the browser says, which is nobody's to import here. */
const saidBy = (file: string, name: string): number =>
  Number(new RegExp(`const ${name} = (\\d+);`).exec(readFileSync(`services/console/web/src/items/${file}`, 'utf8'))?.[1]);

describe('a box for goods', () => {
  it('takes what a scanner types, as much of it as the services take', () =>
    expect(saidBy('scanned.ts', 'LONGEST_SCAN')).toBe(barcodeLimits.scan));

  it('takes every SKU, and looks for the title of every SKU', () =>
    expect([saidBy('scanned.ts', 'LONGEST_SCAN') >= limits.sku, saidBy('titles.ts', 'LONGEST_SKU')]).toEqual([true, limits.sku]));
});

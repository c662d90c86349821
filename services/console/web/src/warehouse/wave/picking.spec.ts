import { goodsIn, nextOf, scannedIn, type Wave } from './picking';

const tote = (number: number, quantity: number, more: object = {}) => ({
  ...{ tote: number, shipmentId: `s${number}`, lineId: '1', quantity, picked: 0, short: 0 },
  ...more,
});
const bin = (name: string, sku: string, ...totes: ReturnType<typeof tote>[]): Wave['bins'][number] => ({
  ...{ bin: name, sku, quantity: 9, picked: 0, short: 0 },
  totes,
});
const waveOf = (...bins: Wave['bins']): Wave => ({
  ...{ waveId: 'w', location: 'LDN', status: 'open', releasedAt: '2026-11-28T08:00:00Z' },
  ...{ units: 9, picked: 0, short: 0, shipments: 2, done: 0, out: [] },
  bins,
});

const one = (sku: string) => ({ sku, units: 1 });

describe('a wave', () => {
  it('is fetched bin by bin, tote by tote, and what is not there is not looked for again', () => {
    const done = bin('A-1', 'MUG', tote(1, 2, { picked: 2 }), tote(2, 1, { short: 1 }));
    const open = bin('A-2', 'BOWL', tote(1, 1, { picked: 1 }), tote(2, 2));
    expect(nextOf(waveOf(done, open))).toMatchObject({ bin: { bin: 'A-2' }, tote: { tote: 2 }, sku: 'BOWL' });
    expect(nextOf(waveOf(done))).toBeUndefined();
  });

  it('takes what is scanned for the first tote that wants it, in whatever order it is walked', () => {
    const wave = waveOf(bin('A-1', 'MUG', tote(1, 1)), bin('A-2', 'BOWL', tote(1, 1, { picked: 1 }), tote(2, 1)));
    expect(scannedIn(wave, one('bowl'))).toMatchObject({ is: 'take', fetch: { tote: { tote: 2 }, sku: 'BOWL' } });
  });

  it('knows a unit too many from one that it never wanted', () => {
    const wave = waveOf(bin('A-1', 'MUG', tote(1, 1, { picked: 1 })), bin('A-2', 'BOWL', tote(1, 1)));
    expect(scannedIn(wave, one('MUG'))).toEqual({ is: 'enough' });
    expect(scannedIn(wave, one('LAMP'))).toEqual({ is: 'stranger' });
  });

  it('confirms a kit by its own SKU, and says so of its parts', () => {
    const wave = waveOf(bin('A-1', 'POT', tote(3, 1, { kit: 'TEA-SET' })));
    expect(scannedIn(wave, one('TEA-SET'))).toMatchObject({ is: 'take', fetch: { tote: { tote: 3 }, sku: 'TEA-SET' } });
    expect(scannedIn(wave, one('POT'))).toEqual({ is: 'part', kit: 'TEA-SET' });
    expect(scannedIn(waveOf(bin('A-1', 'POT', tote(3, 1, { kit: 'TEA-SET', picked: 1 }))), one('TEA-SET'))).toEqual({ is: 'enough' });
  });

  it('takes a case for a tote that wants all of its units, and for none else', () => {
    const wave = waveOf(bin('A-1', 'MUG', tote(1, 3), tote(2, 12)));
    expect(scannedIn(wave, { sku: 'MUG', units: 12 })).toMatchObject({ is: 'take', fetch: { tote: { tote: 2 } } });
    expect(scannedIn(wave, { sku: 'MUG', units: 13 })).toEqual({ is: 'over' });
  });

  it('has its goods, and the kits that they are for', () => {
    const barcodes = [{ code: '40170725', kind: 'gtin', units: 1 }];
    const wave = waveOf({ ...bin('A-1', 'POT', tote(3, 1, { kit: 'TEA-SET' })), barcodes });
    expect(goodsIn(wave)).toEqual([expect.objectContaining({ sku: 'POT', barcodes }), { sku: 'TEA-SET' }]);
  });
});

import { nextOf, scannedIn, type Wave } from './picking';

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

describe('a wave', () => {
  it('is fetched bin by bin, tote by tote, and what is not there is not looked for again', () => {
    const done = bin('A-1', 'MUG', tote(1, 2, { picked: 2 }), tote(2, 1, { short: 1 }));
    const open = bin('A-2', 'BOWL', tote(1, 1, { picked: 1 }), tote(2, 2));
    expect(nextOf(waveOf(done, open))).toMatchObject({ bin: { bin: 'A-2' }, tote: { tote: 2 }, sku: 'BOWL' });
    expect(nextOf(waveOf(done))).toBeUndefined();
  });

  it('takes what is scanned for the first tote that wants it, in whatever order it is walked', () => {
    const wave = waveOf(bin('A-1', 'MUG', tote(1, 1)), bin('A-2', 'BOWL', tote(1, 1, { picked: 1 }), tote(2, 1)));
    expect(scannedIn(wave, 'bowl')).toMatchObject({ is: 'take', fetch: { tote: { tote: 2 }, sku: 'BOWL' } });
  });

  it('knows a unit too many from one that it never wanted', () => {
    const wave = waveOf(bin('A-1', 'MUG', tote(1, 1, { picked: 1 })), bin('A-2', 'BOWL', tote(1, 1)));
    expect(scannedIn(wave, 'MUG')).toEqual({ is: 'enough' });
    expect(scannedIn(wave, 'LAMP')).toEqual({ is: 'stranger' });
  });

  it('confirms a kit by its own SKU, and says so of its parts', () => {
    const wave = waveOf(bin('A-1', 'POT', tote(3, 1, { kit: 'TEA-SET' })));
    expect(scannedIn(wave, 'TEA-SET')).toMatchObject({ is: 'take', fetch: { tote: { tote: 3 }, sku: 'TEA-SET' } });
    expect(scannedIn(wave, 'POT')).toEqual({ is: 'part', kit: 'TEA-SET' });
    expect(scannedIn(waveOf(bin('A-1', 'POT', tote(3, 1, { kit: 'TEA-SET', picked: 1 }))), 'TEA-SET')).toEqual({ is: 'enough' });
  });
});

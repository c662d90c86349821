import fc from 'fast-check';
import { channelAtp, locationsFor, type ChannelRule, type ChannelStock } from './channel-stock';

const rule = (channel: string, more: Partial<ChannelRule> = {}): ChannelRule => ({ channel, safetyStock: 0, safetyStockAt: {}, ...more });
const stockOf = (
  available: Readonly<Record<string, number>>,
  reserved: Readonly<Record<string, number>>,
  ...rules: ChannelRule[]
): ChannelStock => ({ sku: 'MUG', rules, available: new Map(Object.entries(available)), reserved: new Map(Object.entries(reserved)) });

const totalOf = (units: ReadonlyMap<string, number>): number => [...units.values()].reduce((sum, each) => sum + each, 0);
const networkAtp = ({ available, reserved }: ChannelStock): number => totalOf(available) - totalOf(reserved);
const atp = (stock: ChannelStock, channel: string): number => channelAtp(stock, channel, networkAtp(stock));

describe('available to promise to a channel', () => {
  it('is the network’s, where nothing is said of the channel', () =>
    expect(atp(stockOf({ A: 5, B: 3 }, { web: 2 }, rule('market', { safetyStock: 4 })), 'web')).toBe(6));

  it('is less what is held back from it, on the network and at locations as far as it is there', () => {
    const stock = stockOf({ A: 5, B: 1 }, {}, rule('market', { safetyStock: 1, safetyStockAt: { A: 2, B: 9, GONE: 7 } }));
    expect(atp(stock, 'market')).toBe(6 - 1 - 2 - 1);
    expect(locationsFor(stock, 'market')).toEqual([
      { location: 'A', atp: 3 },
      { location: 'B', atp: 0 },
    ]);
  });

  it('is what is there at a location whose code every object has', () =>
    expect(locationsFor(stockOf({ constructor: 5 }, {}, rule('market', { safetyStockAt: { A: 2 } })), 'market')).toEqual([
      { location: 'constructor', atp: 5 },
    ]));

  it('is below zero when more is held back than is there, so that nothing is promised', () =>
    expect(atp(stockOf({ A: 2 }, {}, rule('market', { safetyStock: 5 })), 'market')).toBe(-3));

  it('counts only the locations that sell for it', () => {
    const stock = stockOf({ A: 5, B: 3 }, {}, rule('market', { locations: ['B'] }));
    expect(atp(stock, 'market')).toBe(3);
    expect(locationsFor(stock, 'market')).toEqual([{ location: 'B', atp: 3 }]);
  });

  it('is untouched by what is reserved elsewhere, and lessened by what can come from its locations only', () => {
    const rules = [rule('east', { locations: ['B'] }), rule('west', { locations: ['A'] })];
    expect(atp(stockOf({ A: 5, B: 3 }, { west: 5 }, ...rules), 'east')).toBe(3);
    expect(atp(stockOf({ A: 5, B: 3 }, { east: 2 }, ...rules), 'east')).toBe(1);
    expect(atp(stockOf({ A: 5, B: 3 }, { web: 4 }, ...rules), 'east')).toBe(3);
    expect(atp(stockOf({ A: 5, B: 3 }, { web: 4, west: 3 }, ...rules), 'east')).toBe(1);
  });

  it('moves others aside along a chain: A to B, B to C', () => {
    const rules = [rule('ab', { locations: ['A', 'B'] }), rule('bc', { locations: ['B', 'C'] }), rule('a', { locations: ['A'] })];
    expect(atp(stockOf({ A: 2, B: 2, C: 2 }, { ab: 2, bc: 2 }, ...rules), 'a')).toBe(2);
    expect(atp(stockOf({ A: 2, B: 2, C: 2 }, { ab: 2, bc: 3 }, ...rules), 'a')).toBe(1);
  });
});

/** Hall: what is reserved fits if no set of locations has more that can come from there only than it has units. */
const fits = (available: ReadonlyMap<string, number>, demands: readonly { readonly units: number; readonly at: readonly string[] }[]) => {
  const names = [...available.keys()];
  return Array.from({ length: 2 ** names.length }, (_, bits) => names.filter((__, i) => bits & (1 << i))).every((set) => {
    const room = set.reduce((sum, name) => sum + (available.get(name) ?? 0), 0);
    return demands.filter(({ at }) => at.every((name) => set.includes(name))).reduce((sum, { units }) => sum + units, 0) <= room;
  });
};

describe('what is promised to channels', () => {
  const units = fc.integer({ min: 0, max: 6 });
  const where = fc.subarray(['A', 'B', 'C'], { minLength: 1 });
  const world = fc.record({
    available: fc.record({ A: units, B: units, C: units }),
    channels: fc.array(fc.record({ at: where, units }), { minLength: 1, maxLength: 4 }),
  });

  it('can always be kept, and not a unit less is promised than could be', () =>
    fc.assert(
      fc.property(world, ({ available: there, channels }) => {
        const available = new Map(Object.entries(there));
        const demands = channels.map((each) => ({ ...each }));
        fc.pre(fits(available, demands));
        const rules = demands.map(({ at }, i) => rule(`c${i}`, { locations: at }));
        const stock = { sku: 'MUG', rules, available, reserved: new Map(demands.map((each, i) => [`c${i}`, each.units])) };
        const [first, ...others] = demands;
        const more = atp(stock, 'c0');
        const with_ = (extra: number) => [{ at: first?.at ?? [], units: (first?.units ?? 0) + extra }, ...others];
        expect(fits(available, with_(more))).toBe(true);
        expect(fits(available, with_(more + 1))).toBe(false);
      }),
    ));
});

import { manualClock, type ManualClock } from '@cartage/eventsourcing';
import { StockComparing } from './stock-comparing';
import type { KnownLevel, OfferedThere, ReportedLevel } from './stock-report';

const MINUTE = 60_000;

let clock: ManualClock;
let levels: Map<string, KnownLevel>;
let offered: Map<string, OfferedThere>;
let noted: Map<string, ReportedLevel>;
let asked: string[][];
let busy: boolean;
let ended: number[];
let comparing: StockComparing;

const at = (minutes: number): string => new Date(clock.now().getTime() + minutes * MINUTE).toISOString();
const publish = (sku: string, network: number, more: Partial<KnownLevel> = {}): void => {
  const told = { network, locations: { LDN: network } };
  levels.set(sku, { sku, ...told, told, status: 'told', asOf: at(-60), toldAt: at(-60), ...more });
};
const offer = (sku: string, quantity: number, location?: string): OfferedThere => ({
  ...{ sku, quantity },
  ...(location === undefined ? {} : { location }),
});
const unused = (): never => {
  throw new Error('Nobody asks for it here.');
};

beforeEach(() => {
  clock = manualClock();
  [levels, offered, noted, asked, ended] = [new Map(), new Map(), new Map(), [], []];
  busy = false;
  const readStock = async (skus: readonly string[]) => {
    asked.push([...skus]);
    return skus.flatMap((sku) => offered.get(sku) ?? []);
  };
  comparing = new StockComparing({
    outlets: new Map([
      ['shop', { tell: unused, readStock }],
      ['erp', { tell: unused }],
    ]),
    reports: {
      levels: async (_, skus) => new Map([...levels].filter(([sku]) => skus.includes(sku))),
      published: async (_, { after, limit }) => [...levels.values()].filter(({ sku }) => sku > after).slice(0, limit),
      note: async (_, lines) => lines.forEach((line) => noted.set(`${line.sku}${line.location ?? ''}`, line)),
      list: unused,
    },
    log: {
      take: async () => (busy ? undefined : at(-60)),
      keep: async () => undefined,
      due: async () => undefined,
      end: async (_, { at: next }) => void ended.push(next.getTime() - clock.now().getTime()),
    },
    now: () => clock.now(),
    ...{ everyMs: 60 * MINUTE, inFlightMs: 30 * MINUTE },
  });
});

describe('what a channel says that it offers', () => {
  it('agrees with what was published for it, or disagrees by so much and why', async () => {
    publish('A', 5);
    publish('B', -2);
    publish('C', 4);
    const lines = [offer('A', 5), offer('B', 0), offer('C', 6), offer('NEW', 1)];
    expect(await comparing.take('erp', lines, at(0))).toEqual({ compared: 4, inFlight: 0, differing: 2 });
    expect(Object.fromEntries([...noted].map(([sku, { published, cause }]) => [sku, [published, cause]]))).toEqual({
      ...{ A: [5, null], B: [0, null], C: [4, 'more-there'], NEW: [0, 'never-published'] },
    });
  });

  it('is compared place by place', async () => {
    publish('A', 9, { locations: { LDN: 5, MAN: 4 }, told: { network: 9, locations: { LDN: 5 } } });
    await comparing.take('erp', [offer('A', 5, 'LDN'), offer('A', 3, 'MAN'), offer('A', 2, 'PAR'), offer('A', 1, 'constructor')], at(0));
    expect([...noted.values()].map(({ location, cause }) => [location, cause])).toEqual([
      ['LDN', null],
      ['MAN', 'never-told'],
      ['PAR', 'never-published'],
      ['constructor', 'never-published'],
    ]);
  });

  it('is no disagreement while what was published or told is on its way; what was refused is on no way', async () => {
    publish('A', 5, { toldAt: at(-29) });
    publish('B', 5, { asOf: at(-29), status: 'waiting' });
    publish('C', 5, { asOf: at(-1), status: 'refused' });
    expect(
      await comparing.take(
        'erp',
        ['A', 'B', 'C'].map((sku) => offer(sku, 9)),
        at(0),
      ),
    ).toEqual({ compared: 3, inFlight: 2, differing: 1 });
    expect([...noted.values()]).toMatchObject([{ sku: 'C', cause: 'update-refused' }]);
    // Of an instant before it was published it says nothing.
    publish('D', 5);
    expect(await comparing.take('erp', [offer('D', 9)], at(-90))).toMatchObject({ inFlight: 1 });
    expect(await comparing.take('erp', [offer('A', 5)], at(0))).toMatchObject({ inFlight: 0, differing: 0 });
  });

  it('is asked of all that was published for it, page by page; what it does not list it does not have', async () => {
    for (let i = 0; i < 150; i += 1) {
      const sku = `S-${String(i).padStart(3, '0')}`;
      publish(sku, 5);
      if (i !== 7) offered.set(sku, offer(sku, 5));
    }
    expect(await comparing.ask('shop')).toEqual({ compared: 150, inFlight: 0, differing: 1 });
    expect(asked.map(({ length }) => length)).toEqual([100, 50]);
    expect(noted.get('S-007')).toMatchObject({ quantity: 0, cause: 'not-listed' });
    expect([comparing.asked, ended]).toEqual([['shop'], [60 * MINUTE]]);
  });

  it('is asked by one process at a time, and of a channel that can be', async () => {
    await expect(comparing.ask('erp')).rejects.toMatchObject({ code: 'CHANNEL_NOT_ASKED' });
    busy = true;
    expect(await comparing.ask('shop', { now: true })).toBeUndefined();
  });
});

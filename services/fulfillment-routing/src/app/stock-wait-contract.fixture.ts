import { id } from '../domain/brokering.fixture';
import type { Network, StockWanted, WaitingQuery } from './network';
import { levelOf, locationOf } from './network.fixture';

const since = (minute: number): string => `2026-11-23T12:${String(minute).padStart(2, '0')}:00.000Z`;
const wants = (units: Readonly<Record<string, number>>, decision: number, over: Partial<StockWanted> = {}): StockWanted => ({
  ...{ decisionId: id(decision), notAt: [], units: new Map(Object.entries(units)), ...over },
});

const open = async (make: () => Network, ...codes: readonly string[]): Promise<Network> => {
  const network = make();
  for (const code of codes) await network.learnLocation(locationOf(code));
  return network;
};
const ask = async (network: Network, skus: readonly string[], over: Partial<WaitingQuery> = {}): Promise<readonly string[]> =>
  (await network.waiting({ skus, taken: [], limit: 100, ...over })).map(({ decisionId }) => decisionId);
const wait = (network: Network, n: number, wanted: readonly StockWanted[], version = 1): Promise<void> =>
  network.wait({ orderId: id(n), version, since: since(n), wanted });

const arrivalContract = (make: () => Network): void => {
  it('tells of what there is more of than was known; of what is told again, it may be', async () => {
    const network = await open(make, 'A');
    const learnt = (revision: number, units: number) => network.learnLevels([levelOf('A', 'MUG', revision, units)]);
    expect(await learnt(1, 0)).toEqual([]);
    expect(await learnt(2, 3)).toEqual([{ sku: 'MUG', location: 'A' }]);
    expect(await learnt(3, 2)).toEqual([]);
    expect(await learnt(2, 3)).toEqual([{ sku: 'MUG', location: 'A' }]);
    expect(await learnt(4, 2)).toEqual([]);
    expect(await network.learnLevels([levelOf('A', 'TEE', 1, 1), levelOf('A', 'MUG', 5, 1)])).toEqual([{ sku: 'TEE', location: 'A' }]);
  });

  it('offers nothing of what is where it is not for them', async () => {
    const network = await open(make, 'A', 'B');
    await wait(network, 1, [wants({ MUG: 2 }, 10, { notAt: ['A'] })]);
    await wait(network, 2, [wants({ MUG: 2 }, 20)]);
    await wait(network, 3, [wants({ MUG: 2 }, 30, { location: 'B', notAt: ['B'] })]);
    await network.learnLevels([levelOf('A', 'MUG', 1, 5), levelOf('B', 'MUG', 1, 1)]);
    expect(await ask(network, ['MUG'])).toEqual([id(20)]);
    await network.learnLevels([levelOf('B', 'MUG', 2, 2)]);
    expect(await ask(network, ['MUG'])).toEqual([id(10), id(20)]);
  });

  it('tells what a location has of what is waited for, once it is open', async () => {
    const network = make();
    await wait(network, 1, [wants({ MUG: 1, TEE: 1 }, 10)]);
    await network.learnLevels([levelOf('A', 'MUG', 1, 5), levelOf('A', 'TEE', 1, 0), levelOf('A', 'CAP', 1, 5), levelOf('B', 'MUG', 1, 5)]);
    await network.learnLocation(locationOf('A', { active: false }));
    expect(await network.arrivalsAt('A')).toEqual([]);
    await network.learnLocation(locationOf('A', { revision: 2 }));
    expect(await network.arrivalsAt('A')).toEqual([{ sku: 'MUG', location: 'A' }]);
  });
};

const waitContract = (make: () => Network): void => {
  it('finds who waits longest first, of those that there is enough for', async () => {
    const network = await open(make, 'A', 'B');
    await wait(network, 3, [wants({ MUG: 1 }, 30)]);
    await wait(network, 1, [wants({ MUG: 4 }, 10)]);
    await wait(network, 2, [wants({ MUG: 3 }, 20), wants({ TEE: 1 }, 21)]);
    await wait(network, 4, [wants({ MUG: 1, TEE: 1 }, 40)]);
    expect(await ask(network, ['MUG', 'TEE'])).toEqual([]);
    await network.learnLevels([levelOf('A', 'MUG', 1, 2), levelOf('B', 'MUG', 1, 1), levelOf('C', 'MUG', 1, 9)]);
    expect(await ask(network, ['MUG'])).toEqual([id(20), id(30)]);
    expect(await ask(network, ['TEE'])).toEqual([]);
    await network.learnLevels([levelOf('B', 'TEE', 1, 1)]);
    expect(await ask(network, ['TEE'])).toEqual([id(21), id(40)]);
    expect(await ask(network, ['MUG', 'TEE'])).toEqual([id(20), id(21), id(30), id(40)]);
    expect(await ask(network, ['MUG'], { taken: [{ sku: 'MUG', location: 'A', units: 2 }] })).toEqual([id(30), id(40)]);
    const [first] = await network.waiting({ skus: ['MUG'], taken: [], limit: 1 });
    expect(first).toEqual({ orderId: id(2), decisionId: id(20), since: since(2) });
    expect(await ask(network, ['MUG'], { after: first, limit: 1 })).toEqual([id(30)]);
  });

  it('answers each of many who ask at once for their own SKUs', async () => {
    const network = await open(make, 'A');
    await wait(network, 1, [wants({ MUG: 1 }, 10)]);
    await wait(network, 2, [wants({ TEE: 1 }, 20)]);
    await network.learnLevels([levelOf('A', 'MUG', 1, 5), levelOf('A', 'TEE', 1, 5)]);
    const asked = [['TEE'], ['CAP'], ['MUG'], ['CAP', 'TEE']].map((skus) => ask(network, skus));
    expect(await Promise.all(asked)).toEqual([[id(20)], [], [id(10)], [id(20)]]);
  });

  it('offers to whoever fetches it somewhere only what is there', async () => {
    const network = await open(make, 'A', 'B');
    await wait(network, 1, [wants({ MUG: 1 }, 10, { location: 'B' })]);
    await network.learnLevels([levelOf('A', 'MUG', 1, 5)]);
    expect(await ask(network, ['MUG'])).toEqual([]);
    await network.learnLevels([levelOf('B', 'MUG', 1, 1)]);
    expect(await ask(network, ['MUG'])).toEqual([id(10)]);
    expect(await ask(network, ['MUG'], { taken: [{ sku: 'MUG', location: 'B', units: 1 }] })).toEqual([]);
  });
};

const forgetContract = (make: () => Network): void => {
  it('remembers what an order waits for by its newest version, in whatever order that comes', async () => {
    const network = await open(make, 'A');
    await network.learnLevels([levelOf('A', 'MUG', 1, 5), levelOf('A', 'TEE', 1, 5)]);
    await wait(network, 1, [wants({ MUG: 1 }, 10), wants({ TEE: 1 }, 11)], 3);
    await wait(network, 1, [wants({ MUG: 9 }, 10)], 2);
    expect(await ask(network, ['MUG', 'TEE'])).toEqual([id(10), id(11)]);
    await wait(network, 1, [wants({ MUG: 2 }, 10)], 5);
    await wait(network, 1, [], 4);
    expect(await ask(network, ['MUG', 'TEE'])).toEqual([id(10)]);
    await wait(network, 1, [], 5);
    expect(await ask(network, ['MUG', 'TEE'])).toEqual([]);
  });
};

/** Run by every network: who waits for stock, and what may be offered to them. */
export const stockWaitContract = (make: () => Network): void => {
  describe('what arrives', () => arrivalContract(make));
  describe('who waits', () => waitContract(make));
  describe('who waits no more', () => forgetContract(make));
};

import { Refused } from '@cartage/eventsourcing';
import { newId } from '@cartage/service-kit';
import fc from 'fast-check';
import { driftIn, inventoryForTests, lineOf, metaFor, place, stocked, type InventoryForTests, type Process } from './inventory.fixture';

// Generous, because suites share the machine.
jest.setTimeout(120_000);

let inventory: InventoryForTests;

beforeAll(async () => {
  inventory = await inventoryForTests();
});
afterAll(() => inventory.close());

const skus = ['A', 'B', 'C', 'D'] as const;
const places = ['P', 'Q', 'R'] as const;

interface Step {
  readonly process: 0 | 1;
  readonly kind:
    'receive' | 'lose' | 'hold' | 'reserve' | 'edit' | 'split' | 'allocate' | 'reject' | 'issue' | 'end' | 'restock' | 'open' | 'close';
  readonly sku: (typeof skus)[number];
  readonly second: (typeof skus)[number];
  readonly location: (typeof places)[number];
  readonly order: number;
  readonly quantity: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  process: fc.constantFrom<0 | 1>(0, 1),
  kind: fc.constantFrom(
    ...([
      'receive',
      'lose',
      'hold',
      'reserve',
      'reserve',
      'allocate',
      'allocate',
      'reject',
      'issue',
      'edit',
      'split',
      'end',
      'restock',
      'open',
      'close',
    ] as const),
  ),
  sku: fc.constantFrom(...skus),
  second: fc.constantFrom(...skus),
  location: fc.constantFrom(...places),
  order: fc.nat(11),
  quantity: fc.integer({ min: 1, max: 6 }),
});

interface Run {
  readonly orders: readonly string[];
  readonly fulfillments: readonly string[];
}

type Act = (process: Process, step: Step, run: Run) => Promise<unknown>;

const claim = ({ order, sku, second, quantity, location }: Step, { orders, fulfillments }: Run) => ({
  orderId: orders[order] ?? '',
  fulfillmentId: fulfillments[order] ?? '',
  shipmentId: fulfillments[order] ?? '',
  location,
  lines: [lineOf(sku, quantity), lineOf(second, 1, '2')],
});

const acts: Record<Step['kind'], Act> = {
  receive: ({ stocks }, { location, sku, second, quantity }) =>
    stocks.receive(
      {
        location,
        lines: [
          { sku: second, quantity: 1 },
          { sku, quantity },
        ],
      },
      metaFor(),
    ),
  lose: ({ stocks }, { location, sku, quantity }) => stocks.adjust({ location, sku, quantity: -quantity, cause: 'loss' }, metaFor()),
  hold: ({ stocks }, { location, sku, quantity }) => stocks.holdBack({ location, sku, safetyStock: quantity }, metaFor()),
  edit: ({ reservations }, each, run) => {
    const { orderId, lines } = claim(each, run);
    const sign = each.location === 'P' ? 1 : -1;
    const changes = lines.map((line) => ({ ...line, quantity: sign * line.quantity }));
    return reservations.change({ orderId, lines: changes, reason: { code: 'edited', by: 'customer' } }, metaFor());
  },
  split: ({ reservations }, each, run) => reservations.split({ ...claim(each, run), lineIds: ['1'] }, metaFor()),
  reserve: ({ reservations }, each, run) => reservations.reserve(claim(each, run), metaFor()),
  allocate: ({ reservations }, each, run) => reservations.allocate(claim(each, run), metaFor()),
  reject: ({ reservations }, each, run) =>
    reservations.releaseAllocation({ ...claim(each, run), reason: { code: 'no', by: 'operator' } }, metaFor()),
  issue: ({ reservations }, each, run) => reservations.issue(claim(each, run), metaFor()),
  end: ({ reservations }, each, run) => reservations.end({ ...claim(each, run), reason: { code: 'no', by: 'operator' } }, metaFor()),
  restock: ({ reservations }, each, run) =>
    reservations.restock(
      {
        ...claim(each, run),
        ...each,
        returnId: newId(),
        gradingId: newId(),
        lineId: '1',
        disposition: each.quantity > 3 ? 'restock' : 'destroy',
      },
      metaFor(),
    ),
  open: ({ locations }, { location }) => locations.change(location, place, metaFor()),
  close: ({ locations }, { location }) => locations.change(location, { ...place, active: false }, metaFor()),
};

/** A refusal is an answer; anything else is a fault. */
const act = async (each: Step, run: Run): Promise<void> => {
  try {
    await acts[each.kind](inventory.processes[each.process], each, run);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
};

const newRun = (): Run => ({
  orders: skus.concat(skus, skus).map(() => newId()),
  fulfillments: skus.concat(skus, skus).map(() => newId()),
});

const open = async (): Promise<void> => {
  for (const location of places) await stocked(inventory.processes[0], location, { A: 9, B: 9, C: 9, D: 9 });
};

describe('the ledger', () => {
  it('is the sum of its movements, its locations and the orders’ claims after any operations', async () => {
    await open();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const run = newRun();
        for (const each of steps) await act(each, run);
        expect(await driftIn(inventory.processes[0])).toEqual([]);
      }),
      { numRuns: 25, endOnFailure: true },
    );
  });

  it('stands sixteen streams of mixed work in two processes without a deadlock, a fault or a drift', async () => {
    await open();
    const run = newRun();
    const steps = fc.sample(fc.array(step, { minLength: 60, maxLength: 60 }), { numRuns: 16, seed: 7 });
    await Promise.all(
      steps.map(async (stream) => {
        for (const each of stream) await act(each, run);
      }),
    );
    expect(await driftIn(inventory.processes[0])).toEqual([]);
    const { rows } = await inventory.processes[0].pool.query('select deadlocks from pg_stat_database where datname = current_database()');
    expect(rows).toEqual([{ deadlocks: '0' }]);
  });
});

import { newId } from '@cartage/service-kit';
import { eventually } from '@cartage/testkit';
import { memoryDeadlines } from '@cartage/eventsourcing';
import { createChannels } from '../../app/channels/channels';
import type { Ledger } from '../../app/ledger';
import { createReservations } from '../../app/reservations';
import { postgresLedger } from '../postgres-ledger';
import { driftIn, inventoryForTests, lineOf, metaFor, stocked, type InventoryForTests, type Process } from '../inventory.fixture';
import { channelReading } from './postgres-channels';

// Generous, because suites share the machine.
jest.setTimeout(120_000);

let inventory: InventoryForTests;
let one: Process;
let other: Process;

beforeAll(async () => {
  inventory = await inventoryForTests();
  [one, other] = inventory.processes;
});
afterAll(() => inventory.close());

const gate = () => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
};

type Transactions = ReturnType<typeof postgresLedger>;

/** A ledger of which one transaction, the next after it was armed, decides and does not land before it is let. */
const halting = (inner: Transactions) => {
  const [decided, landing] = [gate(), gate()];
  let armed = false;
  const ledger: Transactions = {
    transaction: (work) =>
      inner.transaction((transaction) =>
        work({
          ...transaction,
          appendMany: async (writes) => {
            if (armed) {
              armed = false;
              decided.open();
              await landing.opened;
            }
            return transaction.appendMany(writes);
          },
        }),
      ),
  };
  return { ledger, arm: () => (armed = true), decided: decided.opened, land: landing.open };
};

const needsOf = (process: Process, ledger: Transactions) => ({
  ...{ store: process.store, ledger, newId, isPublic: () => true, now: () => new Date() },
  ...{ reading: channelReading(process.pool), deadlines: memoryDeadlines() },
});
const haltingReservations = () => {
  const { ledger, ...halt } = halting(postgresLedger(one.store));
  const reservations = createReservations({ ...needsOf(one, ledger), ledger: ledger satisfies Ledger });
  halt.arm();
  return { ...halt, reserve: (orderId: string, sku: string) => reservations.reserve(asked(orderId, sku), metaFor()) };
};

const asked = (orderId: string, sku: string) => ({ orderId, lines: [lineOf(sku, 2)], channel: 'market' });
const typesOf = async (orderId: string): Promise<readonly string[]> =>
  ((await one.store.readMany([`reservation-${orderId}`]))[0]?.events ?? []).map(({ type }) => type);

/** Until it is done, or waits for somebody in the database of this suite. */
const doneOrStuck = async (work: Promise<unknown>): Promise<void> => {
  const done = jest.fn();
  void work.then(done, done);
  await eventually(async () => {
    const { rowCount } = await one.pool.query(
      'select from pg_locks join pg_database d on d.oid = database where not granted and d.datname = current_database()',
    );
    expect(done.mock.calls.length + (rowCount ?? 0)).toBeGreaterThan(0);
  });
};

const rules = [
  [
    'what is held back of it',
    (on: Process, sku: string, units: number) => on.channels.holdBack({ channel: 'market', sku, safetyStock: units }, metaFor()),
  ],
  [
    'what is held back of all',
    (on: Process, _: string, units: number) => on.channels.holdBack({ channel: 'market', safetyStock: units }, metaFor()),
  ],
  [
    'where it sells from',
    (on: Process, sku: string, units: number) => on.channels.sellFrom('market', units > 0 ? [`${sku}-ELSE`] : undefined, metaFor()),
  ],
] as const;

const confined = async (sku: string, change: (typeof rules)[number][1]): Promise<void> => {
  await stocked(one, `${sku}-HERE`, { [sku]: 5 });
  await stocked(one, `${sku}-ELSE`, { [`${sku}-OTHER`]: 1 });
  await change(one, sku, 5);
};

describe('an order that is decided while its channel’s rule is loosened', () => {
  it.each(rules)('is served when it is decided first and lands last: %s', async (name, change) => {
    const [sku, orderId] = [`FIRST-${name.length}`, newId()];
    await confined(sku, change);
    const deciding = haltingReservations();
    const order = deciding.reserve(orderId, sku);
    await deciding.decided;
    const loosening = change(other, sku, 0);
    await doneOrStuck(loosening);
    deciding.land();
    await Promise.all([order, loosening]);
    expect(await typesOf(orderId)).toEqual(['StockShort', 'StockReserved']);
    expect(await driftIn(one)).toEqual([]);
  });

  it('is decided by the rule as it will be when that lands', async () => {
    const [sku, orderId] = ['SECOND', newId()];
    await confined(sku, rules[0][1]);
    const { ledger, ...halt } = halting(postgresLedger(one.store));
    const channels = createChannels(needsOf(one, ledger));
    // Who has not changed it before finds out by a conflict that it is there, and decides again: the one that lands is meant.
    await channels.holdBack({ channel: 'market', sku, safetyStock: 4 }, metaFor());
    halt.arm();
    const loosening = channels.holdBack({ channel: 'market', sku, safetyStock: 0 }, metaFor());
    await halt.decided;
    const order = other.reservations.reserve(asked(orderId, sku), metaFor());
    await doneOrStuck(order);
    halt.land();
    await Promise.all([order, loosening]);
    expect(await typesOf(orderId)).toEqual(['StockReserved']);
    expect(await driftIn(one)).toEqual([]);
  });
});

describe('those who wait in a channel', () => {
  it('are served when an order of another channel may be shipped from elsewhere, and so makes room', async () => {
    await stocked(one, 'ROOM-A', { ROOM: 2 });
    await stocked(one, 'ROOM-B', { ROOM: 2 });
    await one.channels.sellFrom('a-only', ['ROOM-A'], metaFor());
    await one.channels.sellFrom('both', ['ROOM-A'], metaFor());
    await one.reservations.reserve({ orderId: newId(), lines: [lineOf('ROOM', 2)], channel: 'both' }, metaFor());
    const waiter = newId();
    await one.reservations.reserve({ orderId: waiter, lines: [lineOf('ROOM', 2)], channel: 'a-only' }, metaFor());
    expect(await typesOf(waiter)).toEqual(['StockShort']);
    await one.channels.sellFrom('both', undefined, metaFor());
    expect(await typesOf(waiter)).toEqual(['StockShort', 'StockReserved']);
  });

  it('are served by the deadline where the process died before it could offer', async () => {
    await confined('DIED', rules[0][1]);
    const orderId = newId();
    await one.reservations.reserve(asked(orderId, 'DIED'), metaFor());
    await one.pool.query(`update channel_hold_back set safety_stock = 0 where sku = 'DIED'`);
    const due = { id: 'd', stream: 'channel-market', name: 'channel-rule-changed', dueAt: '2026-01-01T00:00:00.000Z' };
    await one.channels.onDue({ ...due, data: { channel: 'market', sku: 'DIED' } }, metaFor());
    expect(await typesOf(orderId)).toEqual(['StockShort', 'StockReserved']);
  });

  it('are named where they wait for what their channel may sell, and served by the repair', async () => {
    await confined('NAMED', rules[0][1]);
    const orderId = newId();
    await one.reservations.reserve(asked(orderId, 'NAMED'), metaFor());
    expect(await driftIn(one)).toEqual([]);
    await one.pool.query(`update channel_hold_back set safety_stock = 3 where sku = 'NAMED'`);
    expect(await driftIn(one)).toEqual([
      {
        drift: 'queue',
        sku: 'NAMED',
        location: null,
        detail: `order ${orderId} waits for 2 units that are there, and that market may sell`,
        behind: [],
      },
    ]);
    await one.repairs.repair('NAMED', metaFor());
    expect(await typesOf(orderId)).toEqual(['StockShort', 'StockReserved']);
    expect(await driftIn(one)).toEqual([]);
  });
});

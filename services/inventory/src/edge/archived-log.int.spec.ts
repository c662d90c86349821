import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  archiveFolder,
  archiveLog,
  attestedLogIn,
  attestNews,
  checkAllAttestations,
  migrateAttestations,
  SigningKey,
  type ArchivedLog,
  type ArchiveFiles,
} from '@cartage/event-store';
import type { StoredEvent } from '@cartage/eventsourcing';
import { newId, whatLeaves } from '@cartage/service-kit';
import { CostFeed } from '../app/costing/cost-feed';
import { inventoryService } from '../inventory.module';
import { costTransactions } from './costing/postgres-costs';
import { driftIn, inventoryForTests, lineOf, metaFor, stocked, type InventoryForTests, type Process } from './inventory.fixture';

// Generous, because suites share the machine.
jest.setTimeout(120_000);

const key = SigningKey.of(Buffer.alloc(32, 1));
const [SKU, PLACE] = ['OLD', 'OLD-W'];
const STOCK = `stock-${PLACE}/${SKU}`;
const { signal } = new AbortController();

let inventory: InventoryForTests;
let one: Process;
let other: Process;
let folder: string;
let files: ArchiveFiles;

const rowsOf = async (text: string, values: readonly unknown[] = []) => (await one.pool.query(text, [...values])).rows;
const follow = async (): Promise<void> => {
  await one.feed.catchUp(signal);
  await new CostFeed({ store: one.store, newId, isPublic: () => false, ...costTransactions(one.pool, one.store) }).catchUp(signal);
};

/** All that was recorded so far, but for what nobody asks about, leaves the table as far as it may. */
const archive = async (): Promise<ArchivedLog> => {
  const log = attestedLogIn(one.pool, 'public');
  const now = () => new Date('2028-11-27T09:00:00.000Z');
  await attestNews(log, { key, now });
  await stocked(one, newId(), { LAST: 1 });
  return archiveLog(
    { pool: one.pool, name: 'public', files, store: one.store, now },
    { before: new Date('2100-01-01T00:00:00.000Z'), ...whatLeaves(inventoryService) },
  );
};

/** 50 come in at a cost, 2 are held back, one order waits, one has left in part, one whole, one was given up, a cart came and went, one unit is lost. */
const lived = async () => {
  const [waits, ships, left, gone] = [newId(), newId(), newId(), newId()];
  const receipt = { location: PLACE, lines: [{ sku: SKU, quantity: 50, cost: { amount: 5_000, currency: 'GBP' } }] };
  const [received, reserved] = [metaFor(), metaFor()];
  const { reservations, stocks, carts } = one;
  await stocked(one, PLACE, {});
  await stocks.receive(receipt, received);
  await follow();
  await stocks.holdBack({ sku: SKU, location: PLACE, safetyStock: 2 }, metaFor());
  for (const orderId of [ships, left]) {
    const [fulfillmentId, lines] = [newId(), [lineOf(SKU, orderId === left ? 3 : 5)]];
    await reservations.reserve({ orderId, lines }, orderId === left ? reserved : metaFor());
    await reservations.allocate({ orderId, fulfillmentId, location: PLACE, lines }, metaFor());
    await reservations.issue({ orderId, fulfillmentId, shipmentId: newId(), lines: [lineOf(SKU, 3)] }, metaFor());
  }
  const midway = await one.store.head();
  await reservations.reserve({ orderId: gone, lines: [lineOf(SKU, 4)] }, metaFor());
  await reservations.end({ orderId: gone, reason: { code: 'changed-mind', by: 'customer' } }, metaFor());
  const { cart } = await carts.reserve({ lines: [{ sku: SKU, quantity: 2 }], ttlMs: 600_000 }, metaFor());
  await carts.release(cart.reservationId, metaFor());
  await reservations.reserve({ orderId: waits, lines: [lineOf(SKU, 60)] }, metaFor());
  await stocks.adjust({ sku: SKU, location: PLACE, quantity: -1, cause: 'loss', reference: 'CS-1' }, metaFor());
  await follow();
  return { receipt, received, reserved, waits, ships, left, gone, cart: cart.reservationId, midway, end: await one.store.head() };
};

type Lived = Awaited<ReturnType<typeof lived>>;

const streamsOf = ({ waits, ships, left, gone, cart }: Lived): readonly string[] => [
  ...[STOCK, `availability-${SKU}`, `cart-${cart}`],
  ...[waits, ships, left, gone].map((orderId) => `reservation-${orderId}`),
];

const followedTo = async ({ store }: Process, end: string): Promise<readonly StoredEvent[]> => {
  const [seen, stopped] = [[] as StoredEvent[], new AbortController()];
  for await (const events of store.follow({ from: '', signal: stopped.signal })) {
    seen.push(...events);
    if ((seen.at(-1)?.position ?? '') >= end) stopped.abort();
  }
  return seen.filter(({ position }) => position <= end);
};

/** What anybody is told of what had happened by then, by any process. */
const told = async (by: Process, what: Lived) => {
  const at = (position: string) => ({ sku: SKU, asOf: { position }, limit: 200 });
  const { explanations, store } = by;
  const explained = await Promise.all(
    [what.midway, what.end].flatMap((position) => [
      ...[explanations.of(at(position)), explanations.of({ ...at(position), location: PLACE })],
      ...[explanations.claims(at(position)), explanations.movements(at(position))],
    ]),
  );
  const followed = await followedTo(by, what.end);
  const correlated = await store.traces?.correlated({ correlationId: what.received.commandId, limit: 10 });
  const ids = followed.map(({ id }) => id);
  const found = await Promise.all(ids.map(async (id) => (await store.traces?.find(id))?.position));
  const streams = streamsOf(what);
  return {
    ...{ explained, followed, correlated, found, streams: await store.readMany(streams), heads: await store.heads(streams) },
    ...{ figures: (await by.availabilities.of([SKU])).items, cart: await by.carts.get(what.cart) },
  };
};

/** Rows that follow from the log, but for when they were written. */
const rows = async () => ({
  stock: await rowsOf('select * from stock where sku = $1', [SKU]),
  network: await rowsOf('select * from network_stock where sku = $1', [SKU]),
  lines: await rowsOf('select * from reservation_line where sku = $1 order by order_id', [SKU]),
  announced: await rowsOf('select sku, channel, atp, locations from channel_availability where sku = $1 order by channel', [SKU]),
  costs: await rowsOf('select * from stock_cost where sku = $1 order by location, transfer_id', [SKU]),
  bases: await rowsOf('select * from stock_cost_basis where sku = $1', [SKU]),
  entries: await rowsOf(
    'select location, event_id, kind, units, amounts, at from stock_cost_entry where sku = $1 order by event_id, location, units',
    [SKU],
  ),
});

const inTable = async (streams: readonly string[]): Promise<readonly string[]> =>
  (await rowsOf('select distinct stream from events where stream = any($1) order by stream', [streams])).map(({ stream }) => stream);

describe('a log of stock whose past is in files', () => {
  let what: Lived;
  let before: Awaited<ReturnType<typeof told>>;
  let rowsBefore: Awaited<ReturnType<typeof rows>>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cartage-inventory-archive-'));
    files = archiveFolder(folder);
    inventory = await inventoryForTests({ archive: files });
    [one, other] = inventory.processes;
    await migrateAttestations(one.pool);
    what = await lived();
    [before, rowsBefore] = [await told(one, what), await rows()];
    expect(await inTable(streamsOf(what))).toHaveLength(7);
    await archive();
  });
  afterAll(async () => {
    await inventory.close();
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(async () => expect(await driftIn(one)).toEqual([]));

  it('is the same for whoever asks; in the table is only what may go on', async () => {
    expect(await inTable(streamsOf(what))).toEqual([what.waits, what.ships].map((orderId) => `reservation-${orderId}`).toSorted());
    expect(before.followed.length).toBeGreaterThan(20);
    expect(before.found).toEqual(before.followed.map(({ position }) => position));
    expect(await told(other, what)).toEqual(before);
    expect((await checkAllAttestations(attestedLogIn(one.pool, 'public', files), [key.verifying])).breaks).toEqual([]);
  });

  it('is what the ledger is compared with: a movement that says another number, and one whose fact is not there, are still found', async () => {
    const received = `where sku = '${SKU}' and kind = 'StockReceived'`;
    const [{ event_id: id }] = await rowsOf(`select event_id from stock_movement ${received}`);
    const change = (set: string) => one.pool.query(`update stock_movement set ${set} ${received}`);
    const drifts = async () =>
      (await one.verification.verify(SKU)).drifts.filter(({ drift }) => drift === 'movement-and-log').map(({ detail }) => detail);
    await change('delta_on_hand = 49');
    expect(await drifts()).toEqual([expect.stringMatching(`moved 49; event ${id} says 50`)]);
    await change(`delta_on_hand = 50, event_id = gen_random_uuid()`);
    expect((await drifts()).toSorted()).toEqual([
      `event ${id} (StockReceived) moved nothing`,
      expect.stringContaining('which is not in the log'),
    ]);
    await change(`event_id = '${id}'`);
  });

  it('answers a request that comes again as the first time, and books nothing', async () => {
    const heads = await one.store.heads(streamsOf(what));
    expect(await one.stocks.receive(what.receipt, what.received)).toMatchObject({ repeated: true, answer: { units: 50 } });
    await one.reservations.reserve({ orderId: what.left, lines: [lineOf(SKU, 3)] }, what.reserved);
    await one.carts.release(what.cart, metaFor());
    expect(await one.store.heads(streamsOf(what))).toEqual(heads);
  });

  it('has its rows made anew as they were, out of files', async () => {
    await one.pool.query('update stock set safety_stock = 9, unavailable = 3 where sku = $1', [SKU]);
    await one.pool.query('update network_stock set reserved = reserved + 1 where sku = $1', [SKU]);
    await one.pool.query('truncate stock_cost, stock_cost_basis, stock_cost_entry, channel_availability');
    await one.pool.query(`update stock_cost_place set position = ''; update availability_place set position = ''`);
    await follow();
    await one.repairs.repair(SKU, metaFor());
    await follow();
    expect(await rows()).toEqual(rowsBefore);
  });

  it('goes on with the next version and the next number, and what is late finds the past that it is about', async () => {
    const [head] = await one.store.heads([STOCK]);
    await one.stocks.receive({ ...what.receipt, lines: [{ sku: SKU, quantity: 1 }] }, metaFor());
    expect(await one.store.heads([STOCK])).toEqual([
      { stream: STOCK, version: (head?.version ?? 0) + 1, sequence: (head?.sequence ?? 0) + 1 },
    ]);
    const returned = { orderId: what.left, returnId: newId(), gradingId: newId(), lineId: '1', sku: SKU, quantity: 1, location: PLACE };
    await one.reservations.restock({ ...returned, disposition: 'restock' }, metaFor());
    await one.reservations.restock({ ...returned, disposition: 'restock' }, metaFor());
    const [stream] = await other.store.readMany([`reservation-${what.left}`]);
    expect(stream?.events.map(({ type }) => type)).toEqual(['StockReserved', 'StockAllocated', 'StockIssued', 'StockRestocked']);
    expect(stream?.events.map(({ version }) => version)).toEqual([1, 2, 3, 4]);
    await archive();
    expect(await inTable([STOCK, `reservation-${what.left}`])).toEqual([]);
    expect((await told(other, what)).explained).toEqual(before.explained);
  });
});

import { manualClock, Refused, type ManualClock } from '@cartage/eventsourcing';
import pino from 'pino';
import { MemoryDeadLetters } from '../memory-dead-letters';
import type { RetryPolicy } from '../transport';
import { Group, type Incoming } from './group';
import { Neighbours } from './neighbours';
import { Redelivery } from './redelivery';

const HOUR = 3_600_000;
/** Who is early is asked again by the clock in an hour; until then only because of what was taken beside it. */
const rarely: RetryPolicy = { attempts: 3, firstPauseMs: HOUR, longestPauseMs: HOUR, earlyMs: 3 * HOUR };
const log = pino({ level: 'silent' });
const never = new AbortController().signal;

let clock: ManualClock;
let letters: MemoryDeadLetters;
let neighbours: Neighbours;
let known: Set<string>;
let taken: string[];
beforeEach(() => {
  clock = manualClock();
  [letters, neighbours, known, taken] = [new MemoryDeadLetters(clock), new Neighbours(), new Set(), []];
});

const groupOf = (name: string, retry = rarely): Group => new Group({ group: name, deadLetters: letters, retry, log, clock, neighbours });

const incoming = (group: string, key: string, run: Incoming['run']): Incoming => ({
  key,
  run,
  letter: () => ({
    group,
    key,
    topic: 'order.events',
    eventId: `${group} ${key}`,
    type: 'OrderPlaced',
    record: { headers: {}, value: null },
  }),
});

/** Says of an order that it is known. */
const placed = (key: string): Incoming => incoming('orders', key, async () => void known.add(key));
const needsOrder =
  (key: string): Incoming['run'] =>
  async () => {
    if (!known.has(key)) throw new Refused('ORDER_UNKNOWN', `Nothing was heard of ${key} yet.`, 'unknown');
    taken.push(key);
  };
const allocated = (key: string): Incoming => incoming('stock', key, needsOrder(key));

describe('an event that is early', () => {
  it('is taken as soon as a group beside it has taken something of its key, and not because of another key', async () => {
    const [orders, stock] = [groupOf('orders'), groupOf('stock')];
    const settled = stock.settle(allocated('a'), never);
    await clock.advance(1_000);
    known.add('a');
    await orders.settle(placed('b'), never);
    await clock.advance(1_000);
    expect(taken).toEqual([]);
    await orders.settle(placed('a'), never);
    expect(await settled).toBe(true);
    expect(taken).toEqual(['a']);
  });

  it('misses nothing that is taken while it is being tried', async () => {
    const [orders, stock] = [groupOf('orders'), groupOf('stock')];
    let tries = 0;
    const run = async (): Promise<void> => {
      tries += 1;
      const before = known.has('a');
      // What it lacks comes after it has looked for it, and before it has said that it is not there.
      if (tries === 2) await orders.settle(placed('a'), never);
      if (!before) throw new Refused('ORDER_UNKNOWN', 'Not yet.', 'unknown');
      taken.push('a');
    };
    const settled = stock.settle(incoming('stock', 'a', run), never);
    await clock.advance(HOUR);
    expect(await settled).toBe(true);
    expect(tries).toBe(3);
  });

  it('is tried by the clock all the same, for what it lacks may be taken elsewhere', async () => {
    const settled = groupOf('stock').settle(allocated('a'), never);
    await clock.advance(1_000);
    known.add('a');
    await clock.advance(HOUR);
    expect(await settled).toBe(true);
  });

  it('and that is stored by now comes at once, and what waits behind it follows', async () => {
    const [orders, stock] = [groupOf('orders'), groupOf('stock', { ...rarely, earlyMs: 0 })];
    const redelivery = new Redelivery({ group: stock, deadLetters: letters, workFor: ({ key }) => needsOrder(key) });
    await stock.settle(allocated('a'), never);
    redelivery.start();
    // By now it is asked again every minute.
    await clock.advance(HOUR);
    await orders.settle(placed('a'), never);
    await clock.advance(1_000);
    expect(taken).toEqual(['a']);
    expect(await letters.list({ group: 'stock', limit: 10 })).toEqual([]);
    stock.stop();
    await redelivery.ended();
  });

  it('is told nothing any more by groups beside it when it has stopped', async () => {
    const [orders, stock] = [groupOf('orders'), groupOf('stock')];
    const ending = new AbortController();
    const settled = stock.settle(allocated('a'), ending.signal);
    await clock.advance(1_000);
    stock.stop();
    ending.abort();
    await orders.settle(placed('a'), never);
    expect(await settled).toBe(false);
    expect(taken).toEqual([]);
  });
});

import { Topics, type StateTopic } from '@cartage/contracts';
import { manualClock } from '@cartage/eventsourcing';
import type { TopicWriter } from '@cartage/messaging';
import { eventually } from '@cartage/testkit';
import fc from 'fast-check';
import pino from 'pino';
import type { Standings } from '../../app/states/standings';
import { factOf, orderNamed } from '../../domain/facts.fixture';
import type { Entry } from '../../domain/journaling';
import { folded, nameOf, type Standing } from '../../domain/standing';
import { nudgeOf } from '../nudge';
import { StatePublisher } from './state-publisher';

interface Told {
  readonly topic: string;
  readonly key: string;
  readonly position: number;
  readonly value: string | null;
}

type SendOutcome = 'acknowledged' | 'lost answer' | 'late';

const level = (sku: string, revision: number) => ({
  sku,
  location: 'LDN',
  revision,
  onHand: revision,
  allocated: 0,
  safetyStock: 0,
  available: revision,
});

/** Stock of one SKU after the other changes. */
const entriesOf = (skus: readonly number[]): readonly Entry[] =>
  skus.map((sku, i) => {
    const fact = factOf({ n: i + 1, type: 'StockAdjusted', topic: Topics.inventory, subject: `stock/LDN/S${sku}` });
    return { position: i + 1, fact: { ...fact, data: { levels: [level(`S${sku}`, i + 1)] } } };
  });

/** Facts, the table, and the topics, as every process has them. */
const world = (facts: readonly Entry[], revision = 1) => {
  const clock = manualClock('2026-11-28T12:00:00.000Z');
  const table = new Map<string, Standing>();
  const told: Told[] = [];
  const late: Told[][] = [];
  const progress = { revision, folded: 0, published: 0 };
  const standings: Standings = {
    begin: async () => progress,
    fold: async (entries) => {
      const after = folded({ standings: table, erased: new Set() }, entries);
      for (const standing of after.standings) table.set(nameOf(standing), standing);
      progress.folded = entries.at(-1)?.position ?? progress.folded;
      return after.faults;
    },
    changed: async (after, limit) => {
      const sorted = [...table.values()].filter(({ position }) => position > after).toSorted((a, b) => a.position - b.position);
      const last = sorted[Math.min(limit, sorted.length) - 1]?.position ?? 0;
      return sorted.filter(({ position }) => position <= last);
    },
    told: async () => progress.published,
    published: async (position) => void (progress.published = position),
  };
  const writerOf = (outcomes: SendOutcome[]): TopicWriter => ({
    ensure: async () => undefined,
    ensureCompacted: async () => undefined,
    send: async (topic, messages) => {
      const records = messages.map(({ key, headers, value }) => ({
        ...{ topic, key: String(key), position: Number(headers?.['ce_sequence']), value: value === null ? null : String(value) },
      }));
      const outcome = outcomes.shift() ?? 'acknowledged';
      if (outcome === 'late') late.push(records);
      else told.push(...records);
      if (outcome !== 'acknowledged') throw new Error('The process lost its connection.');
      return [];
    },
    close: async () => undefined,
  });
  const process = (outcomes: SendOutcome[] = []): StatePublisher =>
    new StatePublisher({
      facts: {
        head: async () => facts.at(-1)?.position ?? 0,
        read: async ({ after, limit }) => {
          const entries = facts.filter(({ position }) => position > after).slice(0, limit);
          return { entries, more: entries.length === limit };
        },
      },
      ...{ standings, clock, nudge: nudgeOf(clock), log: pino({ level: 'silent' }), writer: () => writerOf(outcomes) },
      lock: { acquire: async () => ({ lost: new AbortController().signal, release: async () => undefined }) },
    });
  return { clock, table, told, late, progress, process };
};

/** What a subscriber finds that reads the topics from their beginning. */
const newestOf = (told: readonly Told[]): ReadonlyMap<string, Told> => new Map(told.map((each) => [`${each.topic} ${each.key}`, each]));

const untilAt = async (shop: ReturnType<typeof world>, position: number): Promise<void> => {
  for (let round = 0; shop.progress.published < position && round < 200; round += 1) {
    await shop.clock.advance(10_000);
    await new Promise(setImmediate);
  }
  expect(shop.progress.published).toBe(position);
};

describe('the publisher of states', () => {
  it('tells what is now, once for each key, and nothing of what was before that', async () => {
    const shop = world(entriesOf([1, 2, 1, 3, 1, 2]));
    const publisher = shop.process();
    await publisher.start();
    await untilAt(shop, 6);
    expect(shop.told.map(({ key, position }) => [key, position])).toEqual([
      ['LDN/S3', 4],
      ['LDN/S1', 5],
      ['LDN/S2', 6],
    ]);
    expect(await publisher.check.look()).toEqual({ detail: { behind: 0 }, error: undefined });
    await publisher.stop();
  });

  it('has the newest of each key stand last, whatever is lost, comes twice, or comes late from a process that was taken for dead', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(4), { minLength: 1, maxLength: 40 }),
        fc.array(fc.constantFrom<SendOutcome>('acknowledged', 'lost answer', 'late'), { maxLength: 6 }),
        async (skus, outcomes) => {
          const all = entriesOf(skus);
          const known = all.slice(0, Math.ceil(all.length / 2));
          const shop = world(known);
          const publisher = shop.process(outcomes);
          await publisher.start();
          await untilAt(shop, known.length);
          await publisher.stop();
          // More happens, and another process takes over; what the first had under way arrives behind what this one tells first.
          known.push(...all.slice(known.length));
          if (shop.late.length > 0) shop.progress.published = 0;
          const next = shop.process();
          await next.start();
          await untilAt(shop, all.length);
          shop.told.push(...shop.late.flat());
          const count = shop.told.length;
          for (let round = 0; shop.told.length === count && round < 20; round += 1) {
            await shop.clock.advance(10_000);
            await new Promise(setImmediate);
          }
          await next.stop();
          expect([...newestOf(shop.told)].map(([name, { position }]) => [name, position]).toSorted()).toEqual(
            [...shop.table].map(([name, { position }]) => [name, position]).toSorted(),
          );
        },
      ),
      { numRuns: 40 },
    ));

  it('takes back what was told under a key of somebody who is forgotten', async () => {
    const placed = factOf({ n: 1, type: 'OrderPlaced', order: 1, channel: 'web' });
    const order = { ...(placed.data as object), lines: [], shipGroups: [], totals: {}, placedAt: placed.time };
    const erasure = { ...factOf({ n: 2, type: 'PersonErasureRequested' }), data: { orders: [orderNamed(1)] } };
    const shop = world([
      { position: 1, fact: { ...placed, data: order }, orderId: orderNamed(1), sequence: 1 },
      { position: 2, fact: erasure },
    ]);
    const publisher = shop.process();
    await publisher.start();
    await untilAt(shop, 2);
    await publisher.stop();
    expect(shop.told).toEqual([{ topic: 'order.state' satisfies StateTopic, key: orderNamed(1), position: 2, value: null }]);
  });

  it('says in health why nothing is told', async () => {
    const shop = world(entriesOf([1]));
    const publisher = shop.process(Array.from({ length: 100 }, () => 'late' as const));
    await publisher.start();
    await eventually(async () => expect((await publisher.check.look()).error).toContain('The process lost its connection.'));
    await publisher.stop();
  });
});

import { fold, manualClock, Refused, type ManualClock, type StoredEvent } from '@cartage/eventsourcing';
import type { OrderThere } from '../../domain/channel-differences';
import { order } from '../../domain/order';
import { placing } from '../../domain/order.fixture';
import type { OrderEvent } from '../../domain/events';
import type { OrderRead } from '../reading';
import type { DifferenceTable, FoundDifference, OrderTraffic } from './channel-difference';
import type { ChannelSource } from './channel-source';
import { Comparing } from './comparing';

const meta = { commandId: 'c', correlationId: 'c', actor: 'spec' };
const quiet: OrderTraffic = { refunded: 0, refundedAt: null, booked: null, waiting: null, refused: null, message: null };
const MINUTE = 60_000;

let clock: ManualClock;
let here: Map<string, OrderRead>;
let there: Map<string, OrderThere>;
let noted: Map<string, readonly FoundDifference[]>;
let traffic: OrderTraffic;
let placed: string[];
let suspects: string[];
let outcome: { readonly status: 'taken' | 'waiting' | 'ignored' | 'refused'; readonly isPlaced: boolean };
let taken: number;
let busy: boolean;
let kept: Record<string, unknown>;
let unreadable: Set<string>;
let kinds: readonly string[] | undefined;
let suspected: object | undefined;
let comparing: Comparing;

const unused = (): never => {
  throw new Error('Nobody asks for it here.');
};
const at = (minutes: number) => new Date(clock.now().getTime() + minutes * MINUTE).toISOString();

/** The order of the fixture, which was placed so long ago. */
const known = (externalOrderId: string, minutes = -60): void => {
  const data = { ...placing, orderId: externalOrderId, externalOrderId };
  const of = { id: externalOrderId, stream: externalOrderId, version: 1, position: '1', meta } as const;
  const event: StoredEvent<OrderEvent> = { ...of, type: 'OrderPlaced', data, recordedAt: at(minutes) };
  const state = fold(order, [event]);
  if (state) here.set(externalOrderId, { order: state, events: [event], version: 1 });
};
const same = (externalOrderId: string, more: Partial<OrderThere> = {}): OrderThere => ({
  ...{ externalOrderId, changedAt: at(-60), cancelled: false },
  lines: [
    { lineId: '1', quantity: 2, shipped: 0 },
    { lineId: '2', quantity: 3, shipped: 0 },
  ],
  ...more,
});

const envelope = (externalOrderId: string) => ({ messageId: externalOrderId, topic: 'order', payload: externalOrderId });
const source: ChannelSource = {
  isAsked: false,
  changedSince: async function* (since) {
    const orders = [...there.values()]
      .filter(({ changedAt }) => changedAt >= since)
      .map(({ externalOrderId }) => envelope(externalOrderId));
    yield { orders, until: at(0) };
  },
  order: async (id) => (there.has(id) ? envelope(id) : undefined),
  standingIn: ({ payload }) => {
    if (unreadable.has(String(payload))) throw new Refused('MESSAGE_INVALID', 'It has no SKU.', 'invalid');
    return there.get(String(payload)) ?? unused();
  },
};
const table: DifferenceTable = {
  traffic: async (_, ids) => new Map(ids.map((id) => [id, traffic])),
  note: async ({ externalOrderId }, found, noting) => {
    kinds = noting.kinds;
    noted.set(externalOrderId, found);
  },
  suspects: async (_, before) => {
    suspected = before;
    return suspects;
  },
  placed: async () => placed.map((id) => ({ orderId: id, externalOrderId: id })),
  keepBooks: async ({ externalOrderId }, booked) => void (kept[externalOrderId] = booked),
  ...{ list: unused, find: unused, act: unused, tellAgain: unused },
};

beforeEach(() => {
  clock = manualClock();
  [here, there, noted] = [new Map(), new Map(), new Map()];
  [traffic, placed, suspects] = [quiet, [], []];
  outcome = { status: 'taken', isPlaced: true };
  taken = 0;
  busy = false;
  [kept, kinds, suspected] = [{}, undefined, undefined];
  unreadable = new Set();
  comparing = new Comparing({
    ...{
      sources: new Map([
        ['shop', source],
        ['books', { ...source, afterSale: [{ name: 'refunds', everyMs: 1, overlapMs: 72 * 60 * MINUTE, changedSince: unused }] }],
      ]),
      table,
      idFor: (...parts) => parts.join(':'),
      now: () => clock.now(),
      everyMs: MINUTE,
      inFlightMs: 30 * MINUTE,
    },
    ...{ orderIdOf: (_, id) => id },
    log: {
      take: async () => (busy ? undefined : at(-120)),
      end: async () => undefined,
      keep: async () => undefined,
      due: async () => undefined,
    },
    read: async (id) => {
      const read = here.get(id);
      if (read) return read;
      throw new Refused('ORDER_UNKNOWN', 'There is none.', 'unknown');
    },
    take: async (_, { payload }) => {
      taken += 1;
      if (outcome.isPlaced) known(String(payload), 0);
      return { status: outcome.status, externalOrderId: String(payload) };
    },
  });
});

const ask = () => comparing.ask('shop', meta);
const kindsOf = (id: string) => noted.get(id)?.map(({ kind }) => kind);

describe('orders that are compared with their channel', () => {
  it('agree, and say so, or disagree by their kind, with nothing to explain it', async () => {
    for (const id of ['1', '2']) known(id);
    there.set('1', same('1'));
    there.set('2', same('2', { cancelled: true }));
    expect(await ask()).toEqual({ compared: 2, inFlight: 0, fetched: 0, differing: 1 });
    expect(kindsOf('1')).toEqual([]);
    expect(noted.get('2')).toMatchObject([
      { differenceId: 'channel-difference:shop:2:cancelled-there', kind: 'cancelled-there', cause: 'unexplained' },
    ]);
  });

  it('that cannot be read keep no other from being compared: they wait as messages, and are missing where they are not here', async () => {
    for (const id of ['2', '3']) known(id);
    for (const id of ['1', '2', '3']) there.set(id, same(id, id === '3' ? { cancelled: true } : {}));
    unreadable = new Set(['1', '2']);
    outcome = { status: 'refused', isPlaced: false };
    traffic = { ...quiet, message: { messageId: 'm-1', code: 'MESSAGE_INVALID' } };
    expect(await ask()).toEqual({ compared: 2, inFlight: 0, fetched: 0, differing: 2 });
    expect([kindsOf('1'), kindsOf('2'), kindsOf('3')]).toEqual([['missing-here'], undefined, ['cancelled-there']]);
    expect(noted.get('1')).toMatchObject([{ cause: 'message-refused' }]);
    suspects = ['1'];
    there.delete('3');
    await expect(ask()).resolves.toMatchObject({ differing: 1 });
  });

  it.each([
    ['changed there', -60, { changedAt: -29 }, undefined],
    ['changed here', -29, {}, undefined],
    ['something of it is to be told', -60, {}, -29],
  ])(
    'do not disagree while it is less than half an hour ago that %s',
    async (_, placedAt, { changedAt = -60 }: { changedAt?: number }, waiting) => {
      known('1', placedAt);
      there.set('1', same('1', { cancelled: true, changedAt: at(changedAt) }));
      if (waiting !== undefined) traffic = { ...quiet, waiting: { updateId: 'u-1', since: at(waiting) } };
      expect(await ask()).toMatchObject({ compared: 1, inFlight: 1, differing: 0 });
      expect(noted.size).toBe(0);
    },
  );

  it.each([
    [{ waiting: { updateId: 'u-1', since: '2025-12-31T00:00:00.000Z' } }, 'update-waiting', /u-1/],
    [{ refused: { updateId: 'u-2', code: 'CHANNEL_REFUSED' } }, 'update-refused', /u-2: CHANNEL_REFUSED/],
    [{ message: { messageId: 'm-3', code: 'MESSAGE_INVALID' } }, 'message-refused', /m-3 .*MESSAGE_INVALID/],
  ])('disagree because of %j', async (more, cause, detail) => {
    known('1');
    there.set('1', same('1', { cancelled: true }));
    traffic = { ...quiet, ...more };
    await ask();
    expect(noted.get('1')).toMatchObject([{ cause, detail: expect.stringMatching(detail) }]);
  });

  it('that never came are asked for and taken, once', async () => {
    there.set('1', same('1'));
    expect(await ask()).toMatchObject({ compared: 1, fetched: 1, differing: 0 });
    there.set('1', same('1'));
    expect(await ask()).toMatchObject({ compared: 1, inFlight: 1 });
    expect(taken).toBe(1);
  });

  it('that cannot be taken are missing; those that are nothing to us, or were cancelled before they came, are not', async () => {
    there.set('1', same('1'));
    outcome = { status: 'refused', isPlaced: false };
    await ask();
    expect(kindsOf('1')).toEqual(['missing-here']);
    for (const status of ['ignored', 'waiting'] as const) {
      outcome = { status, isPlaced: false };
      await ask();
      expect(kindsOf('1')).toEqual([]);
    }
    there.set('1', same('1', { cancelled: true }));
    expect(await ask()).toMatchObject({ compared: 1, differing: 0 });
    expect(taken).toBe(3);
  });

  it('that the channel has no more are unknown there, unless it has them under their number after all', async () => {
    for (const id of ['1', '2']) known(id);
    placed = ['1', '2'];
    there.set('2', same('2', { changedAt: at(-10_000) }));
    expect(await ask()).toMatchObject({ compared: 1, differing: 1 });
    expect([kindsOf('1'), kindsOf('2')]).toEqual([['unknown-there'], undefined]);
  });

  it('are looked at again where they are suspected, though the channel has not changed them', async () => {
    known('1');
    there.set(
      '1',
      same('1', {
        changedAt: at(-10_000),
        lines: [
          { lineId: '1', quantity: 2, shipped: 1 },
          { lineId: '2', quantity: 3, shipped: 0 },
        ],
      }),
    );
    suspects = ['1', 'nowhere'];
    expect(await ask()).toMatchObject({ compared: 1, differing: 1 });
    expect(kindsOf('1')).toEqual(['shipped-there']);
  });

  it('are compared by one process at a time, and of a channel that can be asked', async () => {
    await expect(comparing.ask('erp', meta)).rejects.toMatchObject({ code: 'CHANNEL_NOT_ASKED' });
    busy = true;
    expect(await ask()).toBeUndefined();
  });

  it('may be those of a list: one that is not in it is unknown there only where the list is of all', async () => {
    known('1');
    placed = ['1'];
    const list = async function* () {
      yield [same('2', { cancelled: true })];
    };
    expect(await comparing.list('erp', list(), { meta })).toEqual({ compared: 1, inFlight: 0, fetched: 0, differing: 0 });
    expect(await comparing.list('erp', list(), { meta, since: at(-100) })).toMatchObject({ compared: 2, differing: 1 });
    expect(kindsOf('1')).toEqual(['unknown-there']);
  });
});

describe('refunds that stand in the books of a channel only', () => {
  const word = (...amounts: readonly number[]) => ({
    ...{ kind: 'refunds' as const, externalOrderId: '1' },
    refunds: amounts.map((amount, i) => ({ channelRefundId: `r-${i}`, amount, currency: 'GBP', lines: [], refundedAt: at(-60) })),
  });
  const booked = (more: Partial<OrderTraffic>) => {
    traffic = { ...quiet, ...more };
  };
  const differing = () => noted.get('1')?.map(({ here: ours, there: theirs, cause }) => [ours, theirs, cause]);

  it('disagree where they never add up, and only about money, at once', async () => {
    known('1');
    booked({ booked: 400 });
    await comparing.heardBooks('books', word(500, -100));
    expect([kept, differing(), kinds]).toEqual([{ 1: { amount: 400, entries: 2 } }, [[0, 400, 'unexplained']], ['refunded']]);
  });

  it('may add up by themselves while something that was asked for may stand nowhere yet', async () => {
    known('1');
    booked({ refunded: 300, refundedAt: at(-60), booked: 407 });
    await comparing.heardBooks('books', word(407));
    expect(differing()).toEqual([[0, 407, 'books-late']]);
    booked({ refunded: 300, refundedAt: at(-60), booked: 0 });
    await comparing.heardBooks('books', word());
    expect(differing()).toEqual([]);
  });

  it('are compared again with each comparison: what was asked for and stands nowhere after three days is missed', async () => {
    known('1');
    there.set('1', same('1', { changedAt: at(-10_000) }));
    suspects = ['1'];
    booked({ refunded: 300, refundedAt: at(-71 * 60) });
    await comparing.ask('books', meta);
    expect(differing()).toEqual([]);
    booked({ refunded: 300, refundedAt: at(-73 * 60) });
    await comparing.ask('books', meta);
    expect([differing(), kinds, suspected]).toEqual([
      [[300, 0, 'unexplained']],
      undefined,
      { before: at(-30), bookedBefore: at(-72 * 60) },
    ]);
  });

  it('are nothing of a channel that says with each order what went back', async () => {
    known('1');
    there.set('1', same('1'));
    booked({ refunded: 300, refundedAt: at(-80 * 60), booked: 0 });
    await ask();
    expect([differing(), suspected]).toEqual([[], { before: at(-30), bookedBefore: undefined }]);
  });
});

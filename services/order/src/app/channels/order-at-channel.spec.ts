import { Away, fold, Refused, type Meta } from '@cartage/eventsourcing';
import { order } from '../../domain/order';
import { placing } from '../../domain/order.fixture';
import type { ChannelOrderState } from './connector';
import type { EditAnswer } from '../edits';
import { followingChannels, type SaidLast } from './order-at-channel';

const meta = { commandId: 'c', correlationId: 'c', actor: 'spec' };
const early = '2026-11-20T10:00:00.000Z';
const late = '2026-11-20T10:05:00.000Z';

const stateOf = (more: Partial<ChannelOrderState> = {}): ChannelOrderState => ({
  ...{ externalOrderId: 'MX-1', changedAt: early, payment: 'good' },
  order: { currency: 'EUR', customer: { name: 'Ada' }, lines: [{ lineId: '1', sku: 'A', quantity: 1, unitPrice: 100 }] },
  ...more,
});

interface Told {
  readonly asked: object;
  readonly commandId: string;
}

let placed: number;
let isKnown: boolean;
let cancelled: Told[];
let edited: Told[];
let redirected: number;
/** What each of them does before it answers. */
let onEdit: () => void;
let onRedirect: () => void;
let onKeep: () => void;
let dropped: string[];
/** What the channel said last, as it is kept for its next word. */
let last: SaidLast | undefined;

const unused = (): never => {
  throw new Error('Nobody asks for it here.');
};
const placedOrder = () => {
  const event = { type: 'OrderPlaced', data: { ...placing, orderId: 'order-of-MX-1' } } as const;
  const of = { id: 'e', stream: 's', version: 1, position: '1', meta, recordedAt: early } as const;
  const state = fold(order, [{ ...of, ...event }]);
  if (!state) throw new Error('It was placed.');
  return { order: state, events: [], version: 1 };
};
const done = { version: 2, position: '2', repeated: false };
const told = (list: Told[], asked: object, { commandId }: Meta): void => void list.push({ asked, commandId });
const editAnswer = (): EditAnswer => {
  const { order: placedAs } = placedOrder();
  const of = { orderId: 'o', editId: 'e', status: 'edited', requested: [], orderVersion: 2, orderStatus: 'placed' } as const;
  return { ...of, currency: 'EUR', totals: placedAs.sold.totals, due: 0, holds: placedAs.holds };
};
const follow = followingChannels({
  orders: {
    place: async () => {
      placed += 1;
      const receipt = { orderId: 'o-1', channel: 'shop', status: 'placed', placedAt: early, currency: 'EUR' } as const;
      const totals = { goods: 100, discount: 0, shipping: 0, tax: 0, total: 100 };
      return { receipt: { ...receipt, totals, position: '1' }, version: 1, position: '1', repeated: false };
    },
  },
  read: async () => {
    if (isKnown) return placedOrder();
    throw new Refused('ORDER_UNKNOWN', 'There is none.', 'unknown');
  },
  cancellations: {
    cancel: async ({ lines }, by) => {
      told(cancelled, lines ?? [], by);
      const answer = { cancellationId: 'c', status: 'cancelled', reason: { code: 'x', by: 'channel' }, at: early, cancelled: [] } as const;
      const money = { currency: 'EUR', amount: 0, refund: 0, release: 0 };
      const of = { requested: [], refused: [], orderId: 'o', orderStatus: 'placed', expected: money } as const;
      return { answer: { ...answer, ...of }, ...done };
    },
  },
  edits: {
    edit: async (_, asked, by) => {
      onEdit();
      told(edited, asked, by);
      return { ...done, answer: editAnswer() };
    },
    redirect: async () => {
      onRedirect();
      redirected += 1;
      return { ...done, answer: editAnswer() };
    },
  },
  vault: { open: unused },
  people: { hashOf: async (_, text) => text },
  orderIdOf: (_, id) => `order-of-${id}`,
  toldLess: async () => ({}),
  idFor: (...parts) => parts.join(':'),
  shaped: (placement) => placement,
  dropParked: async (channel, orderId) => void dropped.push(`${channel} ${orderId}`),
});
let messages = 0;
const hear = async (state: ChannelOrderState) => {
  const keep = async (said: SaidLast): Promise<void> => {
    onKeep();
    last = said;
  };
  const followed = await follow({ channel: 'shop', messageId: `m-${(messages += 1)}`, state, last, keep }, meta);
  last = followed.said ?? last;
  return followed;
};

beforeEach(() => {
  [placed, dropped, last, isKnown] = [0, [], undefined, false];
  [cancelled, edited, redirected] = [[], [], 0];
  [onEdit, onRedirect, onKeep] = [() => undefined, () => undefined, () => undefined];
});

describe('an order of a channel that is not here', () => {
  const cancelled = { code: 'channel-cancelled', by: 'customer' } as const;

  it.each<[string, Partial<ChannelOrderState>, RegExp]>([
    ['was cancelled there', { cancelled }, /has cancelled it before/],
    ['has no money any more', { payment: 'void' }, /no money/],
    ['was sent by somebody else', { sent: 'whole' }, /else has sent it/],
  ])('and %s is not placed, neither by an older word that comes late, nor by whoever finds it kept aside', async (_, over, why) => {
    expect(await hear(stateOf({ changedAt: late, ...over }))).toMatchObject({ status: 'ignored', detail: expect.stringMatching(why) });
    expect(await hear(stateOf())).toMatchObject({ status: 'ignored' });
    expect({ placed, dropped }).toEqual({ placed: 0, dropped: ['shop order-of-MX-1'] });
  });

  it('is placed by a later word, which counts from how it was placed', async () => {
    await hear(stateOf({ sent: 'whole' }));
    expect(last).toEqual({ changedAt: early, cancelled: false });
    expect(await hear(stateOf({ changedAt: late }))).toMatchObject({ status: 'taken', said: { units: { 1: 1 } } });
    expect(placed).toBe(1);
  });

  it('and of which some was sent by somebody else is a person’s: nobody sends all of it', async () => {
    await expect(hear(stateOf({ sent: 'part' }))).rejects.toMatchObject({ code: 'ORDER_SENT_IN_PART', kind: 'invalid' });
    expect(placed).toBe(0);
  });
});

describe('what a channel says of an order that is here', () => {
  const line = (lineId: string, quantity: number) => ({ lineId, sku: lineId, quantity, unitPrice: 100 });
  const shipTo = { lines: ['1 High Street'], city: 'London', country: 'GB' };
  /** The order of the fixture has two of line 1, and three of line 2. */
  const says = (changedAt: string, lines: readonly ReturnType<typeof line>[], to: object = shipTo): ChannelOrderState =>
    stateOf({ changedAt, order: { ...stateOf().order, shipTo: { ...shipTo, ...to }, lines } });
  const at = (minute: number): string => `2026-11-20T11:${String(minute).padStart(2, '0')}:00.000Z`;
  const no = (code: string) => () => {
    throw new Refused(code, 'No.', 'invalid');
  };

  beforeEach(async () => {
    isKnown = true;
    last = { changedAt: early, units: { 1: 2, 2: 3 }, place: JSON.stringify([{ name: 'Ada' }, shipTo]), cancelled: false };
  });

  it('takes units away once, where what it brings with the same word cannot be taken, however often it says so', async () => {
    onEdit = no('EDIT_INVALID');
    const swap = [line('1', 2), line('2', 2), line('3', 1)];
    await expect(hear(says(at(1), swap))).rejects.toMatchObject({ code: 'EDIT_INVALID' });
    await expect(hear(says(at(2), swap))).rejects.toMatchObject({ code: 'EDIT_INVALID' });
    expect(cancelled.map(({ asked }) => asked)).toEqual([[{ lineId: '2', quantity: 1 }]]);
    onEdit = () => undefined;
    expect(await hear(says(at(3), swap))).toMatchObject({ status: 'taken', said: { units: { 1: 2, 2: 2, 3: 1 } } });
    expect([cancelled.length, edited.length]).toEqual([1, 1]);
  });

  it('brings units once, where it cannot go where the same word says', async () => {
    onRedirect = no('TOO_LATE');
    for (const minute of [1, 2])
      await expect(hear(says(at(minute), [line('1', 3), line('2', 3)], { city: 'Leeds' }))).rejects.toMatchObject({ code: 'TOO_LATE' });
    expect(edited.map(({ asked }) => asked)).toMatchObject([{ change: [{ lineId: '1', quantity: 3 }] }]);
    onRedirect = () => undefined;
    expect(await hear(says(at(3), [line('1', 3), line('2', 3)], { city: 'Leeds' }))).toMatchObject({ detail: 'It goes elsewhere.' });
  });

  it('is the same wish in a later word, where whoever followed the first one died before it was noted; and another one from there', async () => {
    onKeep = () => {
      throw new Away('The database is away.');
    };
    for (const minute of [1, 2]) await expect(hear(says(at(minute), [line('1', 2), line('2', 2)]))).rejects.toMatchObject({ name: 'Away' });
    expect(cancelled[1]).toEqual(cancelled[0]);
    onKeep = () => undefined;
    await hear(says(at(3), [line('1', 2), line('2', 2)]));
    await hear(says(at(4), [line('1', 2), line('2', 1)]));
    expect(cancelled[2]?.commandId).toBe(cancelled[0]?.commandId);
    expect(cancelled[3]?.commandId).not.toBe(cancelled[0]?.commandId);
  });

  it('goes nowhere else because the channel has found out where it is on a map, or under which number its buyer is kept', async () => {
    const same = says(at(1), [line('1', 2), line('2', 3)], { latitude: 51.5, longitude: -0.1 });
    const state = { ...same, order: { ...same.order, customer: { id: 'c-1', name: 'Ada' } } };
    expect(await hear(state)).toMatchObject({ status: 'ignored' });
    expect(redirected).toBe(0);
  });
});

import { Refused } from '@cartage/eventsourcing';
import type { ChannelOrderState } from './connector';
import { followingChannels, type SaidLast } from './order-at-channel';

const meta = { commandId: 'c', correlationId: 'c', actor: 'spec' };
const early = '2026-11-20T10:00:00.000Z';
const late = '2026-11-20T10:05:00.000Z';

const stateOf = (more: Partial<ChannelOrderState> = {}): ChannelOrderState => ({
  ...{ externalOrderId: 'MX-1', changedAt: early, payment: 'good' },
  order: { currency: 'EUR', customer: { name: 'Ada' }, lines: [{ lineId: '1', sku: 'A', quantity: 1, unitPrice: 100 }] },
  ...more,
});

let placed: number;
let dropped: string[];
/** What the channel said last, as it is kept for its next word. */
let last: SaidLast | undefined;

const unused = (): never => {
  throw new Error('Nobody asks for it here.');
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
    throw new Refused('ORDER_UNKNOWN', 'There is none.', 'unknown');
  },
  ...{ cancellations: { cancel: unused }, edits: { edit: unused, redirect: unused }, vault: { open: unused } },
  people: { hashOf: async () => 'hash' },
  orderIdOf: (_, id) => `order-of-${id}`,
  toldLess: async () => ({}),
  idFor: (...parts) => parts.join(':'),
  shaped: (placement) => placement,
  dropParked: async (channel, orderId) => void dropped.push(`${channel} ${orderId}`),
});
const hear = async (state: ChannelOrderState) => {
  const followed = await follow({ channel: 'shop', messageId: 'm', state, last }, meta);
  last = followed.said ?? last;
  return followed;
};

beforeEach(() => {
  [placed, dropped, last] = [0, [], undefined];
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

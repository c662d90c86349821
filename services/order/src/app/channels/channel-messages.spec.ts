import { manualClock, Refused, type ManualClock } from '@cartage/eventsourcing';
import type { Vault } from '@cartage/service-kit';
import type { ChannelMessage, MessageTable } from './channel-message';
import { Inbox } from './channel-messages';
import type { ChannelConnector, RefundAtChannel } from './connector';
import type { Followed } from './order-at-channel';

const meta = { commandId: 'c', correlationId: 'c', actor: 'spec' };
const word: RefundAtChannel = {
  kind: 'refund',
  externalOrderId: 'MX-1',
  channelRefundId: 'R-1',
  amount: 1,
  currency: 'GBP',
  lines: [],
  refundedAt: '',
};
const connector: ChannelConnector = {
  open: () => ({ messageId: 'm-1', topic: 'refund', payload: {} }),
  about: () => 'after-sale',
  orderIn: () => {
    throw new Refused('MESSAGE_INVALID', 'It is no order.', 'invalid');
  },
  afterSaleIn: () => word,
  numberIn: () => undefined,
};
const box = { key: 'k', box: 'b' };

let clock: ManualClock;
let rows: Map<string, { message: ChannelMessage; box: typeof box | undefined }>;
let opened: { readonly payload: unknown } | undefined;
let answer: Followed;
let rejected: number;
let sealedUnder: string[];
let pauses: (number | undefined)[];
let customer: string | undefined;
let inbox: Inbox;

const unused = (): never => {
  throw new Error('Nobody asks for it here.');
};
const table: MessageTable = {
  find: async (_, messageId) => rows.get(messageId),
  keep: async (message, sealed, againMs) => {
    pauses.push(againMs);
    const before = rows.get(message.messageId)?.message;
    const kept = { ...message, tries: (before?.tries ?? 0) + 1, receivedAt: before?.receivedAt ?? message.receivedAt };
    rows.set(message.messageId, { message: kept, box: sealed ? box : undefined });
  },
  takeEarly: async (_, channels) =>
    [...rows.values()].flatMap(({ message, box: sealed }) =>
      sealed && message.status === 'waiting' && channels.includes(message.channel) ? [{ message, box: sealed }] : [],
    ),
  list: unused,
  refused: async () => [],
  forget: unused,
  inTurn: unused,
};

beforeEach(() => {
  clock = manualClock();
  rows = new Map();
  opened = { payload: {} };
  answer = { status: 'waiting', detail: 'There is no such order.', orderId: null, early: true };
  rejected = 0;
  sealedUnder = [];
  pauses = [];
  customer = undefined;
  const vault: Pick<Vault, 'open' | 'seal'> = {
    seal: async (person) => {
      sealedUnder.push(person);
      return box;
    },
    open: async <Content>() => opened as Content | undefined,
  };
  inbox = new Inbox({
    ...{ connectors: new Map([['shop', connector]]), sources: new Map(), table, vault: vault as Vault },
    ...{ follow: unused, followAfterSale: async () => answer, orderIdOf: () => 'o', now: () => clock.now() },
    ...{ personOf: async () => customer, onRejected: async () => void (rejected += 1) },
  });
});

const receive = () => inbox.receive('shop', { headers: {}, rawBody: new Uint8Array() }, meta);
const status = () => rows.get('m-1')?.message;
const DAY_MS = 86_400_000;

describe('a message that comes before what it speaks of', () => {
  it('is looked at again soon, and then after longer and longer', async () => {
    await receive();
    for (let look = 1; look < 9; look += 1) await inbox.lookAgain(meta);
    expect(pauses).toEqual([5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 320_000, 600_000, 600_000]);
  });

  it('waits, is looked at again, and is taken when that is there', async () => {
    expect(await receive()).toMatchObject({ status: 'waiting', externalOrderId: 'MX-1' });
    await inbox.lookAgain(meta);
    expect(status()).toMatchObject({ status: 'waiting', tries: 2 });
    answer = { status: 'taken', detail: 'It was taken over.', orderId: 'o' };
    await inbox.lookAgain(meta);
    expect(status()).toMatchObject({ status: 'taken', orderId: 'o' });
    expect(rows.get('m-1')?.box).toBeUndefined();
  });

  it('is sealed under the key of its order’s customer, so that both are erased together; a guest’s under that of the order', async () => {
    await receive();
    customer = 'c-17';
    await inbox.lookAgain(meta);
    expect(sealedUnder).toEqual(['guest-o', 'c-17']);
  });

  it('is a person’s after a week, and says nothing of an order that cannot be taken over', async () => {
    await receive();
    await clock.advance(7 * DAY_MS - 1);
    await inbox.lookAgain(meta);
    expect(status()).toMatchObject({ status: 'waiting' });
    await clock.advance(2);
    await inbox.lookAgain(meta);
    expect(status()).toMatchObject({ status: 'refused', code: 'MESSAGE_EARLY', externalOrderId: 'MX-1' });
    expect(rejected).toBe(0);
  });

  it('waits while nothing is connected under the name of its channel', async () => {
    await receive();
    const { message } = rows.get('m-1') ?? unused();
    rows.set('m-1', { message: { ...message, channel: 'gone' }, box });
    await inbox.lookAgain(meta);
    expect(rows.get('m-1')).toMatchObject({ message: { status: 'waiting', tries: 1 }, box });
  });

  it('keeps no other back when it cannot be looked at, nor what it waited for', async () => {
    await receive();
    const { message } = rows.get('m-1') ?? unused();
    rows.set('m-0', { message: { ...message, messageId: 'm-0' }, box });
    const broken = new Error('Cannot digest this.');
    const { get } = rows;
    answer = { status: 'taken', detail: 'It was taken over.', orderId: 'o' };
    rows.get = (id) => {
      if (id === 'm-0') throw broken;
      return get.call(rows, id);
    };
    await expect(inbox.lookAgain(meta)).rejects.toBe(broken);
    expect(status()).toMatchObject({ status: 'taken' });
    expect(await inbox.receive('shop', { headers: {}, rawBody: new Uint8Array() }, meta)).toMatchObject({ status: 'taken' });
  });

  it('ends where its person was erased meanwhile', async () => {
    await receive();
    opened = undefined;
    await inbox.lookAgain(meta);
    expect(status()).toMatchObject({ status: 'ignored', detail: expect.stringContaining('erased') });
  });
});

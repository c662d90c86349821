import { Away } from '@cartage/eventsourcing';
import { bringingItsOrder } from './bringing-orders';
import type { ChannelMessage } from './channel-message';
import type { ChannelEnvelope, ReturnAtChannel } from './connector';
import type { Followed } from './order-at-channel';

const meta = { commandId: 'c', correlationId: 'c', actor: 'spec' };
const word: ReturnAtChannel = { kind: 'return', externalOrderId: '305-1', channelReturnId: 'R-1', standing: 'approved', lines: [] };
const heard = { channel: 'shop', messageId: 'm-1', word };
const early: Followed = { status: 'waiting', detail: 'There is no order.', orderId: null, early: true };
const taken: Followed = { status: 'taken', detail: 'The return was taken over.', orderId: 'o-1' };
const envelope: ChannelEnvelope = { messageId: 'order.305-1', topic: 'order', payload: {} };

const trial = (there: () => Promise<ChannelEnvelope | undefined>, status: ChannelMessage['status'] = 'taken', isKnown = false) => {
  const asked: string[] = [];
  let isHere = false;
  const source = {
    ...{ isAsked: true, changedSince: async function* () {}, standingIn: () => ({ externalOrderId: '', changedAt: '', cancelled: false }) },
    order: (externalOrderId: string) => {
      asked.push(externalOrderId);
      return there();
    },
  };
  const follow = bringingItsOrder({
    follow: async () => (isHere ? taken : early),
    sources: new Map([['shop', source]]),
    take: async () => {
      isHere = status === 'taken';
      return { status, detail: 'The channel has no money for it.' };
    },
    isKnown: async () => isKnown,
  });
  return { asked, answer: () => follow(heard, meta) };
};

describe('a word of an order that is not here', () => {
  it('brings the order, and is heard then', async () => {
    const { asked, answer } = trial(async () => envelope);
    expect(await answer()).toEqual(taken);
    expect(asked).toEqual(['305-1']);
  });

  it('is nothing to us where its order is nothing to us', async () => {
    expect(await trial(async () => envelope, 'ignored').answer()).toMatchObject({
      status: 'ignored',
      detail: 'Its order is nothing to us: The channel has no money for it.',
    });
  });

  it('waits where its order waits, is not there, or cannot be asked for', async () => {
    const away = () => Promise.reject(new Away('Nobody answers.'));
    for (const { answer } of [trial(async () => envelope, 'waiting'), trial(async () => undefined), trial(away)])
      expect(await answer()).toEqual(early);
    await expect(trial(() => Promise.reject(new Error('No.'))).answer()).rejects.toThrow('No.');
  });

  it('of an order that is here asks nobody', async () => {
    const { asked, answer } = trial(async () => envelope, 'taken', true);
    expect([await answer(), asked]).toEqual([early, []]);
  });
});

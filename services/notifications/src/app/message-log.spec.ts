import { memoryDeadlines } from '@cartage/eventsourcing';
import { Messages, type ShownMessage } from './message-log';
import type { Outbox, PlannedMessage } from './outbox';

const now = new Date('2026-11-23T12:00:00.000Z');
const idFor = (...parts: readonly string[]): string => parts.join('/');

const shown = (message: PlannedMessage, status: ShownMessage['status']): ShownMessage => ({
  ...{
    messageId: message.messageId,
    orderId: message.orderId,
    kind: message.kind,
    medium: message.medium,
    status,
    plannedAt: message.plannedAt,
  },
  ...{ endedAt: null, attempts: 0, reason: null, detail: null, template: null, templateVersion: null, locale: null, brand: null },
  ...{ sender: null, reference: null, mergedInto: null, repeats: message.repeats ?? null },
});

const first: PlannedMessage = {
  ...{ messageId: 'm-1', orderId: 'o-1', kind: 'dispatched', medium: 'email', content: {}, plannedAt: '2026-11-23T10:00:00.000Z' },
};

/** Messages whose process dies before it has said when to send one, as often as it is told to. */
const messagesThatDie = (times: number) => {
  const rows = new Map([['m-1', shown(first, 'sent')]]);
  const deadlines = memoryDeadlines();
  let left = times;
  const messages = new Messages({
    log: {
      list: async () => [...rows.values()],
      find: async (messageId) => rows.get(messageId),
      contentOf: async () => ({}),
    },
    outbox: { plan: async (message: PlannedMessage) => void rows.set(message.messageId, shown(message, 'waiting')) } as unknown as Outbox,
    deadlines: {
      ...deadlines,
      set: async (deadline) => {
        if ((left -= 1) >= 0) throw new Error('died');
        await deadlines.set(deadline);
      },
    },
    idFor,
    now: () => now,
  });
  const planned = async () => (await deadlines.list({ now, limit: 10 })).map(({ id }) => id);
  return { messages, planned, rows };
};

describe('a message that is sent once more', () => {
  it('is planned, and its time is set', async () => {
    const { messages, planned } = messagesThatDie(0);
    expect(await messages.resend('m-1', 'c-1')).toMatchObject({ messageId: 'resend/c-1', repeats: 'm-1', status: 'waiting' });
    expect(await planned()).toEqual(['message-resend/c-1']);
  });

  it('goes out also where its process died before its time was set, as soon as it is asked for again', async () => {
    const { messages, planned, rows } = messagesThatDie(1);
    await expect(messages.resend('m-1', 'c-1')).rejects.toThrow('died');
    expect([rows.size, await planned()]).toEqual([2, []]);
    expect(await messages.resend('m-1', 'c-1')).toMatchObject({ messageId: 'resend/c-1' });
    expect([rows.size, await planned()]).toEqual([2, ['message-resend/c-1']]);
  });

  it('is refused under a key that was used for another message', async () => {
    const { messages, rows } = messagesThatDie(0);
    rows.set('m-2', shown({ ...first, messageId: 'm-2' }, 'sent'));
    await messages.resend('m-1', 'c-1');
    await expect(messages.resend('m-2', 'c-1')).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });
});

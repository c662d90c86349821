import { Away, bell, manualClock } from '@cartage/eventsourcing';
import type { ClaimedUpdate } from './channel-update';
import { channelRelay } from './relay';
import type { StockShelf } from './stock-shelf';
import type { UpdateEnding, UpdateOutbox } from './update-outbox';

const unused = (): Promise<never> => Promise.reject(new Error('Nobody asks for it here.'));
const shelf: StockShelf = {
  ...{ keep: unused, claim: unused, settle: unused, postpone: unused, nextAt: unused, list: unused, resubmit: unused },
};
const refund = { kind: 'refunded', refundId: 'r-1', amount: 500, currency: 'EUR' } as const;

describe('money that a channel is to give back', () => {
  it('is heard of before the telling ends, again if need be; what the channel gave of its own accord is told to nobody', async () => {
    const clock = manualClock();
    const waiting = new Map<string, { readonly content: ClaimedUpdate['content']; attempts: number; nextAt: number }>([
      ['asked', { content: refund, attempts: 0, nextAt: 0 }],
      ['unasked', { content: { ...refund, unasked: true }, attempts: 0, nextAt: 0 }],
    ]);
    const endings = new Map<string, UpdateEnding>();
    const outbox: UpdateOutbox = {
      claim: async (_, { now, until }) =>
        [...waiting].flatMap(([updateId, row]) => {
          if (row.nextAt > now.getTime()) return [];
          row.attempts += 1;
          row.nextAt = until.getTime();
          return [{ updateId, channel: 'shop', externalOrderId: updateId, content: row.content, attempts: row.attempts, backInAll: 500 }];
        }),
      end: async (updateId, ending) => {
        waiting.delete(updateId);
        endings.set(updateId, ending);
      },
      postpone: async (updateId, until) => {
        const row = waiting.get(updateId);
        if (row) row.nextAt = until.getTime();
      },
      nextAt: async () => undefined,
      ...{ connectedSince: unused, plan: unused, toldLess: unused, isRefunding: unused, find: unused, list: unused, resubmit: unused },
    };
    const told: string[] = [];
    const heard: (readonly [updateId: string, amount: number])[] = [];
    let failures = 1;
    const relay = channelRelay({
      ...{ channel: 'shop', outbox, stock: shelf, newId: () => '1', clock, news: bell(), onTrouble: () => undefined },
      outlet: {
        tell: async ({ updateId }) => {
          told.push(updateId);
          return { status: 'told', detail: 'It has taken it.', given: 400 };
        },
      },
      onGiven: async ({ updateId }, amount) => {
        if ((failures -= 1) >= 0) throw new Away('The log is away.');
        heard.push([updateId, amount]);
      },
    });
    const run = new AbortController();
    const running = relay.run(run.signal);
    await clock.advance(500);
    expect([...endings.keys()]).toEqual(['unasked']);
    await clock.advance(20_000);
    expect(endings.get('asked')).toEqual({ status: 'told', detail: 'It has taken it.' });
    expect(heard).toEqual([['asked', 400]]);
    expect(told).toEqual(['asked', 'asked']);
    run.abort();
    await clock.advance(1);
    await running;
  });
});

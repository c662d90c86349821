import { manualClock, memoryTracing } from '@cartage/eventsourcing';
import type { TopicWriter } from '@cartage/messaging';
import type { Kit } from '@cartage/service-kit';
import type { TopicReplay } from '../../app/replays/replay-table';
import { factOf } from '../../domain/facts.fixture';
import { topicSending } from './topic-sending';

const replay: TopicReplay = {
  ...{ replayId: 'r-1', topic: 'replays.erp', filter: {}, after: 0, upTo: 2, rate: 10, position: 0, entered: 0 },
  ...{ askedAt: '2026-11-28T12:00:00.000Z', askedBy: 'spec', status: 'running' },
};
const parent = `00-${'b'.repeat(32)}-${'c'.repeat(16)}-01`;
const traced = { position: 1, fact: { ...factOf({ n: 1, type: 'OrderPlaced' }), traceparent: parent } };
const untraced = { position: 2, fact: factOf({ n: 2, type: 'OrderPlaced' }) };

const sending = (send: TopicWriter['send']) => {
  const tracing = memoryTracing();
  const writer: TopicWriter = { ensure: async () => undefined, ensureCompacted: async () => undefined, send, close: async () => undefined };
  const log = { warn: () => undefined } as unknown as Kit['log'];
  const { signal } = new AbortController();
  return { tracing, ...topicSending({ writer: () => writer, clock: manualClock(), log, signal, tracing }) };
};

describe('events that are sent to a topic once more', () => {
  it('are a span each of the trace that they were part of when they happened; those of no trace are in none', async () => {
    const { tracing, send } = sending(async () => []);
    expect(await send(replay, [traced, untraced])).toEqual({ refused: 0 });
    expect(tracing.spans).toMatchObject([
      {
        ...{ name: 'send replays.erp', kind: 'producer', parent, end: 'ok' },
        attributes: { 'messaging.destination.name': 'replays.erp', 'messaging.message.id': traced.fact.id, 'cartage.replay_id': 'r-1' },
      },
    ]);
  });

  it('say when Kafka has not taken them', async () => {
    const { tracing, send } = sending(() => Promise.reject(new Error('Kafka is away.')));
    expect(await send(replay, [traced])).toEqual({ failure: 'Kafka is away.' });
    expect(tracing.spans).toMatchObject([{ end: 'not-sent' }]);
  });
});

import { decimal, integer, list, nullable, object, oneOf, optional, text, time, uuid } from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import type { CountedReplay } from '../../app/replays/replay-table';
import { progressOf, replayStatuses } from '../../domain/replay';

type Rewritten = 'endpointId' | 'topic' | 'refused' | 'failure' | 'after' | 'upTo' | 'position' | 'note' | 'endedAt';

export interface ShownReplay extends Omit<CountedReplay, Rewritten> {
  readonly endpointId: string | null;
  readonly topic: string | null;
  readonly failure: string | null;
  readonly after: string;
  readonly upTo: string;
  readonly position: string;
  readonly progress: number;
  readonly note: string | null;
  readonly endedAt: string | null;
}

export const shownReplay = ({ refused: _, ...replay }: CountedReplay): ShownReplay => ({
  ...replay,
  ...{ after: String(replay.after), upTo: String(replay.upTo), position: String(replay.position), progress: progressOf(replay) },
  endpointId: replay.endpointId ?? null,
  topic: replay.topic ?? null,
  failure: replay.failure ?? null,
  note: replay.note ?? null,
  endedAt: replay.endedAt ?? null,
});

export const replayAnswer = answerOf<ShownReplay>()(
  'Replay',
  object({
    replayId: uuid(),
    endpointId: nullable(uuid('The webhook endpoint that it is sent to; null: it is sent to a topic.')),
    topic: nullable(text('The topic that it is sent to; null: it is sent to an endpoint.')),
    filter: object({
      types: optional(list(text())),
      orders: optional(list(uuid())),
      keys: optional(list(text(), 'Keys or subjects under which they were published.')),
      skus: optional(list(text())),
      locations: optional(list(text())),
      payments: optional(list(uuid())),
      customers: optional(list(text())),
      channels: optional(list(text(), 'Those of the endpoint.')),
      from: optional(time('What was recorded then or later.')),
      to: optional(time('What was recorded before then.')),
    }),
    after: text('Events behind this position, as digits,'),
    upTo: text('up to this one.'),
    rate: integer('So many in a second, at most.'),
    note: nullable(text('What for.')),
    askedAt: time(),
    askedBy: text('Who asked for it.'),
    status: oneOf(replayStatuses, '`complete`: everything was sent, and taken or given up.'),
    failure: nullable(text('Why nothing can be sent to the topic now; it is tried again.')),
    position: text('Events up to here were looked through.'),
    progress: decimal('How much of its range that is, from 0 to 1.'),
    entered: integer('So many were found, to be sent; to a topic, so many were sent.'),
    waiting: integer('Of them wait.'),
    delivered: integer('Of them were taken.'),
    givenUp: integer('Of them were given up; of a topic: it will never take them, such as those that are too large for it.'),
    endedAt: nullable(time()),
  }),
);
export const replayPage = pageAnswer(replayAnswer);

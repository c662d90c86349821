import { decimal, integer, list, nullable, object, oneOf, optional, text, time, uuid } from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import type { CountedReplay } from '../../app/replays/replay-table';
import { progressOf, replayStatuses } from '../../domain/replay';

export interface ShownReplay extends Omit<CountedReplay, 'after' | 'upTo' | 'position' | 'note' | 'endedAt'> {
  readonly after: string;
  readonly upTo: string;
  readonly position: string;
  readonly progress: number;
  readonly note: string | null;
  readonly endedAt: string | null;
}

export const shownReplay = ({ after, upTo, position, note, endedAt, ...replay }: CountedReplay): ShownReplay => ({
  ...replay,
  ...{ after: String(after), upTo: String(upTo), position: String(position) },
  progress: progressOf({ after, upTo, position }),
  note: note ?? null,
  endedAt: endedAt ?? null,
});

export const replayAnswer = answerOf<ShownReplay>()(
  'Replay',
  object({
    replayId: uuid(),
    endpointId: uuid('The webhook endpoint that it is sent to.'),
    filter: object({
      types: optional(list(text())),
      orders: optional(list(uuid())),
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
    position: text('Events up to here were looked through.'),
    progress: decimal('How much of its range that is, from 0 to 1.'),
    entered: integer('So many were found, to be sent.'),
    waiting: integer('Of them wait.'),
    delivered: integer('Of them were taken.'),
    givenUp: integer('Of them were given up.'),
    endedAt: nullable(time()),
  }),
);
export const replayPage = pageAnswer(replayAnswer);

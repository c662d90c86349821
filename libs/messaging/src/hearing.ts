import type { Envelope } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import type { Logger } from 'pino';
import type { Task } from './delivery/keyed-retry';
import { metaOf, type AnyListener } from './listener';

export interface Hearing {
  readonly listener: AnyListener;
  readonly log: Logger;
}

/** What a listener has to do about an event; nothing, if it does not listen to its type or takes no replays. */
export const taskOf = ({ listener, log }: Hearing, envelope: Envelope, bury: Task['bury']): Task | undefined => {
  if (envelope.replay && listener.replays !== true) return undefined;
  const hear = listener.on[envelope.type];
  if (!hear) return undefined;
  return {
    key: envelope.subject,
    run: async () => {
      try {
        await hear(envelope.data, metaOf(listener.group, envelope), envelope);
      } catch (error) {
        if (!isFinal(error)) throw error;
        log.info(aboutRefusal(listener, envelope, error), 'An event was refused, for good.');
      }
    },
    bury,
  };
};

/** A refusal is an answer. Only `unknown` may be too early: what the event speaks of may still be on its way here. */
const isFinal = (error: unknown): error is Refused => error instanceof Refused && error.kind !== 'unknown';

const aboutRefusal = ({ group }: AnyListener, { id, type, subject, correlationId }: Envelope, { code, message }: Refused): object => ({
  group,
  eventId: id,
  type,
  subject,
  correlationId,
  code,
  reason: message,
});

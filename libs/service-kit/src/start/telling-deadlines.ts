import { DeadlinePoller, type OnDue } from '@cartage/eventsourcing';
import type { OpenService } from './open-service';

/** Tells a service's deadlines from now on; ends, with what is in hand finished, when it is stopped. */
export const tellDeadlines = ({ deadlines, log }: OpenService, onDue: OnDue): (() => Promise<void>) => {
  const stopping = new AbortController();
  const poller = new DeadlinePoller(deadlines, onDue, {
    onTrouble: (error, deadline) => log.warn({ err: error, deadline: deadline?.id }, 'a deadline could not be told, and is tried again'),
  });
  const told = poller.run(stopping.signal);
  return () => {
    stopping.abort();
    return told;
  };
};

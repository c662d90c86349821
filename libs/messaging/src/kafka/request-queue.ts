import { NO_MORE, systemClock } from '@cartage/eventsourcing';
import { KafkaJSConnectionError } from 'kafkajs';
import RequestQueue from 'kafkajs/src/network/requestQueue';

type Schedule = RequestQueue['scheduleCheckPendingRequests'];

/** Only where something waits. */
export const whereWaiting = (schedule: Schedule): Schedule =>
  function (this: RequestQueue): void {
    if (this.pending.length > 0) schedule.call(this);
  };

/** Not while an answer is still awaited: nobody else would ever give it up. */
export const onceAnswered = (destroy: RequestQueue['destroy']): RequestQueue['destroy'] =>
  function (this: RequestQueue): void {
    if (this.inflight.size === 0) destroy.call(this);
  };

/** One watch over what is late for each queue, also where the one before was kept. */
export const watchedOnce = (watch: RequestQueue['scheduleRequestTimeoutCheck']): RequestQueue['scheduleRequestTimeoutCheck'] =>
  function (this: RequestQueue): void {
    clearInterval(this.requestTimeoutIntervalId);
    watch.call(this);
  };

/** How long whoever closes a connection waits for its answers. */
const CLOSING_MS = 5_000;

/** What is not answered by then is rejected: a broker that is frozen, or dead, answers nothing any more. */
export const forAWhile = (wait: RequestQueue['waitForPendingRequests'], patienceMs = CLOSING_MS): RequestQueue['waitForPendingRequests'] =>
  async function (this: RequestQueue): Promise<void> {
    const answered = new AbortController();
    void systemClock.pause(patienceMs, answered.signal).then(() => {
      if (answered.signal.aborted) return;
      this.rejectAll(new KafkaJSConnectionError('The connection is closed; its broker has not answered.', { broker: this.broker }));
    });
    await wait.call(this);
    answered.abort(NO_MORE);
  };

const theirs = RequestQueue.prototype;
const mended = {
  scheduleCheckPendingRequests: whereWaiting(theirs.scheduleCheckPendingRequests),
  destroy: onceAnswered(theirs.destroy),
  scheduleRequestTimeoutCheck: watchedOnce(theirs.scheduleRequestTimeoutCheck),
  waitForPendingRequests: forAWhile(theirs.waitForPendingRequests),
};

/**
 * Mends what kafkajs 2.2.4 does wrong about requests to a broker; once for the process, however many clients it has.
 *
 * - It plans the next look at its queue even where nothing waits in it, at a time before now: Node takes that as one millisecond (and newer ones warn of a negative
 *   timeout), so that each connection wakes its process a thousand times a second for ever. An empty queue needs no look: who adds what cannot be sent yet plans one.
 * - Whoever closes a connection waits for the answers that are still to come, and stops watching which of them are late. From a broker that died or froze none
 *   comes: closing it never ends, nor does the fetch that waits. A member of a group whose fetch never ends neither beats its heart nor joins again, and its group
 *   listens no more. So requests stay watched until they are settled, and closing waits for `CLOSING_MS` at most.
 */
export const mendRequestQueue = (): void => {
  Object.assign(theirs, mended);
};

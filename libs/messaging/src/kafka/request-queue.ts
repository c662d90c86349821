import RequestQueue from 'kafkajs/src/network/requestQueue';

type Schedule = RequestQueue['scheduleCheckPendingRequests'];

/** Only where something waits. */
export const whereWaiting = (schedule: Schedule): Schedule =>
  function (this: RequestQueue): void {
    if (this.pending.length > 0) schedule.call(this);
  };

const mended: Schedule = whereWaiting(RequestQueue.prototype.scheduleCheckPendingRequests);

/**
 * kafkajs 2.2.4 plans the next look at its queue even where nothing waits in it, at a time before now: Node takes that as one millisecond (and newer ones warn of a negative
 * timeout), so that each connection wakes its process a thousand times a second for ever. An empty queue needs no look: who adds what cannot be sent yet plans one. Once for
 * the process, however many clients it has.
 */
export const mendRequestQueue = (): void => {
  RequestQueue.prototype.scheduleCheckPendingRequests = mended;
};

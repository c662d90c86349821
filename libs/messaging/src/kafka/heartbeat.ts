import { systemClock } from '@cartage/eventsourcing';
import ConsumerGroup from 'kafkajs/src/consumer/consumerGroup';

type Heartbeat = ConsumerGroup['heartbeat'];

/** At once where the last beat lies ahead. */
export const atOnceAfterAhead = (heartbeat: Heartbeat): Heartbeat =>
  function (this: ConsumerGroup, options): Promise<void> {
    if (this.lastRequest > systemClock.now().getTime()) this.lastRequest = 0;
    return heartbeat.call(this, options);
  };

const mended: Heartbeat = atOnceAfterAhead(ConsumerGroup.prototype.heartbeat);

/**
 * kafkajs 2.2.4 plans a member's next heartbeat by the clock of the machine. One that was put back, by a minute say, would leave the group without a heartbeat for that
 * minute: its coordinator takes the member for dead, and whatever the member then does cannot be committed. Once for the process, however many clients it has.
 */
export const mendHeartbeat = (): void => {
  ConsumerGroup.prototype.heartbeat = mended;
};

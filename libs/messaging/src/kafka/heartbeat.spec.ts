import ConsumerGroup from 'kafkajs/src/consumer/consumerGroup';
import { pino } from 'pino';
import { kafkaClient } from './topics';

const EVERY_MS = 60_000;

/** A member whose heart beat last so long ago, by the clock of the machine. */
const memberThatBeat = (msAgo: number) => {
  kafkaClient({ brokers: ['localhost:1'], clientId: 'spec', log: pino({ level: 'silent' }) });
  const beat = jest.fn(async () => undefined);
  const group = new ConsumerGroup({
    groupId: 'suite',
    logger: { namespace: () => ({}) },
    instrumentationEmitter: { emit: () => undefined },
  });
  Object.assign(group, { memberId: 'suite-1', coordinator: { heartbeat: beat }, lastRequest: Date.now() - msAgo });
  return { beat, again: () => group.heartbeat({ interval: EVERY_MS }) };
};

describe('the heartbeat of a member of a group', () => {
  it('goes on at once when the clock of the machine was put back, and then as it is planned', async () => {
    const { beat, again } = memberThatBeat(-3_600_000);
    await again();
    await again();
    expect(beat).toHaveBeenCalledTimes(1);
  });

  it('comes no earlier than it is planned, and no later', async () => {
    const [early, late] = [memberThatBeat(0), memberThatBeat(EVERY_MS)];
    await Promise.all([early.again(), late.again()]);
    expect([early.beat.mock.calls.length, late.beat.mock.calls.length]).toEqual([0, 1]);
  });
});

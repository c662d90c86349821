import RequestQueue from 'kafkajs/src/network/requestQueue';
import { pino } from 'pino';
import { whereWaiting } from './request-queue';
import { kafkaClient } from './topics';

const queueOf = (pending: readonly unknown[]): RequestQueue =>
  Object.assign(Object.create(RequestQueue.prototype) as RequestQueue, { pending });

describe('the queue of requests to a broker', () => {
  const schedule = jest.fn();
  beforeEach(() => schedule.mockClear());

  it('is not looked at again while nothing waits in it', () => {
    whereWaiting(schedule).call(queueOf([]));
    expect(schedule).not.toHaveBeenCalled();
  });
  it('is looked at again as kafkajs has it where requests wait', () => {
    const full = queueOf(['request']);
    whereWaiting(schedule).call(full);
    expect(schedule.mock.contexts).toEqual([full]);
  });
  it('is that of every client of ours, and its idle connections plan nothing', () => {
    kafkaClient({ brokers: ['localhost:1'], clientId: 'spec', log: pino({ level: 'silent' }) });
    const idle = Object.assign(queueOf([]), { throttledUntil: -1, throttleCheckTimeoutId: null });
    idle.scheduleCheckPendingRequests();
    expect(idle.throttleCheckTimeoutId).toBeNull();
  });
});

import { eventually } from '@cartage/testkit';
import RequestQueue from 'kafkajs/src/network/requestQueue';
import { pino } from 'pino';
import { forAWhile, mendRequestQueue, whereWaiting } from './request-queue';
import { kafkaClient } from './topics';

const queueOf = (pending: readonly unknown[]): RequestQueue =>
  Object.assign(Object.create(RequestQueue.prototype) as RequestQueue, { pending });

const LATE_MS = 150;

/** To a broker that answers nothing, over a connection that is being closed. */
const closing = (): RequestQueue =>
  new RequestQueue({
    maxInFlightRequests: null,
    requestTimeout: LATE_MS,
    enforceRequestTimeout: true,
    clientId: 'spec',
    broker: 'localhost:1',
    logger: { debug: () => undefined },
    isConnected: () => false,
  });

let correlationId = 0;

const fetchBy = (queue: RequestQueue): Promise<unknown> =>
  new Promise((resolve, reject) =>
    queue.push({
      entry: { apiKey: 1, apiName: 'Fetch', apiVersion: 11, correlationId: (correlationId += 1), resolve, reject },
      expectResponse: true,
      sendRequest: () => undefined,
    }),
  );

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

  it('gives up what is late, also where its connection is being closed', async () => {
    mendRequestQueue();
    const queue = closing();
    const fetched = fetchBy(queue);
    queue.scheduleRequestTimeoutCheck();
    await expect(fetched).rejects.toThrow('timed out');
  });
  it('is watched by one who looks what is late, and no longer than something is awaited', async () => {
    mendRequestQueue();
    const cleared = jest.spyOn(globalThis, 'clearInterval');
    const queue = closing();
    const fetched = fetchBy(queue);
    queue.scheduleRequestTimeoutCheck();
    const first = queue.requestTimeoutIntervalId;
    queue.destroy();
    expect(cleared).not.toHaveBeenCalledWith(first);
    queue.scheduleRequestTimeoutCheck();
    expect(cleared).toHaveBeenCalledWith(first);
    await expect(fetched).rejects.toThrow('timed out');
    await eventually(() => expect(cleared).toHaveBeenCalledWith(queue.requestTimeoutIntervalId));
  });
  it('keeps nobody for ever who closes its connection', async () => {
    const queue = closing();
    const fetched = expect(fetchBy(queue)).rejects.toThrow('its broker has not answered');
    await forAWhile(RequestQueue.prototype.waitForPendingRequests, 1).call(queue);
    await fetched;
  });
  it('is closed at once where nothing is awaited', async () => {
    const rejected = jest.spyOn(RequestQueue.prototype, 'rejectAll');
    await forAWhile(RequestQueue.prototype.waitForPendingRequests).call(closing());
    expect(rejected).not.toHaveBeenCalled();
  });
});

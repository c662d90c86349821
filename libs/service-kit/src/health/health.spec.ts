import { healthOf, type Check, type Health } from './health';

const works: Check = { name: 'database', vital: true, look: async () => ({ detail: 'fine' }) };
const fails = (name: string, vital: boolean): Check => ({ name, vital, look: () => Promise.reject(new Error('gone')) });

const serving = (...given: Parameters<typeof healthOf>): Health => {
  const health = healthOf(...given);
  health.started();
  return health;
};

describe('readiness', () => {
  it('is not there before the start is over', async () => {
    const health = healthOf([works]);
    expect(await health.ready()).toHaveProperty('status', 'starting');
    health.started();
    expect(await health.ready()).toHaveProperty('status', 'ready');
  });

  it('is there when every part works', async () =>
    expect(await serving([works]).ready()).toEqual({ status: 'ready', checks: { database: { ok: true, vital: true, detail: 'fine' } } }));

  it('is not there without a vital part, and says which and why', async () =>
    expect(await serving([works, fails('log', true)]).ready()).toMatchObject({
      status: 'unavailable',
      checks: { log: { ok: false, error: 'gone' } },
    }));

  it('is only degraded without a part that is not vital', async () =>
    expect(await serving([works, fails('views', false)]).ready()).toHaveProperty('status', 'degraded'));

  it('counts trouble that a part tells of itself', async () => {
    const limping: Check = { name: 'views', vital: false, look: async () => ({ detail: [1], error: 'stuck' }) };
    expect(await serving([limping]).ready()).toEqual({
      status: 'degraded',
      checks: { views: { ok: false, vital: false, detail: [1], error: 'stuck' } },
    });
  });

  it('does not wait for ever for a part that does not answer', async () => {
    const mute: Check = { name: 'log', vital: true, look: () => new Promise(() => undefined) };
    expect(await serving([mute], 10).ready()).toMatchObject({ checks: { log: { error: 'no answer within 10 ms' } } });
  });

  it('ends when the process is about to stop', async () => {
    const health = serving([works]);
    health.stopping();
    health.started();
    expect(await health.ready()).toHaveProperty('status', 'stopping');
  });
});

import { endOf, planOf, type PlanOptions } from './plan';

const options: PlanOptions = {
  seed: 7,
  kills: 40,
  everyMs: 2_000,
  replicas: ['order/1', 'order/2', 'shipping/1', 'shipping/2'],
  brokers: 3,
};

describe('a plan', () => {
  it('is the same for the same seed, and another one for another', () => {
    expect(planOf(options)).toEqual(planOf(options));
    expect(planOf(options)).not.toEqual(planOf({ ...options, seed: 8 }));
  });

  it('has as many kills as were wanted, in the order of their time, and other faults between them', () => {
    const plan = planOf(options);
    expect(plan.filter(({ kind }) => kind === 'kill')).toHaveLength(40);
    expect(plan.length).toBeGreaterThan(50);
    expect(plan.map(({ atMs }) => atMs)).toEqual(plan.map(({ atMs }) => atMs).toSorted((a, b) => a - b));
    expect(plan.map(({ number }) => number)).toEqual(plan.map((_, i) => i + 1));
  });

  it('names only what is there', () => {
    const there = new Set([...options.replicas, 'postgres', 'kafka/1', 'kafka/2', 'kafka/3']);
    expect(planOf(options).filter(({ target }) => !there.has(target))).toEqual([]);
  });

  it('comes to every kind of fault, and to each kind of process, in a long run', () => {
    const plan = planOf({ ...options, kills: 400 });
    expect(new Set(plan.map(({ kind }) => kind))).toEqual(new Set(['kill', 'freeze', 'cut', 'slow', 'black-hole', 'clock', 'disk-full']));
    expect(new Set(plan.filter(({ kind }) => kind === 'kill').map(({ target }) => target)).size).toBe(8);
  });

  it('ends: no fault goes on for longer than twenty seconds', () => {
    const plan = planOf(options);
    expect(plan.every(({ forMs }) => forMs > 0 && forMs <= 20_000)).toBe(true);
    expect(endOf(plan)).toBeLessThanOrEqual(40 * 2_000 + 20_000);
    expect(endOf([])).toBe(0);
  });
});

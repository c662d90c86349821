import type { Inject } from './faults/inject';
import type { Fault, FaultKind } from './plan';
import { runPlan, type PlanRun } from './run-plan';

const fault = (number: number, more: Partial<Fault> = {}): Fault => ({
  number,
  kind: 'kill',
  target: 'order/1',
  atMs: 0,
  forMs: 1,
  ...more,
});
const said = (): void => undefined;
const toItsEnd = (): PlanRun => ({ signal: new AbortController().signal, say: said, restMs: 0 });

/** The same for every kind. */
const everywhere = (inject: Inject): Readonly<Record<FaultKind, Inject>> => {
  const [kill, freeze, cut, slow, clock] = [inject, inject, inject, inject, inject];
  return { kill, freeze, cut, slow, clock, 'black-hole': inject, 'disk-full': inject };
};

describe('a plan that is carried out', () => {
  it('has one fault after the other on one target, each ended before the next begins', async () => {
    const steps: string[] = [];
    const inject: Inject = async ({ number }) => {
      steps.push(`${number} begins`);
      return async () => void steps.push(`${number} ends`);
    };
    const { over, injected } = runPlan([fault(1, { forMs: 20 }), fault(2)], everywhere(inject), toItsEnd());
    await over;
    expect(steps).toEqual(['1 begins', '1 ends', '2 begins', '2 ends']);
    expect(injected.map(({ outcome }) => outcome)).toEqual(['injected', 'injected']);
  });

  it('goes on after a fault that cannot be done here, and after one that fails', async () => {
    const inject: Inject = async ({ number }) => {
      if (number === 1) return undefined;
      return async () => {
        if (number === 2) throw new Error('It did not start again.');
      };
    };
    const { over, injected } = runPlan([fault(1), fault(2), fault(3)], everywhere(inject), toItsEnd());
    await over;
    expect(injected.map(({ outcome, error }) => [outcome, error])).toEqual([
      ['not run', undefined],
      ['failed', 'It did not start again.'],
      ['injected', undefined],
    ]);
  });

  it('leaves a target alone for a while after a fault, and goes on with the others', async () => {
    const aborting = new AbortController();
    const struck: number[] = [];
    const inject: Inject =
      async ({ number }) =>
      async () => {
        struck.push(number);
        if (number === 3) aborting.abort();
      };
    const plan = [fault(1), fault(2), fault(3, { target: 'order/2', atMs: 5 })];
    const { over } = runPlan(plan, everywhere(inject), { ...toItsEnd(), signal: aborting.signal, restMs: 600_000 });
    await over;
    expect(struck).toEqual([1, 3]);
  });

  it('ends what it began when it is interrupted, and begins nothing more', async () => {
    const aborting = new AbortController();
    const ended: number[] = [];
    const inject: Inject = async ({ number }) => {
      queueMicrotask(() => aborting.abort());
      return async () => void ended.push(number);
    };
    const plan = [fault(1, { forMs: 600_000 }), fault(2, { target: 'order/2', atMs: 600_000 })];
    const { over } = runPlan(plan, everywhere(inject), { ...toItsEnd(), signal: aborting.signal });
    await over;
    expect(ended).toEqual([1]);
  });
});

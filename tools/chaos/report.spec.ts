import { counts, countedFaults, textOf, type Report } from './report';
import type { Injected } from './run-plan';

const fault = (more: Partial<Injected>): Injected => ({
  ...{ number: 1, kind: 'kill', target: 'order/1', atMs: 0, forMs: 100, outcome: 'injected' },
  ...more,
});
const report = (more: Partial<Report> = {}): Report => ({
  ...{ seed: 7, brokers: 3, replicas: 2, seconds: 60, faults: [fault({})], refusals: {}, ends: {}, figures: {}, explainedLetters: [] },
  checks: [
    { name: 'money balances', things: 'payments', of: 3, breaches: [], seconds: 1 },
    { name: 'stock balances', things: 'rows of stock', of: 9, breaches: [], seconds: 1 },
  ],
  ...more,
});

describe('a report', () => {
  it('counts what holds, what is broken, and the kinds of faults that could not be tried', () => {
    expect(counts(report())).toEqual({ passed: 3, failed: 0, skipped: 0 });
    const faults = [fault({}), fault({ kind: 'clock', outcome: 'not run' }), fault({ kind: 'clock', outcome: 'not run' })];
    const checks = [{ name: 'money balances', things: 'payments', of: 3, breaches: ['payment p-1 does not add up'], seconds: 1 }];
    expect(counts(report({ faults, checks }))).toEqual({ passed: 1, failed: 1, skipped: 1 });
    expect(countedFaults(faults)).toEqual({ kill: 1, 'clock, not run': 2 });
  });

  it('is no success where the shop came to no end, or a fault could not be ended', () => {
    expect(counts(report({ interrupted: 'Nothing moved.' })).failed).toBe(1);
    expect(counts(report({ faults: [fault({ outcome: 'failed', error: 'It did not start.' })] })).failed).toBe(1);
  });

  it('is no success where nothing was there to be judged, and says what was missing', () => {
    const nothing = report({ checks: [{ name: 'money balances', things: 'payments', of: 0, breaches: [], seconds: 1 }] });
    expect(counts(nothing)).toEqual({ passed: 1, failed: 1, skipped: 0 });
    expect(textOf(nothing)).toContain('NOT SHOWN  money balances, for there were no payments to look at');
  });

  it('says what is broken, line by line, and ends with the counts', () => {
    const breaches = Array.from({ length: 25 }, (_, i) => `payment p-${i} does not add up`);
    const text = textOf(
      report({ checks: [{ name: 'money balances', things: 'payments', of: 30, breaches, seconds: 1 }], interrupted: 'Nothing moved.' }),
    );
    expect(text).toContain('BROKEN     money balances, of 30 payments');
    expect(text).toContain('payment p-19 does not add up');
    expect(text).not.toContain('payment p-20 does not add up');
    expect(text).toContain('… and 5 more');
    expect(text).toContain('came to no end: Nothing moved.');
    expect(text.split('\n').at(-1)).toBe('0 passed, 2 failed, 0 skipped');
  });
});

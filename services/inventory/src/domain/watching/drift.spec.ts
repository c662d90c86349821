import { specFor } from '@cartage/eventsourcing';
import { driftConditions, driftTolerance, type SetDriftTolerance } from './drift';

const { given } = specFor(driftTolerance);
const now = '2026-11-23T09:15:30.000Z';

describe('an alert of drift', () => {
  const open = (theirs: number, ours: number, percent = 0) => ({
    sku: 'MUG',
    location: 'LDN',
    theirs,
    ours,
    tolerance: { units: 2, percent },
  });
  it('is raised beyond what may be different, in units or percent of what we have', () => {
    expect(driftConditions([open(8, 10)])).toEqual([]);
    expect(driftConditions([open(7, 10)])).toEqual([{ kind: 'drift', sku: 'MUG', channel: '', location: 'LDN', value: -3, threshold: 2 }]);
    expect(driftConditions([open(90, 100, 10)])).toEqual([]);
    expect(driftConditions([open(89, 100, 10)])).toMatchObject([{ value: -11, threshold: 10 }]);
  });
  it('is one for a shelf, of the system that is farthest off', () =>
    expect(driftConditions([open(7, 10), open(5, 10), open(6, 10)])).toMatchObject([{ value: -5 }]));
});

describe('how much may be different', () => {
  const tolerance = { units: 5, percent: 2 };
  const set: SetDriftTolerance = { type: 'SetDriftTolerance', data: { category: 'kitchen', tolerance, now } };
  const changed = { type: 'DriftToleranceChanged' as const, data: { category: 'kitchen', tolerance, changedAt: now } };
  it('is said of a category, once', () => given().when(set).thenOnce(changed));
  it('is as for all others again when nothing is said of it', () =>
    given(changed)
      .when({ type: 'SetDriftTolerance', data: { category: 'kitchen', now } })
      .thenOnce({ type: 'DriftToleranceChanged', data: { category: 'kitchen', changedAt: now } }));
});

import fc from 'fast-check';
import { alertsOf, conditionsOf, suggestedOf, type AlertEvent, type StandingAlert, type Watched, type WatchedPoint } from './alerts';

const now = '2026-11-23T09:15:30.000Z';
const nothing: Watched = { availability: [], thresholds: [], points: [] };
const atp = (units: number, channel = '') => ({ sku: 'MUG', channel, atp: units });
const point = (available: number, onOrder = 0): WatchedPoint => ({
  ...{ sku: 'MUG', location: 'LDN', reorderPoint: 5, orderUpTo: 20 },
  ...{ available, onOrder, minimumQuantity: 1, multipleOf: 1 },
});
const kindsOf = (watched: Partial<Watched>): readonly string[] => conditionsOf({ ...nothing, ...watched }).map(({ kind }) => kind);

describe('what should be looked at', () => {
  it('is fewer units than are enough, and not as many', () => {
    const thresholds = [{ sku: 'MUG', channel: '', atpBelow: 3 }];
    expect(kindsOf({ availability: [atp(2)], thresholds })).toEqual(['low']);
    expect(kindsOf({ availability: [atp(3)], thresholds })).toEqual([]);
  });
  it('is what the channel has, or the network where nothing is said of the channel', () => {
    const thresholds = [{ sku: 'MUG', channel: 'web', atpBelow: 3 }];
    expect(kindsOf({ availability: [atp(9), atp(2, 'web')], thresholds })).toEqual(['low']);
    expect(kindsOf({ availability: [atp(2)], thresholds })).toEqual(['low']);
    expect(kindsOf({ availability: [atp(2), atp(9, 'web')], thresholds })).toEqual([]);
  });
  it('is every channel that was promised more than it should have', () =>
    expect(conditionsOf({ ...nothing, availability: [atp(0), atp(-2, 'web')] })).toEqual([
      { kind: 'negative', sku: 'MUG', channel: 'web', location: '', value: -2, threshold: 0 },
    ]));
  it('is a reorder point that is reached with what is on order, and how much to order', () => {
    expect(conditionsOf({ ...nothing, points: [point(3, 2)] })).toMatchObject([{ kind: 'reorder', value: 5, reorder: { suggested: 15 } }]);
    expect(kindsOf({ points: [point(3, 3)] })).toEqual([]);
    expect(suggestedOf(point(-1))).toBe(21);
    expect(suggestedOf({ ...point(5), minimumQuantity: 30 })).toBe(30);
    expect(suggestedOf({ ...point(5), minimumQuantity: 10, multipleOf: 12 })).toBe(24);
  });
});

describe('alerts', () => {
  it('are raised once, end by themselves and never stand twice, whatever happens', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: -3, max: 8 }), fc.integer({ min: 0, max: 8 }))), (states) => {
        let standing: readonly StandingAlert[] = [];
        let ids = 0;
        for (const [units, available] of states) {
          const thresholds = [{ sku: 'MUG', channel: '', atpBelow: 3 }];
          const conditions = conditionsOf({ availability: [atp(units)], thresholds, points: [point(available)] });
          const decide = (): readonly AlertEvent[] => alertsOf(conditions, standing, { newId: () => String((ids += 1)), now });
          standing = after(standing, decide());
          expect(standing.map(({ kind }) => kind).toSorted()).toEqual(conditions.map(({ kind }) => kind).toSorted());
          expect(decide()).toEqual([]);
        }
      }),
    ));
});

const after = (standing: readonly StandingAlert[], events: readonly AlertEvent[]): readonly StandingAlert[] => {
  const ended = new Set(events.filter(({ type }) => type === 'StockAlertEnded').map(({ data }) => data.alertId));
  const raised = events.flatMap(({ type, data }): readonly StandingAlert[] =>
    type === 'StockAlertEnded'
      ? []
      : [
          {
            ...{ alertId: data.alertId, sku: data.sku, channel: data.channel ?? '', location: data.location ?? '' },
            kind: 'kind' in data ? data.kind : 'reorder',
          },
        ],
  );
  return [...standing.filter(({ alertId }) => !ended.has(alertId)), ...raised];
};

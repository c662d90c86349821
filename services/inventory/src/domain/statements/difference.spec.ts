import { fold, specFor } from '@cartage/eventsourcing';
import fc from 'fast-check';
import { difference, unitsOf, type Difference, type DifferenceCommand, type DifferenceEvent } from './difference';

const { given } = specFor(difference);
const now = '2026-11-23T09:15:30.000Z';
const subject = { differenceId: 'd1', source: 'wms', location: 'LDN', sku: 'MUG' };
const cause = { code: 'unexplained', movements: [] };
const reason = { code: 'recounted', by: 'operator' } as const;
const at = (minute: number): string => `2026-11-23T08:${String(minute).padStart(2, '0')}:00.000Z`;
const compare = (theirs: number, ours: number, minute = 1): DifferenceCommand => ({
  type: 'CompareStock',
  data: { ...subject, statementId: `s${minute}`, asOf: at(minute), theirs, ours, cause, now },
});
const foundBy = (theirs: number, ours: number, minute = 1): DifferenceEvent => ({
  type: 'StockDifferenceFound',
  data: { ...subject, statementId: `s${minute}`, asOf: at(minute), theirs, ours, cause, foundAt: now },
});
const oursAccepted: DifferenceEvent = { type: 'OurStockAccepted', data: { differenceId: 'd1', reason, decidedAt: now } };

describe('a difference', () => {
  it('is found once, and not where both say the same', () => {
    given().when(compare(8, 10)).thenOnce(foundBy(8, 10));
    given().when(compare(10, 10)).then();
  });
  it('is not told again while it is as large, for the same cause', () =>
    given(foundBy(8, 10))
      .when(compare(18, 20, 2))
      .then());
  it('goes by itself when they agree', () =>
    given(foundBy(8, 10))
      .when(compare(7, 7, 2))
      .thenOnce({ type: 'StockDifferenceAgreed', data: { differenceId: 'd1', asOf: at(2), agreedAt: now } }));
  it('is not undone by what was said of an earlier instant', () =>
    given(foundBy(8, 10, 5))
      .when(compare(10, 10, 4))
      .then());
  it('stays accepted as ours for as long as it is as large, and is found anew when it is another', () => {
    given(foundBy(8, 10), oursAccepted)
      .when(compare(6, 8, 2))
      .then();
    given(foundBy(8, 10), oursAccepted)
      .when(compare(6, 9, 2))
      .then(foundBy(6, 9, 2));
  });
  it('is booked by as much as the books are still different', () =>
    given(foundBy(8, 10))
      .when({ type: 'AcceptTheirs', data: { ours: 9, reason, now } })
      .thenOnce({ type: 'TheirStockAccepted', data: { differenceId: 'd1', units: -1, reason, decidedAt: now } }));
  it('of a channel cannot be booked', () => {
    const { location: _, ...ofChannel } = subject;
    const data = { ...ofChannel, channel: 'web', statementId: 's1', asOf: at(1), theirs: 1, ours: 2, cause, foundAt: now };
    given({ type: 'StockDifferenceFound', data })
      .when({ type: 'AcceptTheirs', data: { ours: 2, reason, now } })
      .thenRefused('CHANNEL_HAS_NO_STOCK');
  });
  it('is settled once', () =>
    given(foundBy(8, 10), oursAccepted)
      .when({ type: 'AcceptTheirs', data: { ours: 10, reason, now } })
      .thenRefused('DIFFERENCE_SETTLED'));
});

/** A shelf of ours and one of theirs, on which goods move alike; the books may be off. */
interface World {
  readonly goods: number;
  readonly off: number;
  readonly minute: number;
  readonly state: Difference | undefined;
}

const decided = (world: World, command: DifferenceCommand): World => ({
  ...world,
  state: fold(difference, difference.decide(command, world.state), world.state),
});

const accepted = (world: World): World => {
  if (world.state?.status !== 'open') return world;
  const ours = world.state.theirs + world.off;
  return { ...decided(world, { type: 'AcceptTheirs', data: { ours, reason, now } }), off: 0 };
};

const step = fc.oneof(
  fc.record({ type: fc.constant('move' as const), units: fc.integer({ min: -3, max: 5 }) }),
  fc.record({ type: fc.constant('lose' as const), units: fc.integer({ min: 0, max: 2 }) }),
  fc.record({ type: fc.constant('state' as const), times: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ type: fc.constant('late' as const), theirs: fc.integer({ min: 0, max: 9 }) }),
  fc.record({ type: fc.constant('accept' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never;

const moved = (world: World, each: Step): World => {
  const next = { ...world, minute: world.minute + 1 };
  if (each.type === 'move') return { ...next, goods: next.goods + each.units };
  if (each.type === 'lose') return { ...next, off: next.off + each.units };
  if (each.type === 'accept') return accepted(next);
  if (each.type === 'late') return next.state ? decided(next, compare(each.theirs, 0, 0)) : next;
  return Array.from({ length: each.times }).reduce<World>(
    (after) => decided(after, compare(after.goods, after.goods + after.off, after.minute)),
    next,
  );
};

it('whatever moves, is said twice or late: what is open is what the books are off by, and once theirs is accepted nothing is', () =>
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const end = steps.reduce<World>(moved, { goods: 50, off: 0, minute: 1, state: undefined });
      const told = moved(end, { type: 'state', times: 2 });
      const open = told.state?.status === 'open' ? unitsOf(told.state) : 0;
      expect(open).toBe(told.off === 0 ? 0 : -told.off);
      const after = moved(accepted(told), { type: 'state', times: 1 });
      expect(after.state?.status === 'open').toBe(false);
    }),
    { numRuns: 60 },
  ));

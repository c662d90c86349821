import fc from 'fast-check';
import { compareLevel, type LevelThere, type PublishedLevel } from './channel-stock';

const level = (more: Partial<PublishedLevel> = {}): PublishedLevel => ({ published: 5, acknowledged: 5, status: 'told', ...more });

describe('what a channel offers of a SKU', () => {
  it.each<[string, PublishedLevel | undefined, LevelThere, ReturnType<typeof compareLevel>['cause']]>([
    ['is what was published', level(), { quantity: 5 }, null],
    ['is nothing where less than nothing was published', level({ published: -3, acknowledged: -3 }), { quantity: 0 }, null],
    ['is what it took before it is told again', level({ published: 4, status: 'waiting' }), { quantity: 5 }, 'update-waiting'],
    ['is what it took before it refused', level({ published: 4, status: 'refused' }), { quantity: 5 }, 'update-refused'],
    ['is what nobody told it', level({ acknowledged: null }), { quantity: 7 }, 'never-told'],
    ['is less than it took', level(), { quantity: 4 }, 'less-there'],
    ['is more than it took', level(), { quantity: 6 }, 'more-there'],
    ['is nothing of what it does not list', level(), { quantity: 0, isMissing: true }, 'not-listed'],
    ['is something that was never published', undefined, { quantity: 1 }, 'never-published'],
    ['is nothing of what was never published', undefined, { quantity: 0 }, null],
  ])('%s', (_, here, there, cause) => expect(compareLevel(here, there).cause).toBe(cause));

  it('has a cause exactly where it is another number than may be sold', () =>
    fc.assert(
      fc.property(
        fc.record({
          published: fc.integer({ min: -5, max: 5 }),
          acknowledged: fc.option(fc.integer({ min: -5, max: 5 }), { nil: null }),
          status: fc.constantFrom('waiting' as const, 'told' as const, 'refused' as const),
        }),
        fc.integer({ min: 0, max: 6 }),
        (here, quantity) => {
          expect(compareLevel(here, { quantity }).cause === null).toBe(quantity === Math.max(0, here.published));
        },
      ),
    ));
});

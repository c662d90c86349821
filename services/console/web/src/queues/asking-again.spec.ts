import { askingAgain } from './asking-again';

const pace = { atMostEveryMs: 2_000, everyMs: 15_000 };

describe('what waits in a queue', () => {
  it('is asked for when an event may have changed it, and seldom by the clock', () =>
    expect(askingAgain({ hears: ['return.events'] }, pace)).toMatchObject({
      meta: { topics: ['return.events'], atMostEveryMs: 2_000 },
      everyMs: 60_000,
    }));

  it('is asked for by the clock where no event tells of it', () => expect(askingAgain({}, pace)).toEqual({ meta: {}, everyMs: 15_000 }));
});

import { memoryStore, positionOf, START, type FollowOptions, type NewEvent, type StoredEvent } from '@cartage/eventsourcing';
import { LogTurns } from './log-turns';

const event = (n: number): NewEvent => ({
  ...{ type: 'Counted', data: { n }, id: `e${n}` },
  meta: { commandId: `c${n}`, correlationId: 'c', actor: 'suite' },
});

/** A log of one stream, and how often somebody began to follow it, and left. */
const watched = () => {
  const store = memoryStore();
  const seen = { begun: [] as string[], left: 0 };
  async function* follow(options: FollowOptions): AsyncGenerator<readonly StoredEvent[]> {
    seen.begun.push(options.from);
    try {
      yield* store.follow(options);
    } finally {
      seen.left += 1;
    }
  }
  const append = async (...numbers: readonly number[]): Promise<string> => {
    for (const n of numbers) await store.appendMany([{ stream: 'count-1', expected: n - 1, events: [event(n)] }]);
    return store.head();
  };
  return { turns: new LogTurns({ follow }), seen, append };
};

const idsIn = (events: readonly StoredEvent[]): readonly string[] => events.map(({ id }) => id);

describe('a log that is read in turns', () => {
  const { signal } = new AbortController();

  it('is followed once, however often its follower looks', async () => {
    const { turns, seen, append } = watched();
    const first = await append(1, 2);
    expect(idsIn(await turns.next(START, signal))).toEqual(['e1', 'e2']);
    await append(3);
    expect(idsIn(await turns.next(first, signal))).toEqual(['e3']);
    expect(seen).toEqual({ begun: [START], left: 0 });
  });

  it('is read again from where it was asked, if what was read was not kept', async () => {
    const { turns, seen, append } = watched();
    await append(1);
    await turns.next(START, signal);
    expect(idsIn(await turns.next(START, signal))).toEqual(['e1']);
    expect(seen).toEqual({ begun: [START, START], left: 1 });
  });

  it('is read from where somebody else has gone on', async () => {
    const { turns, append } = watched();
    await append(1);
    await turns.next(START, signal);
    const theirs = await append(2, 3);
    await append(4);
    expect(idsIn(await turns.next(theirs, signal))).toEqual(['e4']);
  });

  it('has no follower any more once that is told to stop, while it rests or waits', async () => {
    const { turns, seen, append } = watched();
    const [resting, waiting] = [new AbortController(), new AbortController()];
    const head = await append(1);
    await turns.next(START, resting.signal);
    resting.abort();
    expect(await turns.next(head, resting.signal)).toEqual([]);
    const none = turns.next(head, waiting.signal);
    waiting.abort();
    expect(await none).toEqual([]);
    expect(seen.left).toBe(seen.begun.length);
  });

  it('is followed anew after a fault', async () => {
    const { turns, append } = watched();
    await append(1);
    await expect(turns.next(positionOf(9), signal)).rejects.toThrow('This log ends');
    expect(idsIn(await turns.next(START, signal))).toEqual(['e1']);
  });
});

import { manualClock, Overloaded, type ManualClock } from '@cartage/eventsourcing';
import { storyOf } from '../domain/facts.fixture';
import type { Entry } from '../domain/journaling';
import { Streaming, type Following, type Receiver } from './streaming';

const entries: readonly Entry[] = storyOf(1).map((fact, at) => ({ position: at + 1, fact }));
const all: Following = { filter: {}, after: 0, follow: true };

let clock: ManualClock;
beforeEach(() => (clock = manualClock()));

const streamingFor = (most: number, heartbeatMs = 1_000): Streaming =>
  new Streaming({
    facts: {
      head: async () => entries.length,
      read: async ({ after, upTo = Infinity }) => ({
        entries: entries.filter(({ position }) => position > after && position <= upTo),
        more: false,
      }),
    },
    wait: (_, ms, signal) => clock.pause(ms, signal),
    ...{ most, heartbeatMs, clock },
  });

/** A client that takes everything, or only so many words. */
const client = (takes = Infinity) => {
  const [words, gone] = [[] as string[], new AbortController()];
  let state = 'open';
  const to: Receiver = {
    gone: gone.signal,
    say: async (text, over) => {
      words.push(text);
      if (words.length <= takes) return true;
      await clock.pause(60_000, AbortSignal.any([over, gone.signal]));
      return over.aborted;
    },
    end: (text) => {
      words.push(text);
      state = 'ended';
    },
    cut: () => void (state = 'cut'),
  };
  return { to, words, state: () => state, leave: () => gone.abort() };
};

const inSeconds = (seconds: number): number => clock.now().getTime() + seconds * 1_000;

describe('a stream', () => {
  it('ends when the token is good no longer, and says so, with where to go on', async () => {
    const { to, words, state } = client();
    await streamingFor(1).open({ ...all, until: inSeconds(10) }, () => to);
    await clock.advance(9_999);
    expect(state()).toBe('open');
    await clock.advance(1);
    expect(state()).toBe('ended');
    expect(words.at(-1)).toBe(`event: end\ndata: {"reason":"expired","lastEventId":"${entries.length}"}\n\n`);
    expect(clock.waiting()).toBe(0);
  });

  it('ends then although the client takes nothing, and tells nothing more', async () => {
    const { to, words } = client(2);
    await streamingFor(1).open({ ...all, until: inSeconds(10) }, () => to);
    await clock.advance(10_000);
    expect(words.slice(3)).toEqual(['event: end\ndata: {"reason":"expired","lastEventId":"2"}\n\n']);
  });

  it('goes on for longer than a timer of the machine can count', async () => {
    const [day, month] = [86_400_000, 30 * 86_400];
    const { to, state } = client();
    const pause = clock.pause;
    const streaming = streamingFor(1, day);
    clock.pause = (ms, signal) => pause(Math.min(ms, day), signal);
    await streaming.open({ ...all, until: inSeconds(month) }, () => to);
    await clock.advance((month - 1) * 1_000);
    expect(state()).toBe('open');
    await clock.advance(1_000);
    expect(state()).toBe('ended');
  });

  it('leaves nothing behind that waits for the end of a token when it has ended before', async () => {
    const { to, state } = client();
    await streamingFor(1).open({ ...all, follow: false, until: inSeconds(3_600) }, () => to);
    await clock.advance(0);
    expect(state()).toBe('ended');
    expect(clock.waiting()).toBe(0);
  });
});

describe('as many clients as there may be', () => {
  it('are let in, and nobody beyond, though all come at once', async () => {
    const streaming = streamingFor(3);
    const clients = Array.from({ length: 10 }, () => client());
    const opened = await Promise.allSettled(clients.map(({ to }) => streaming.open(all, () => to)));
    expect(opened.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(opened.find(({ status }) => status === 'rejected')).toMatchObject({ reason: expect.any(Overloaded) });
    expect(streaming.count).toBe(3);
    clients.forEach(({ leave }) => leave());
    await clock.advance(0);
    expect(streaming.count).toBe(0);
  });

  it('do not count one that could not be connected', async () => {
    const streaming = streamingFor(1);
    const broken = streaming.open(all, () => {
      throw new Error('closed');
    });
    await expect(broken).rejects.toThrow('closed');
    await streaming.open(all, () => client().to);
    expect(streaming.count).toBe(1);
  });
});

it('is cut where what there is cannot be read any more', async () => {
  const { to, state } = client();
  let isAway = false;
  const streaming = new Streaming({
    facts: {
      head: async () => {
        if (isAway) throw new Error('away');
        return 0;
      },
      read: async () => ({ entries: [], more: false }),
    },
    wait: (_, ms, signal) => clock.pause(ms, signal),
    ...{ most: 1, heartbeatMs: 1_000, clock },
  });
  await streaming.open(all, () => to);
  isAway = true;
  await clock.advance(1_000);
  expect(state()).toBe('cut');
  expect(streaming.count).toBe(0);
});

import fc from 'fast-check';
import { memoryStore, type EventStore, type StoredEvent } from '@cartage/eventsourcing';
import { StreamStates } from './stream-states';
import type { AnyView, Fold } from './view';
import type { Noted } from './entries.fixture';

const written: Fold<string, Noted> = { initial: '', evolve: (state, { data }) => `${state}${data.note}` };
const asking = (fold: AnyView['fold'], ...types: readonly string[]): AnyView => ({
  name: 'asking',
  about: '',
  columns: {},
  key: [],
  revision: 1,
  ...(fold && { fold }),
  on: Object.fromEntries(types.map((type) => [type, () => []])),
});
const view = asking(written, 'Noted');

const meta = { commandId: 'c', correlationId: 'c', actor: 'test' };
let read: (readonly string[])[];
let store: EventStore;
beforeEach(() => {
  read = [];
  const memory = memoryStore();
  const readMany: EventStore['readMany'] = (requests) => {
    read.push(requests.map((request) => (typeof request === 'string' ? request : request.stream)));
    return memory.readMany(requests);
  };
  store = { ...memory, readMany };
});

/** Appends to streams with a name of one letter: `a1` is the note 1 of a. Answers with the events as they are followed. */
const noted = async (notes: readonly string[], type = 'Noted'): Promise<readonly StoredEvent[]> => {
  const followed: StoredEvent[] = [];
  for (const [stream = '', note] of notes) {
    const [before] = await memoryOf(stream);
    const expected = before?.version ?? 0;
    await store.appendMany([{ stream, expected, events: [{ type, data: { note }, id: `${stream}-${expected}`, meta }] }]);
    followed.push(...((await memoryOf(stream))[0]?.events.slice(expected) ?? []));
  }
  read = [];
  return followed;
};
const memoryOf = (stream: string) => store.readMany([stream]);

const statesAfter = async (states: StreamStates, events: readonly StoredEvent[], views = [view]) =>
  (await states.after(events, views)).get(written);

it('knows each stream right after each of its events, and reads nothing of what it followed from the start', async () => {
  const states = new StreamStates(store);
  const first = await noted(['a1', 'b2', 'a3']);
  const second = await noted(['b4', 'a5', 'b6']);
  expect(await statesAfter(states, first)).toEqual(['1', '2', '13']);
  expect(await statesAfter(states, second)).toEqual(['24', '135', '246']);
  expect(read).toEqual([]);
});

it('reads what it meets in the middle, up to there, all streams in one round trip', async () => {
  await noted(['a1', 'b2', 'a3']);
  const met = await noted(['a4', 'b5', 'c6']);
  await noted(['a7']);
  expect(await statesAfter(new StreamStates(store), met)).toEqual(['134', '25', '6']);
  expect(read).toEqual([['a', 'b']]);
});

it('can go back: a batch that is tried again has the same states', async () => {
  const states = new StreamStates(store);
  const events = [...(await noted(['a1'])), ...(await noted(['a2']))];
  await statesAfter(states, events);
  expect(await statesAfter(states, events.slice(1))).toEqual(['12']);
  expect(await statesAfter(states, events)).toEqual(['1', '12']);
});

it('leaves unread a stream of which no event comes that a view asks about', async () => {
  await noted(['a1', 'b1']);
  const met = [...(await noted(['a2'], 'Erased')), ...(await noted(['b2']))];
  expect(await statesAfter(new StreamStates(store), met)).toEqual([undefined, '12']);
  expect(read).toEqual([['b']]);
});

it('forgets the streams that were met longest ago, and reads them when they come again', async () => {
  const states = new StreamStates(store, 2);
  await statesAfter(states, await noted(['a1', 'b1', 'c1']));
  await statesAfter(states, await noted(['b2']));
  expect(await statesAfter(states, await noted(['d1', 'b3']))).toEqual(['1', '123']);
  expect(read).toEqual([]);
  expect(await statesAfter(states, await noted(['a2', 'c2']))).toEqual(['12', '12']);
  expect(read).toEqual([['a', 'c']]);
});

it('forgets a stream that is over, and reads it when it comes again', async () => {
  const ending: Fold<string, Noted> = { ...written, isOver: (state) => state.endsWith('.') };
  const states = new StreamStates(store);
  const after = async (events: readonly StoredEvent[]) => (await states.after(events, [asking(ending, 'Noted')])).get(ending);
  expect(await after(await noted(['a1', 'b1', 'a.']))).toEqual(['1', '1', '1.']);
  expect(await after(await noted(['b2', 'a2']))).toEqual(['12', '1.2']);
  expect(read).toEqual([['a']]);
  expect(await after(await noted(['a3']))).toEqual(['1.23']);
  expect(read).toEqual([]);
});

const notes = fc.array(
  fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('1', '2', '.')).map((parts) => parts.join('')),
  { maxLength: 20 },
);
/** From where in the log, and how many events. */
const batches = fc.array(fc.record({ from: fc.nat(19), count: fc.integer({ min: 1, max: 6 }) }), { maxLength: 12 });

it('knows what the events say, however the log is cut, whatever comes again and whatever was forgotten', () =>
  fc.assert(
    fc.asyncProperty(notes, batches, fc.integer({ min: 1, max: 3 }), fc.boolean(), async (all, cuts, limit, ends) => {
      store = memoryStore();
      const fold: Fold<string, Noted> = ends ? { ...written, isOver: (state) => state.endsWith('.') } : written;
      const states = new StreamStates(store, limit);
      const log = await noted(all);
      const expected = log.map(({ stream }, i) =>
        all
          .slice(0, i + 1)
          .filter((note) => note[0] === stream)
          .map((note) => note[1])
          .join(''),
      );
      for (const { from, count } of cuts) {
        const known = (await states.after(log.slice(from, from + count), [asking(fold, 'Noted')])).get(fold);
        expect(known).toEqual(expected.slice(from, from + count));
      }
    }),
  ));

it('folds once for all views that name the same fold', async () => {
  let folded = 0;
  const counting: Fold<number, Noted> = { initial: 0, evolve: (state) => (folded += 1) && state + 1 };
  const views = [asking(counting, 'Noted'), asking(counting, 'Noted'), asking(undefined, 'Noted')];
  const states = await new StreamStates(store).after(await noted(['a1', 'a2']), views);
  expect(states.get(counting)).toEqual([1, 2]);
  expect(folded).toBe(2);
});

it('stands still rather than show a state that lacks events', async () => {
  const [event] = await noted(['a1']);
  const ahead = { ...event, version: 9 } as StoredEvent;
  await expect(statesAfter(new StreamStates(store), [ahead])).rejects.toThrow('a was followed to version 9, but reads to 1 only.');
});

import fc from 'fast-check';
import type { Named } from './decider';
import { memoryStore } from './memory-store';
import { Previewed, type PreviewedWrite } from './previewed';
import { START } from './position';
import { add, eventsOf, meta, noting, processOn } from './sum.fixture';

/** What a preview ended with. */
const previewOf = async (asked: Promise<unknown>): Promise<Previewed> => {
  const ended: unknown = await asked.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (ended instanceof Previewed) return ended;
  throw new Error('A preview must end with Previewed.', { cause: ended });
};

const previewed = (commandId: string, fingerprint?: string) => ({ ...meta(commandId, fingerprint), preview: true as const });
const factsOf = (writes: readonly PreviewedWrite[]): readonly Named[] =>
  writes.flatMap(({ events }) => events.map(({ type, data }) => ({ type, data })));

describe('a preview of a command', () => {
  it('tells what would be written, and writes nothing', async () => {
    const { store, send } = processOn();
    const { writes, repeated } = await previewOf(send('sum-1', add(3), previewed('a')));
    expect(writes).toMatchObject([{ stream: 'sum-1', events: [{ type: 'Added', data: { n: 3 } }] }]);
    expect(repeated).toBe(false);
    expect(await store.head()).toBe(START);
  });

  it('leaves its key free for the command itself', async () => {
    const { send } = processOn();
    await previewOf(send('sum-1', add(3), previewed('a', 'f')));
    await expect(send('sum-1', add(4), meta('a', 'g'))).resolves.toMatchObject({ state: 4, repeated: false });
  });

  it('refuses what the command would refuse, an old version included', async () => {
    const { send } = processOn();
    await send('sum-1', add(1), meta('a'));
    await expect(send('sum-1', add(-5), previewed('b'))).rejects.toMatchObject({ code: 'NEGATIVE' });
    await expect(send('sum-1', add(1), previewed('b'), 7)).rejects.toMatchObject({ code: 'VERSION_MISMATCH' });
  });

  it('says that a command was carried out before, and that another one has its key', async () => {
    const { send } = processOn();
    await send('sum-1', add(1), meta('a', 'f'));
    expect(await previewOf(send('sum-1', add(1), previewed('a', 'f')))).toMatchObject({ repeated: true, writes: [] });
    await expect(send('sum-1', add(2), previewed('a', 'g'))).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('shows no event where nothing would change, and remembers nothing', async () => {
    const { store, send } = processOn();
    expect(await previewOf(send('sum-1', add(0), previewed('a', 'f')))).toMatchObject({ repeated: false, writes: [] });
    expect(await eventsOf(store, 'sum-1')).toEqual([]);
  });

  it('sees what another process has written', async () => {
    const store = memoryStore();
    const [one, other] = [processOn(store), processOn(store)];
    await one.send('sum-1', add(1), meta('a'));
    await other.send('sum-1', add(6), meta('b'));
    expect((await previewOf(one.send('sum-1', add(-6), previewed('c')))).writes).toHaveLength(1);
  });

  it('is handed to the store, which may object, and whose rows beside the log have their say', async () => {
    const { store, notes } = noting();
    const { send } = processOn({ ...store, appendMany: () => Promise.reject(new Error('the rows say no')) });
    await expect(send('sum-1', add(1), previewed('a'))).rejects.toThrow('the rows say no');
    expect(notes()).toEqual(['read sum-1']);
  });

  it('of any history and any command says what the command then does, or is refused as that is', async () => {
    const steps = fc.array(fc.integer({ min: -6, max: 12 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: -9, max: 12 }), async (history, n) => {
        const { store, send } = processOn();
        for (const [i, each] of history.entries()) await send('sum-1', add(each), meta(`h${i}`, 'f')).catch(() => undefined);
        const before = await eventsOf(store, 'sum-1');
        const preview = await send('sum-1', add(n), previewed('c', 'f')).catch((error: unknown) => error);
        expect(await eventsOf(store, 'sum-1')).toEqual(before);
        const done = await send('sum-1', add(n), meta('c', 'f')).catch((error: unknown) => error);
        if (preview instanceof Previewed) expect(done).toMatchObject({ events: factsOf(preview.writes) });
        else expect(preview).toEqual(done);
      }),
    );
  });
});

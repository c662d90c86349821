import { randomUUID } from 'node:crypto';
import { memoryStore, type EventStore, type Meta } from '@cartage/eventsourcing';
import { rules as settings } from '../domain/rule-sets.fixture';
import { VerificationRules } from './verification-rules';

const meta = (commandId: string = randomUUID()): Meta => ({ commandId, correlationId: 'c', actor: 'staff-17', fingerprint: commandId });

const setUp = (store: EventStore = memoryStore()) => {
  let now = Date.parse('2026-11-02T10:00:00Z');
  let reads = 0;
  const counting = {
    appendMany: store.appendMany.bind(store),
    readMany: (asked: Parameters<EventStore['readMany']>[0]) => {
      reads += 1;
      return store.readMany(asked);
    },
  };
  const rules = new VerificationRules({
    store: counting,
    newId: randomUUID,
    now: () => new Date(now),
    settings,
    pastCases: async function* () {
      yield* [];
    },
  });
  return { rules, readsSoFar: () => reads, pass: (ms: number) => (now += ms), store };
};

describe('the rules in force', () => {
  it('are those of the settings before anybody has activated others', async () =>
    expect(await setUp().rules.inForce()).toEqual({ ...settings, version: '1' }));

  it('are those that were activated, at once where it was done and within a second elsewhere', async () => {
    const { rules, store } = setUp();
    const elsewhere = setUp(store);
    await rules.adopt();
    expect((await elsewhere.rules.inForce()).version).toBe('1');
    await rules.draft({ rules: { ...settings, bulkUnits: 7 }, note: 'n' }, meta());
    await rules.activate({ version: '2', note: 'n' }, meta());
    expect(await rules.inForce()).toMatchObject({ version: '2', bulkUnits: 7 });
    elsewhere.pass(1_000);
    expect(await elsewhere.rules.inForce()).toMatchObject({ version: '2', bulkUnits: 7 });
  });

  it('are not read for each order', async () => {
    const { rules, readsSoFar } = setUp();
    await rules.inForce();
    const before = readsSoFar();
    await Promise.all(Array.from({ length: 100 }, () => rules.inForce()));
    expect(readsSoFar()).toBe(before);
  });

  it('are asked for anew after a fault', async () => {
    const store = memoryStore();
    let broken = true;
    const { rules } = setUp({
      ...store,
      appendMany: (writes) => store.appendMany(writes),
      readMany: (asked) => (broken ? Promise.reject(new Error('away')) : store.readMany(asked)),
    });
    await expect(rules.inForce()).rejects.toThrow('away');
    broken = false;
    expect((await rules.inForce()).version).toBe('1');
  });
});

import { memoryStore, type EventStore } from '@cartage/eventsourcing';
import type { SaidDemand, ToldDemand } from '../../domain/watching/expected-demand';
import { demandTelling, type ToldRows } from './demand-telling';

const ahead = { days: 28, units: 12, low: 6, median: 12, high: 20 };
const forecast = { sku: 'MUG', location: 'A', madeAt: '2026-11-24T02:00:00.000Z', ahead };
const ofPlace = ({ sku, location }: Pick<SaidDemand, 'sku' | 'location'>): string => `${location} ${sku}`;

/** Two replicas that tell of the same log. */
const replicas = () => {
  const store = memoryStore();
  const told = new Map<string, SaidDemand>();
  const rows: ToldRows = {
    told: async (places) =>
      places.flatMap((place) => {
        const known: ToldDemand | undefined = told.get(ofPlace(place));
        return known ? [{ ...place, told: known }] : [];
      }),
    append: async (writes, said) => {
      const outcomes = await store.appendMany(writes);
      if (outcomes.every(({ status }) => status === 'appended')) for (const each of said) told.set(ofPlace(each), each);
      return outcomes;
    },
  };
  let ids = 0;
  const telling = (its: Pick<EventStore, 'heads'> & ToldRows) =>
    demandTelling({ rows: its, store: its, newId: () => `id-${(ids += 1)}`, isPublic: () => true });
  const tell = telling({ ...rows, heads: (streams) => store.heads(streams) });
  return { store, rows, telling, tell };
};

const sequencesIn = async (store: EventStore) =>
  (await store.readMany(['demand-A'])).flatMap(({ events }) => events.map(({ meta }) => meta.sequence));

describe('what is expected to leave', () => {
  it('is told once, and again when something else is expected', async () => {
    const { store, tell } = replicas();
    for (const units of [12, 12, 40]) await tell([{ ...forecast, ahead: { ...ahead, units } }]);
    expect(await sequencesIn(store)).toEqual([1, 2]);
  });

  it.each(['told', 'heads', 'append'] as const)(
    'is told once where another replica tells it just before (%s) or after that is asked',
    async (step) => {
      for (const when of ['before', 'after']) {
        const { store, rows, telling, tell } = replicas();
        const its = { ...rows, heads: (streams: readonly string[]) => store.heads(streams) };
        let isRaced = false;
        const raced = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
          if (isRaced) return ask();
          isRaced = true;
          if (when === 'before') await tell([forecast]);
          const answer = await ask();
          if (when === 'after') await tell([forecast]);
          return answer;
        };
        const racing = {
          told: { told: (...asked: Parameters<ToldRows['told']>) => raced(() => its.told(...asked)) },
          heads: { heads: (streams: readonly string[]) => raced(() => its.heads(streams)) },
          append: { append: (...asked: Parameters<ToldRows['append']>) => raced(() => its.append(...asked)) },
        };
        await telling({ ...its, ...racing[step] })([forecast]);
        expect([when, await sequencesIn(store)]).toEqual([when, [1]]);
      }
    },
  );
});

import { numbered, type EventStore, type Meta, type NewEvent, type Outcome, type Write } from '@cartage/eventsourcing';
import { demandExpected, isNews, type DemandExpected, type SaidDemand, type ToldDemand } from '../../domain/watching/expected-demand';
import type { DraftingNeeds } from '../drafting';
import type { Place, ShownForecast } from './forecasts';

/** What others know moves in the transaction that tells it. */
export interface ToldRows {
  told(places: readonly Place[]): Promise<readonly (Place & { readonly told: ToldDemand })[]>;
  append(writes: readonly Write[], said: readonly SaidDemand[]): Promise<readonly Outcome[]>;
}

export interface DemandTellingNeeds extends DraftingNeeds {
  readonly rows: ToldRows;
  readonly store: Pick<EventStore, 'heads'>;
}

/** Whoever was first has told something of the same location: so often it is tried again at once, and then the next night. */
const TRIES = 3;
const keyOf = ({ sku, location }: Place): string => JSON.stringify([sku, location]);
const saidOf = ({ sku, location, madeAt: at, ahead }: ShownForecast): SaidDemand => ({ sku, location, at, ...ahead });

const newsIn = async (rows: ToldRows, forecasts: readonly ShownForecast[]): Promise<readonly SaidDemand[]> => {
  const told = new Map((await rows.told(forecasts)).map((each) => [keyOf(each), each.told]));
  return forecasts.map(saidOf).filter((each) => isNews(each, told.get(keyOf(each))));
};

/** What is expected to leave, told to others: what is news of some that were forecast together, an event for each location. */
export const demandTelling = ({ rows, store, newId, isPublic }: DemandTellingNeeds) => {
  const writesOf = async (events: readonly DemandExpected[]): Promise<readonly Write[]> => {
    const streams = events.map(({ data }) => `demand-${data.location}`);
    const heads = new Map((await store.heads([...new Set(streams)])).map((head) => [head.stream, head]));
    const correlationId = newId();
    return [...heads.values()].map(({ stream, version, sequence }): Write => {
      const number = numbered(sequence, isPublic);
      const made = events
        .filter((_, n) => streams[n] === stream)
        .map((event): NewEvent => {
          const meta: Meta = { commandId: newId(), correlationId, actor: 'inventory.forecasts' };
          return { ...event, id: newId(), meta: number(event.type, meta) };
        });
      return { stream, expected: version, events: made };
    });
  };
  return async (forecasts: readonly ShownForecast[]): Promise<void> => {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const said = await newsIn(rows, forecasts);
      if (said.length === 0) return;
      const outcomes = await rows.append(await writesOf(demandExpected(said)), said);
      if (outcomes.every(({ status }) => status !== 'conflict')) return;
    }
  };
};

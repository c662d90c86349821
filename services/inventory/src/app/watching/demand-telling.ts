import { numbered, type EventStore, type Head, type Meta, type NewEvent, type Outcome, type Write } from '@cartage/eventsourcing';
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
/** What a forecast says of the coming days. */
type Expectation = Pick<ShownForecast, 'sku' | 'location' | 'madeAt' | 'ahead'>;
const saidOf = ({ sku, location, madeAt: at, ahead }: Expectation): SaidDemand => ({ sku, location, at, ...ahead });

const newsIn = async (rows: ToldRows, forecasts: readonly Expectation[]): Promise<readonly SaidDemand[]> => {
  const told = new Map((await rows.told(forecasts)).map((each) => [keyOf(each), each.told]));
  return forecasts.map(saidOf).filter((each) => isNews(each, told.get(keyOf(each))));
};

const streamOf = ({ location }: { readonly location: string }): string => `demand-${location}`;

/** What is expected to leave, told to others: what is news of some that were forecast together, an event for each location. */
export const demandTelling = ({ rows, store, newId, isPublic }: DemandTellingNeeds) => {
  const writesOf = (events: readonly DemandExpected[], heads: readonly Head[]): readonly Write[] => {
    const correlationId = newId();
    return heads.flatMap(({ stream, version, sequence }): readonly Write[] => {
      const number = numbered(sequence, isPublic);
      const made = events
        .filter(({ data }) => streamOf(data) === stream)
        .map((event): NewEvent => {
          const meta: Meta = { commandId: newId(), correlationId, actor: 'inventory.forecasts' };
          return { ...event, id: newId(), meta: number(event.type, meta) };
        });
      return made.length === 0 ? [] : [{ stream, expected: version, events: made }];
    });
  };
  return async (forecasts: readonly Expectation[]): Promise<void> => {
    for (let tries = 0; tries < TRIES; tries += 1) {
      // Before it is looked up what was told: who tells the same between the two is met upon writing.
      const heads = await store.heads([...new Set(forecasts.map(streamOf))]);
      const said = await newsIn(rows, forecasts);
      if (said.length === 0) return;
      const outcomes = await rows.append(writesOf(demandExpected(said), heads), said);
      if (outcomes.every(({ status }) => status !== 'conflict')) return;
    }
  };
};

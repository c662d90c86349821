import { numbered, type EventStore, type StoredEvent, type Write } from '@cartage/eventsourcing';
import type { CostEntry } from '../../domain/cost-book';
import { valuationsOf, valuationStream, type StockValued } from '../../domain/stock-valued';
import type { DraftingNeeds } from '../drafting';

interface Booked {
  readonly events: readonly StoredEvent[];
  /** What the events did to the value of stock. */
  readonly entries: readonly CostEntry[];
}

interface Valuation {
  readonly fact: StoredEvent;
  readonly told: readonly StockValued[];
}

const valuations = ({ events, entries }: Booked): readonly Valuation[] => {
  const byFact = new Map<string, CostEntry[]>();
  for (const entry of entries) byFact.set(entry.eventId, [...(byFact.get(entry.eventId) ?? []), entry]);
  return events.map((fact) => ({ fact, told: valuationsOf(fact, byFact.get(fact.id) ?? []) })).filter(({ told }) => told.length > 0);
};

/** What the books are told of these events. What they were told before, because the log is followed anew, stays as it was told. */
export const valuationWrites = async (
  needs: DraftingNeeds,
  { heads }: Pick<EventStore, 'heads'>,
  booked: Booked,
): Promise<readonly Write[]> => {
  const all = valuations(booked);
  if (all.length === 0) return [];
  const known = await heads(all.map(({ fact }) => valuationStream(fact.id)));
  const toldBefore = new Set(known.filter(({ version }) => version > 0).map(({ stream }) => stream));
  return all.filter(({ fact }) => !toldBefore.has(valuationStream(fact.id))).map((each) => writeOf(needs, each));
};

const writeOf = ({ newId, isPublic }: DraftingNeeds, { fact, told }: Valuation): Write => {
  const number = numbered(0, isPublic);
  const meta = () => ({
    ...{ commandId: newId(), correlationId: fact.meta.correlationId, causationId: fact.id, actor: 'inventory.valuation' },
  });
  return {
    stream: valuationStream(fact.id),
    expected: 0,
    events: told.map((event) => ({ ...event, id: newId(), meta: number(event.type, meta()) })),
  };
};

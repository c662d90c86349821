import type { ShippingEvent } from '@cartage/contracts';
import { deciding, evolving, type DataOf, type Decider, type Named } from '@cartage/eventsourcing';
import type { Translation } from '@cartage/eventsourcing';

export type StatementEvent = Extract<ShippingEvent, { readonly type: 'StockStated' }>;
type Part = DataOf<StatementEvent, 'StockStated'>;

/** What a partner says is on its shelves, whole. */
export interface Stated extends Omit<Part, 'part' | 'parts'> {
  /** At most so many SKUs are told in one event. */
  readonly linesEach: number;
}

export type Statement = { readonly parts: number };
export type StatementCommand = Named<'StateStock', Stated>;

const partsOf = ({ lines, linesEach, ...stated }: Stated): readonly StatementEvent[] => {
  const parts = Math.max(1, Math.ceil(lines.length / linesEach));
  return Array.from({ length: parts }, (_, i) => ({
    type: 'StockStated',
    data: { ...stated, part: i + 1, parts, lines: lines.slice(i * linesEach, (i + 1) * linesEach) },
  }));
};

/** Told once, however often it comes. */
export const statement: Decider<StatementCommand, Statement, StatementEvent> = {
  initial: { parts: 0 },
  evolve: evolving<Statement, StatementEvent>({ StockStated: ({ parts }) => ({ parts: parts + 1 }) }),
  decide: deciding<StatementCommand, Statement, StatementEvent>({
    StateStock: (stated, { parts }) => (parts > 0 ? [] : partsOf(stated)),
  }),
};

export const publishedStatements: Translation<StatementEvent, ShippingEvent> = {
  StockStated: ({ data }) => ({ type: 'StockStated', data }),
};

import { handling, type EventStore, type Handled, type Meta, type Send } from '@cartage/eventsourcing';
import {
  stockValue,
  stockValueStream,
  type BookedValues,
  type StockValue,
  type StockValueCommand,
  type StockValueEvent,
} from '../domain/goods/stock-value';

export interface StockValuesNeeds {
  readonly store: Pick<EventStore, 'readMany' | 'appendMany'>;
  readonly newId: () => string;
  readonly isPublic: (type: string) => boolean;
  readonly now: () => Date;
}

/** What goods cost, in the books: inventory says it. */
export class StockValues {
  private readonly send: Send<StockValueCommand, BookedValues, StockValueEvent>;

  constructor(private readonly needs: StockValuesNeeds) {
    this.send = handling<StockValueCommand, BookedValues, StockValueEvent>(needs, stockValue);
  }

  book(value: StockValue, meta: Meta): Promise<Handled<BookedValues, StockValueEvent>> {
    const data = { ...value, now: this.needs.now().toISOString() };
    return this.send(stockValueStream(value), { type: 'BookStockValue', data }, meta);
  }
}

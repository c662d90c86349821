import type { RowData } from '@tanstack/react-table';
import type { ReactNode } from 'react';
import { countOf } from './counting';
import type { Asking, Counted, Filter, Filters, QueueId, QueueKind } from './queue';
import { QueueView } from './QueueView';

/** A queue, whatever its rows are. */
export interface Queue {
  readonly id: QueueId;
  readonly filters: readonly Filter[];
  readonly isHandedOut: boolean;
  readonly find: QueueKind<unknown, unknown>['find'];
  readonly hears: QueueKind<unknown, unknown>['hears'];
  /** How many wait, and do not sleep. */
  count(asking: Asking, filters?: Filters): Promise<Counted>;
  readonly View: (props: { readonly filters: Filters; readonly item: string | undefined }) => ReactNode;
}

export const queueOf = <Row extends RowData, Whole>(kind: QueueKind<Row, Whole>): Queue => ({
  id: kind.id,
  filters: kind.filters ?? [],
  isHandedOut: kind.isHandedOut ?? false,
  find: kind.find,
  hears: kind.hears,
  count: (asking, filters) => countOf(kind, asking, filters),
  View: ({ filters, item }) => <QueueView kind={kind} filters={filters} item={item} />,
});

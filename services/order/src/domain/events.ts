import type { OrderEvent as Published } from '@cartage/contracts';
import type { DataOf, Named } from '@cartage/eventsourcing';
import type { Edit } from './edits';
import type { Fact } from './facts';
import type { ImportedData, PlacedData } from './state';

/** Units that an edit takes away are asked for as in a cancellation; what it will come to is our own business until then. */
type Requested = DataOf<Published, 'CancellationRequested'> & { readonly edit?: Edit };

/** What the order decides itself. Published as it stands, but for the channel's own message and edits that wait. */
export type Decision =
  | Exclude<Published, { readonly type: 'OrderPlaced' | 'OrderImported' | 'CancellationRequested' }>
  | Named<'OrderPlaced', PlacedData>
  | Named<'OrderImported', ImportedData>
  | Named<'CancellationRequested', Requested>;

/** Everything that is ever recorded of an order, its complete history: what it decided, and what others told, as they told it. Stream `order-<orderId>`. */
export type OrderEvent = Decision | Fact;

export type OrderEventType = OrderEvent['type'];
export type EventData<Type extends OrderEventType> = DataOf<OrderEvent, Type>;

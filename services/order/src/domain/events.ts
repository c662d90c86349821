import type { OrderEvent as Published } from '@cartage/contracts';
import type { DataOf, Named } from '@cartage/eventsourcing';
import type { Fact } from './facts';
import type { PlacedData } from './state';

/** What the order does not decide yet. */
type Undecided = 'OrderEdited' | 'DestinationChanged' | 'PromiseMade' | 'PromiseMoved' | 'DeadlineAtRisk' | 'DeadlineMissed';

/** What the order decides itself. Published as it stands, but for the channel's own message. */
export type Decision = Exclude<Published, { readonly type: 'OrderPlaced' | Undecided }> | Named<'OrderPlaced', PlacedData>;

/** Everything that is ever recorded of an order, its complete history: what it decided, and what others told, as they told it. Stream `order-<orderId>`. */
export type OrderEvent = Decision | Fact;

export type OrderEventType = OrderEvent['type'];
export type EventData<Type extends OrderEventType> = DataOf<OrderEvent, Type>;

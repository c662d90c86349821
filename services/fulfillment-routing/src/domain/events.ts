import type { FulfillmentEvent, Sealed, ShortLine } from '@cartage/contracts';
import type { DataOf, Named } from '@cartage/eventsourcing';
import type { Assignment, Unfilled } from './brokering';
import type { BrokeringRequest, Located } from './facts';
import type { RoutingRules } from './rules';
import type { Candidate } from './scoring';

/** What set a brokering off. */
export type Cause = 'confirmed' | 'allocation-refused' | 'rejected' | 'asked-again';

/** The decision record: all that was known, the rules, and what followed. Enough to decide again and compare. */
export interface DecisionRecord {
  readonly orderId: string;
  readonly decisionId: string;
  readonly cause: Cause;
  readonly rules: RoutingRules;
  readonly request: BrokeringRequest;
  readonly destination: Located;
  readonly skus: readonly string[];
  readonly candidates: readonly Candidate[];
  readonly overlooked: number;
  readonly assignments: readonly (Assignment & { readonly fulfillmentId: string })[];
  readonly unfilled: readonly ShortLine[];
  readonly because?: Unfilled;
  readonly personal: Sealed;
  readonly brokeredAt: string;
}

/** Of one fulfilment, as another service told it. */
interface Told {
  readonly orderId: string;
  readonly fulfillmentId: string;
}

export type BrokeringEvent =
  | Named<'OrderBrokered', DecisionRecord>
  | Named<'FulfillmentBrokered', DataOf<FulfillmentEvent, 'FulfillmentBrokered'>>
  | Named<'FulfillmentRejected', DataOf<FulfillmentEvent, 'FulfillmentRejected'>>
  | Named<'FulfillmentUnfillable', DataOf<FulfillmentEvent, 'FulfillmentUnfillable'>>
  | Named<'AllocationRecorded', Told & { readonly allocatedAt: string }>
  | Named<
      'AllocationRefusalRecorded',
      Told & { readonly location: string; readonly short: readonly ShortLine[]; readonly refusedAt: string }
    >
  | Named<'DispatchRecorded', Told & { readonly shipmentId: string; readonly dispatchedAt: string }>
  | Named<'BrokeringClosed', { readonly orderId: string; readonly reason: string; readonly closedAt: string }>;

export type EventData<Type extends BrokeringEvent['type']> = DataOf<BrokeringEvent, Type>;

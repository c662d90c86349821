import type { FulfillmentEvent } from '@cartage/contracts';
import type { Translation } from '@cartage/eventsourcing';
import type { BrokeringEvent } from './events';
import { RULES_ID, type RuleSetEvent } from './rule-sets';

/** What the world is told; how a decision was come to stays here, readable over HTTP. */
export const published: Translation<BrokeringEvent | RuleSetEvent, FulfillmentEvent> = {
  FulfillmentBrokered: ({ type, data }) => ({ type, data }),
  FulfillmentAccepted: ({ type, data }) => ({ type, data }),
  FulfillmentNotAccepted: ({ type, data }) => ({ type, data }),
  FulfillmentRejectionRequested: ({ type, data }) => ({ type, data }),
  FulfillmentRejected: ({ type, data }) => ({ type, data }),
  FulfillmentPickedShort: ({ type, data }) => ({ type, data }),
  FulfillmentCancellationRequested: ({ type, data }) => ({ type, data }),
  FulfillmentCancelled: ({ type, data }) => ({ type, data }),
  FulfillmentCancellationRefused: ({ type, data }) => ({ type, data }),
  FulfillmentHeld: ({ type, data }) => ({ type, data }),
  FulfillmentReleased: ({ type, data }) => ({ type, data }),
  FulfillmentUnfillable: ({ type, data }) => ({ type, data }),
  RulesActivated: ({ type, data: { version, replaces, activatedAt } }) => ({
    type,
    data: { rulesId: RULES_ID, version, ...(replaces === undefined ? {} : { replaces }), activatedAt },
  }),
  ReadyForPickup: ({ type, data }) => ({ type, data }),
  PickupExtended: ({ type, data }) => ({ type, data }),
  PickupReminderDue: ({ type, data }) => ({ type, data }),
  HandedOver: ({ type, data }) => ({ type, data }),
  PickupExpired: ({ type, data }) => ({ type, data }),
};

/**
 * Of what a published event speaks: the fulfilment; of the order itself, its stream's subject, where there is none. Fulfilments of an order share its
 * stream, because what one gives back the others may take: who ships what is one decision.
 */
export const subjectOf = ({ data }: BrokeringEvent): string | undefined => ('fulfillmentId' in data ? data.fulfillmentId : undefined);

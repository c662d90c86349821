import type { operations } from '../api/schema';

type DeadlinesAsked = NonNullable<operations['DeadlinesController_list']['parameters']['query']>;
type DeliveriesAsked = NonNullable<operations['WebhookDeliveriesController_list']['parameters']['query']>;

export const deadlineStates = ['overdue', 'upcoming'] as const satisfies readonly NonNullable<DeadlinesAsked['state']>[];
export const deliveryStatuses = ['waiting', 'delivered', 'given-up'] as const satisfies readonly NonNullable<DeliveriesAsked['status']>[];

type Search = Readonly<Record<string, unknown>>;

export interface DeadlineAddress {
  readonly state?: (typeof deadlineStates)[number];
}

export const readDeadlineAddress = (search: Search): DeadlineAddress => {
  const state = deadlineStates.find((each) => each === search['state']);
  return state === undefined ? {} : { state };
};

export interface DeliveryAddress {
  readonly status?: (typeof deliveryStatuses)[number];
  /** The one that is looked at. */
  readonly delivery?: string;
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const readDeliveryAddress = (search: Search): DeliveryAddress => {
  const status = deliveryStatuses.find((each) => each === search['status']);
  const delivery = search['delivery'];
  return {
    ...(status === undefined ? {} : { status }),
    ...(typeof delivery === 'string' && ID.test(delivery) ? { delivery } : {}),
  };
};

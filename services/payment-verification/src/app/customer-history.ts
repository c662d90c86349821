import type { Terms } from '../domain/terms';
import type { CustomerFacts } from '../domain/verification';

/** What the rules need to know of a customer's past, and must know at once: a view would still be behind when orders come in a burst. */
export interface CustomerHistory {
  /** Adds this order to its customer's past and tells of the others. Telling it twice adds nothing. */
  remember(order: Terms): Promise<CustomerFacts>;
}

/** A guest has no past. */
export const noPast: CustomerFacts = { returning: false, ordersWithinHour: 0, countryKnown: false };

/** An order as the past keeps it. */
export interface PastOrder {
  readonly orderId: string;
  readonly customerId: string;
  readonly country: string;
  readonly placedAt: string;
}

export const pastOrderOf = ({ orderId, customerId, destination, placedAt }: Terms): PastOrder | undefined =>
  customerId === undefined ? undefined : { orderId, customerId, country: destination.country, placedAt };

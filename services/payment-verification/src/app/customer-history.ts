import type { Terms } from '../domain/terms';
import type { CustomerFacts } from '../domain/verification';

/** What the rules need to know of a customer's past, and must know at once: a view would still be behind when orders come in a burst. */
export interface CustomerHistory {
  /** Adds this order to its customer's past and tells of the others. `recordedAt` is when it was recorded, by our clock. Telling it twice adds nothing. */
  remember(order: Terms, recordedAt: string): Promise<CustomerFacts>;
}

/** A guest has no past. */
export const noPast: CustomerFacts = { returning: false, ordersWithinHour: 0, countryKnown: false };

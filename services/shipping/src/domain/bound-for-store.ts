import type { Plan } from './events';

/** A carrier brings it to a store, where the customer fetches it. */
export const isBoundForStore = (plan: Plan): plan is Plan & { readonly pickupLocation: string } =>
  plan.method === 'ship-to-store' && plan.pickupLocation !== undefined && plan.pickupLocation !== plan.location;

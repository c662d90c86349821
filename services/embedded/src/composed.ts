import { consoleService } from '@cartage/console';
import { fulfillmentRoutingService } from '@cartage/fulfillment-routing';
import { inventoryService } from '@cartage/inventory';
import { notificationsService } from '@cartage/notifications';
import { orderService } from '@cartage/order';
import { paymentVerificationService } from '@cartage/payment-verification';
import { returnsService } from '@cartage/returns';
import type { AnyService } from '@cartage/service-kit';
import { shippingService } from '@cartage/shipping';
import type { EmbeddedSettings } from './config';

/** Without these no order goes to its door. */
export const carryingServices: readonly AnyService[] = [
  orderService,
  inventoryService,
  paymentVerificationService,
  fulfillmentRoutingService,
  shippingService,
  returnsService,
  notificationsService,
];

export type Switches = Pick<EmbeddedSettings, 'AUDIT_ENABLED' | 'REPORTING_ENABLED' | 'SUBSCRIPTIONS_ENABLED'>;

/**
 * Those that only listen cost every order something, and every start what they are made of: in one process they are loaded and composed where they are switched on.
 */
const listening: { readonly [Switch in keyof Switches]: () => Promise<AnyService> } = {
  AUDIT_ENABLED: async () => (await import('@cartage/audit')).auditService,
  REPORTING_ENABLED: async () => (await import('@cartage/reporting')).reportingService,
  SUBSCRIPTIONS_ENABLED: async () => (await import('@cartage/subscriptions')).subscriptionsService,
};

/** What `npm start` composes. */
export const servicesFor = async (on: Switches): Promise<readonly AnyService[]> => {
  const switchedOn = (Object.keys(listening) as (keyof Switches)[]).filter((name) => on[name]);
  return [...carryingServices, ...(await Promise.all(switchedOn.map((name) => listening[name]()))), consoleService];
};

/** With nothing switched on. */
export const usualServices: readonly AnyService[] = [...carryingServices, consoleService];

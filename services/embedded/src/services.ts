import { auditService } from '@cartage/audit';
import { consoleService } from '@cartage/console';
import { fulfillmentRoutingService } from '@cartage/fulfillment-routing';
import { inventoryService } from '@cartage/inventory';
import { notificationsService } from '@cartage/notifications';
import { orderService } from '@cartage/order';
import { paymentVerificationService } from '@cartage/payment-verification';
import { reportingService } from '@cartage/reporting';
import { returnsService } from '@cartage/returns';
import type { AnyService } from '@cartage/service-kit';
import { shippingService } from '@cartage/shipping';
import { subscriptionsService } from '@cartage/subscriptions';
import type { EmbeddedSettings } from './config';

/** All of Cartage. */
export const services: readonly AnyService[] = [
  orderService,
  inventoryService,
  paymentVerificationService,
  fulfillmentRoutingService,
  shippingService,
  returnsService,
  notificationsService,
  auditService,
  reportingService,
  subscriptionsService,
  consoleService,
];

/** Those that only listen cost every order something: in one process they are composed where they are switched on. */
const switches: Readonly<Record<string, keyof Switches>> = {
  [auditService.name]: 'AUDIT_ENABLED',
  [reportingService.name]: 'REPORTING_ENABLED',
  [subscriptionsService.name]: 'SUBSCRIPTIONS_ENABLED',
};

export type Switches = Pick<EmbeddedSettings, 'AUDIT_ENABLED' | 'REPORTING_ENABLED' | 'SUBSCRIPTIONS_ENABLED'>;

/** What `npm start` composes. */
export const servicesFor = (on: Switches): readonly AnyService[] =>
  services.filter(({ name }) => {
    const by = switches[name];
    return by === undefined || on[by];
  });

/** With nothing switched on. */
export const usualServices = servicesFor({ AUDIT_ENABLED: false, REPORTING_ENABLED: false, SUBSCRIPTIONS_ENABLED: false });

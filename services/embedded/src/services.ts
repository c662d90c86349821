import { fulfillmentRoutingService } from '@cartage/fulfillment-routing';
import { inventoryService } from '@cartage/inventory';
import { notificationsService } from '@cartage/notifications';
import { orderService } from '@cartage/order';
import { paymentVerificationService } from '@cartage/payment-verification';
import { returnsService } from '@cartage/returns';
import type { AnyService } from '@cartage/service-kit';
import { shippingService } from '@cartage/shipping';

/** All of Cartage. */
export const services: readonly AnyService[] = [
  orderService,
  inventoryService,
  paymentVerificationService,
  fulfillmentRoutingService,
  shippingService,
  returnsService,
  notificationsService,
];

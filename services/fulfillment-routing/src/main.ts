import 'reflect-metadata';
import { start } from '@cartage/service-kit';
import { fulfillmentRoutingService } from './fulfillment-routing.module';

void start(fulfillmentRoutingService);

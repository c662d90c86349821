import 'reflect-metadata';
import { start } from '@cartage/service-kit';
import { shippingService } from './shipping.module';

void start(shippingService);

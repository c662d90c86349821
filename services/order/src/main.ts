import 'reflect-metadata';
import { start } from '@cartage/service-kit';
import { orderService } from './order.module';

void start(orderService);

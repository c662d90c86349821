import 'reflect-metadata';
import { start } from '@cartage/service-kit';
import { subscriptionsService } from './subscriptions.module';

void start(subscriptionsService);

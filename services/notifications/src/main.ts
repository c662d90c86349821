import 'reflect-metadata';
import { start } from '@cartage/service-kit';
import { notificationsService } from './notifications.module';

void start(notificationsService);

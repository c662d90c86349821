import 'reflect-metadata';
import { start } from '@cartage/service-kit';
import { reportingService } from './reporting.module';

void start(reportingService);

import 'reflect-metadata';
import { start } from '@cartage/service-kit';
import { auditService } from './audit.module';

void start(auditService);

import 'reflect-metadata';
import { start } from '@cartage/service-kit';
import { returnsService } from './returns.module';

void start(returnsService);

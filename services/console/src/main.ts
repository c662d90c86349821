import 'reflect-metadata';
import { start } from '@cartage/service-kit';
import { consoleService } from './console.module';

void start(consoleService);

import 'reflect-metadata';
import { start } from '@cartage/service-kit';
import { inventoryService } from './inventory.module';

void start(inventoryService);

import { auditService } from '@cartage/audit';
import { consoleService } from '@cartage/console';
import { reportingService } from '@cartage/reporting';
import type { AnyService } from '@cartage/service-kit';
import { subscriptionsService } from '@cartage/subscriptions';
import { carryingServices } from './composed';

/** All of Cartage, for programs that know all of it; `composed.ts` loads what runs. */
export const services: readonly AnyService[] = [...carryingServices, auditService, reportingService, subscriptionsService, consoleService];

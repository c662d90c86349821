/** A service as a process of its own, behind the common entrance. */
export interface PlannedService {
  /** As in `services/<name>`. */
  readonly name: string;
  readonly port: number;
  /** First path segments that it answers. */
  readonly paths: readonly string[];
}

/** All services. Written down here, so that whoever starts them need not load them; a spec compares it with what they say of themselves. */
export const plannedServices: readonly PlannedService[] = [
  { name: 'order', port: 3001, paths: ['orders', 'channels', 'customers', 'tasks', 'imports', 'promises'] },
  { name: 'inventory', port: 3002, paths: ['inventory'] },
  { name: 'payment-verification', port: 3003, paths: ['payments'] },
  { name: 'fulfillment-routing', port: 3004, paths: ['fulfillment'] },
  { name: 'shipping', port: 3005, paths: ['shipping'] },
  { name: 'returns', port: 3006, paths: ['returns'] },
  { name: 'notifications', port: 3007, paths: ['notifications'] },
  { name: 'audit', port: 3009, paths: ['audit'] },
  { name: 'reporting', port: 3008, paths: ['reporting'] },
  { name: 'subscriptions', port: 3010, paths: ['subscriptions', 'stream'] },
  { name: 'console', port: 3011, paths: ['console'] },
];

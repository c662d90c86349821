/** A service as a process of its own, behind the common entrance. */
export interface PlannedService {
  /** As in `services/<name>`. */
  readonly name: string;
  readonly port: number;
  /** First path segments that it answers. */
  readonly paths: readonly string[];
  /** It only hears what others say: every order goes to its door without it. In one process (`npm start`) it is switched off. */
  readonly onlyListens?: boolean;
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
  { name: 'audit', port: 3009, paths: ['audit'], onlyListens: true },
  { name: 'reporting', port: 3008, paths: ['reporting'], onlyListens: true },
  { name: 'subscriptions', port: 3010, paths: ['subscriptions', 'stream'], onlyListens: true },
  { name: 'console', port: 3011, paths: ['console'] },
];

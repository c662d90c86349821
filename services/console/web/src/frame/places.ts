import type { WordId } from '../words/languages';

/** Where the rail, the keyboard and the palette lead, in the order of the rail. */
export const places = [
  { id: 'home', to: '/', name: 'nav.home', keys: 'g h' },
  { id: 'orders', to: '/orders', name: 'nav.orders', keys: 'g o' },
  { id: 'queues', to: '/queues', name: 'queues.title', keys: 'g q' },
  { id: 'money', to: '/money', name: 'nav.money', keys: 'g m' },
  { id: 'rules', to: '/rules', name: 'nav.rules', keys: 'g r' },
  { id: 'warehouse', to: '/warehouse', name: 'warehouse.title', keys: 'g w' },
  { id: 'stock', to: '/stock', name: 'stock.title', keys: 'g s' },
  { id: 'analytics', to: '/analytics', name: 'nav.analytics', keys: 'g a' },
  { id: 'system', to: '/system', name: 'nav.system', keys: 'g y' },
] as const satisfies readonly { readonly id: string; readonly to: string; readonly name: WordId; readonly keys: `g ${string}` }[];

export type Place = (typeof places)[number];

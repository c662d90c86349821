/** What the addresses of a service are about. */
export const areas = [
  'orders',
  'stock',
  'money',
  'fulfillment',
  'shipping',
  'returns',
  'messages',
  'reports',
  'work',
  'operations',
] as const;
export type Area = (typeof areas)[number];

/** Beyond reading and writing: what not everybody who writes may do. */
export const specialScopes = {
  'orders:personal': 'See what is personal: names, addresses, contacts.',
  'money:refund': 'Give money away: refunds, payouts, gift cards, store credit.',
  'events:read': 'Follow everything that happens, over all services.',
  'events:write': 'Have what happens sent somewhere: webhook endpoints, replays.',
  'rules:write': 'Change what decides: rules, policies, templates, accounts of the books.',
} as const;

export type SpecialScope = keyof typeof specialScopes;
export type Scope = `${Area}:${'read' | 'write'}` | SpecialScope;

/** Every scope that there is. */
export const scopes: readonly Scope[] = [
  ...areas.flatMap((area): readonly Scope[] => [`${area}:read`, `${area}:write`]),
  ...(Object.keys(specialScopes) as readonly SpecialScope[]),
];

/** Which area the first segment of a path belongs to; what belongs to none is the operators'. */
export type AreaAt = (segment: string) => Area | undefined;

const reading: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** What a route demands of which nobody said anything: it follows from where it is and its method, so that none is open by forgetting. */
export const scopeOf = (method: string, url: string, areaAt: AreaAt): Scope =>
  `${areaAt(url.split('/')[1] ?? '') ?? 'operations'}:${reading.has(method) ? 'read' : 'write'}`;

import type { Milestone } from '../domain/events';
import type { ShipmentStatus } from '../domain/status';
import type { pagePhrases, PageWord } from './tracking-phrases';

export const wordOfStatus: { readonly [Status in ShipmentStatus]: PageWord } = {
  none: 'preparing',
  'to-pack': 'preparing',
  packed: 'preparing',
  'label-requested': 'preparing',
  'label-delayed': 'preparing',
  'label-failed': 'preparing',
  labelled: 'preparing',
  dispatched: 'handed-over',
  'in-transit': 'moving',
  'out-for-delivery': 'on-van',
  'attempt-failed': 'missed',
  exception: 'trouble',
  delivered: 'here',
  returning: 'going-back',
  returned: 'gone-back',
  collected: 'here',
  cancelled: 'stopped',
};

export const wordOfMilestone: { readonly [Each in Milestone]: PageWord } = {
  'label-created': 'preparing',
  'picked-up': 'handed-over',
  'in-transit': 'moving',
  'out-for-delivery': 'on-van',
  delivered: 'here',
  'attempt-failed': 'missed',
  exception: 'trouble',
  returned: 'going-back',
  other: 'noted',
};

export type PageLanguage = keyof typeof pagePhrases;
/** The first is spoken to whoever reads none of them. */
export const pageLanguages = ['en', 'ar', 'de', 'es', 'fr', 'hi'] as const satisfies readonly [PageLanguage, ...PageLanguage[]];

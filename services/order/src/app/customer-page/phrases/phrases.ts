import type { Milestone } from '../../../domain/shipments';
import type { OrderStatus } from '../../../domain/state';
import type { HeardReturn } from '../../returns-heard';
import type { Obstacle, OfferName } from '../offers';
import type { UnitState } from '../units';

/** What is wrong with what a customer sent, as a whole or in a field. */
export const pageFaults = ['nothing-chosen', 'quantity', 'required', 'too-long', 'characters', 'card', 'form', 'not-now'] as const;
export type PageFault = (typeof pageFaults)[number];

/** What a customer says of an address; the country stays. */
export const addressFields = ['lines', 'city', 'region', 'postalCode'] as const;
export type AddressField = (typeof addressFields)[number];

/** What is said first after something was done. */
export const notices = ['cancelled', 'address'] as const;
export type Notice = (typeof notices)[number];

type Words<Name extends string> = Readonly<Record<Name, string>>;

/** The words of the page in one language. */
export interface PagePhrases {
  readonly title: string;
  /** Of the choice of languages. */
  readonly language: string;
  readonly unknown: string;
  readonly expired: string;
  readonly placed: string;
  readonly statuses: Words<OrderStatus>;
  readonly items: string;
  readonly units: Words<UnitState>;
  /** Before the day on which something is expected, was to come, is kept until. */
  readonly expected: string;
  readonly late: string;
  readonly until: string;
  readonly more: string;
  readonly parcels: string;
  readonly tracking: string;
  readonly follow: string;
  readonly milestones: Words<Milestone>;
  readonly money: string;
  readonly total: string;
  readonly charged: string;
  readonly refunded: string;
  readonly open: string;
  readonly owed: string;
  readonly goesTo: string;
  readonly erased: string;
  readonly contact: string;
  readonly returns: string;
  readonly returnSteps: Words<HeardReturn['status']>;
  readonly can: string;
  readonly offers: Words<OfferName>;
  readonly obstacles: Words<Obstacle>;
  readonly cancelIntro: string;
  readonly howMany: string;
  readonly check: string;
  readonly confirmTitle: string;
  readonly atOnce: string;
  readonly asks: string;
  readonly saved: string;
  readonly refund: string;
  readonly release: string;
  readonly confirm: string;
  readonly back: string;
  readonly addressIntro: string;
  readonly fields: Words<AddressField>;
  readonly country: string;
  readonly save: string;
  readonly notices: Words<Notice>;
  readonly correct: string;
  readonly faults: Words<PageFault>;
}

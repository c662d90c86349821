import type { Kit, Parts } from '@cartage/service-kit';
import { EnvError, makeValidator, num } from 'envalid';
import { createAdmission, type Admission, type CatalogueCopy } from './app/admission';
import type { Orders } from './app/orders';
import { createParked, parking } from './app/parked';
import { admissionPolicies, type AdmissionPolicy } from './domain/admission';
import { catalogueListener } from './edge/catalogue.listener';
import { PARKED, ParkedController } from './edge/parked.controller';
import { postgresCatalogue } from './edge/postgres-catalogue';
import { postgresParked } from './edge/postgres-parked';

export interface AdmissionSettings {
  readonly ORDER_ADMISSION_POLICY: string;
  readonly ORDER_PRICE_TOLERANCE_PERCENT: number;
}

const policyIn = (part: string): readonly [channel: string, policy: AdmissionPolicy] => {
  const [channel = '', word] = part.trim().split(':');
  const policy = admissionPolicies.find((known) => known === word);
  if (channel === '' || !policy) throw new EnvError(`${part} is not <channel>:<${admissionPolicies.join('|')}>.`);
  return [channel, policy];
};

const policiesIn = (text: string): ReadonlyMap<string, AdmissionPolicy> => new Map(text === '' ? [] : text.split(',').map(policyIn));

const policyList = makeValidator((text) => {
  policiesIn(text);
  return text;
});

export const admissionSettings = {
  ORDER_ADMISSION_POLICY: policyList({
    default: '',
    example: 'web:refuse,marketplace-x:park',
    desc: 'What becomes of an order with an unknown or blocked SKU, or another price than the price list, by channel: `refuse`, `park` (kept aside at `/channels/:channel/parked`), or `accept`, which only notes the price list. Orders of channels that are not named are not compared.',
  }),
  ORDER_PRICE_TOLERANCE_PERCENT: num({
    default: 0,
    desc: 'By how much a unit price may differ from that of the price list, percent of the latter.',
  }),
};

interface CatalogueParts extends Pick<Parts, 'controllers' | 'listeners'> {
  readonly admission: Admission;
  readonly catalogue: CatalogueCopy;
  readonly providers: (orders: Orders) => Parts['providers'];
  /** Its channel will have nothing of it any more. */
  readonly dropParked: (channel: string, orderId: string) => Promise<void>;
}

/** Orders that come in are compared with what is known of items and prices. */
export const catalogueParts = ({ pool, vault, now, settings }: Kit<AdmissionSettings>): CatalogueParts => {
  const [catalogue, store] = [postgresCatalogue(pool), postgresParked(pool)];
  const endedAt = (actor: string) => ({ actor, at: now().toISOString() });
  return {
    catalogue,
    dropParked: (channel, orderId) => store.end(orderId, 'dropped', endedAt(`channel ${channel}`)),
    admission: createAdmission({
      catalogue,
      park: parking({ store, vault }),
      settle: (orderId) => store.end(orderId, 'placed', endedAt('channel')),
      policies: policiesIn(settings.ORDER_ADMISSION_POLICY),
      tolerance: { percent: settings.ORDER_PRICE_TOLERANCE_PERCENT },
    }),
    controllers: [ParkedController],
    providers: (orders) => [{ provide: PARKED, useValue: createParked({ store, vault, orders, now }) }],
    listeners: [catalogueListener(catalogue)],
  };
};

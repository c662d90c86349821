import type { InventoryEvent, PolicyEvent } from '@cartage/contracts';
import type { Extraction } from './extraction';
import { activated, pricesChanged, revised, templateActivated } from './policies';

type Prices = Extract<InventoryEvent, { readonly type: 'PriceListChanged' }>;

/** What comes into force, of whichever service. */
export const fromPolicies: Extraction<PolicyEvent | Prices> = {
  VerificationRulesActivated: activated,
  CarrierPolicyActivated: activated,
  ReturnPolicyActivated: activated,
  PromisePolicyChanged: (changed) => revised('promise', changed, { active: changed.active }),
  PromiseCalendarChanged: (changed) => revised('calendar', changed),
  PriceListChanged: pricesChanged,
  TemplateActivated: templateActivated,
};

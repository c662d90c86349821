import { contractsOf, type EventOf } from './event';
import { integer, object, optional, text, time, truth } from './schema';
import { Topics } from './topics';

const activatedAt = time();

export const VerificationRulesActivated = contractsOf(Topics.payment, 'rules')(
  'VerificationRulesActivated',
  'Orders are judged by these rules from now on, in place of those before. Going back to earlier ones is the same.',
  object({
    rulesId: text('Which rules: `verification`.'),
    version: text('Counts from 1. Verdicts name it as `rules`.'),
    replaces: optional(text('The version that was in force until now; absent: none was.')),
    activatedAt,
  }),
);

export const CarrierPolicyActivated = contractsOf(Topics.shipping, 'rules')(
  'CarrierPolicyActivated',
  'Carriers are chosen by this policy from now on, in place of the one before. Going back to an earlier one is the same.',
  object({
    rulesId: text('Which policy: `carriers`. Labels and quotes name what they were chosen by as `<rulesId>@<version>`.'),
    version: text('Counts from 1.'),
    replaces: optional(text('The version that was in force until now; absent: the settings were.')),
    activatedAt,
  }),
);

export const ReturnPolicyActivated = contractsOf(Topics.returns, 'rules')(
  'ReturnPolicyActivated',
  'Orders are sold under this return policy from now on; those that were sold before are judged by theirs. Going back to an earlier one is the same.',
  object({
    rulesId: text('Which policy: `returns`, as in `policies` of `OrderPlaced`.'),
    version: text('What is decided under it names it so.'),
    replaces: optional(text('The version that orders were sold under until now; absent: it was not noted.')),
    activatedAt,
  }),
);

export const PromisePolicyChanged = contractsOf(Topics.order, 'policy')(
  'PromisePolicyChanged',
  'What is promised of orders that are sold from now on follows from other terms, or from none of this policy any more. What was sold before keeps its own.',
  object({
    code: text('Which policy, such as `standard-gb`.'),
    revision: integer('Counts from 1; what is promised by it names it as `<code>@<revision>`.'),
    active: truth('Whether anything is sold under it.'),
    changedAt: time(),
  }),
);

export const PromiseCalendarChanged = contractsOf(Topics.order, 'calendar')(
  'PromiseCalendarChanged',
  'Other days than before are worked on, where promises count by this calendar.',
  object({ code: text('Which calendar, such as `GB`.'), revision: integer('Counts from 1.'), changedAt: time() }),
);

export const TemplateActivated = contractsOf(Topics.notification, 'template')(
  'TemplateActivated',
  'Customers are written to in these words from now on, in place of those before. Going back to earlier ones is the same.',
  object({
    template: text('Which message, of which brand, medium and locale, such as `delivered.email.en`.'),
    version: integer('1: the words that are built in, or that it falls back to.'),
    replaces: integer('The version that was in use until now.'),
    activatedAt,
  }),
);

/** Which rules, policies and words are in force, by whichever service: what is decided under each names it. What they say, and why they were put in force, stays with their service. */
export const policyEvents = [
  VerificationRulesActivated,
  CarrierPolicyActivated,
  ReturnPolicyActivated,
  PromisePolicyChanged,
  PromiseCalendarChanged,
  TemplateActivated,
] as const;

export type PolicyEvent = EventOf<(typeof policyEvents)[number]>;

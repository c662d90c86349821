import type { DataOf } from '@cartage/eventsourcing';
import type { InventoryEvent } from '@cartage/contracts';
import { described, historyOf } from './history';
import { inDimension, last, NO_NAME, table, type Fact, type Merging, type Row } from './table';
import type { Stamp } from './extraction';

/** What facts name one of several policies of a kind by: `promise/standard-gb`. */
const ofKind = (kind: string, code: string): string => `${kind}/${code}`;

/** A policy of which there is one is called like its kind. */
const kindOf = (policy: string): string => policy.replace(/\/.*$/, '');

const none = 'Null: none was put in force, the settings hold.';

export const dimPolicy = table({
  name: 'dim_policy',
  about:
    'By which rules, policy, calendar, prices or words something was decided: one row for each that any event named, with its version in force now.',
  key: ['policy_key'],
  newestBy: 'revision',
  naming: (policy) => ({ policy, kind: kindOf(policy) }),
  columns: {
    policy_key: inDimension('dim_policy', 'Surrogate key: what facts have in policy_key. The same after every rebuild.', 'key'),
    policy: last('text', 'Which one: its kind, and its own name where there are several, such as promise/standard-gb. Never null.'),
    kind: last(
      'text',
      'routing, verification, carriers, returns, promise, calendar (of promises), prices or template (words of a message). Never null.',
    ),
    version: last(
      'text',
      `Its version in force, as what is decided under it names it. Source: RulesActivated, VerificationRulesActivated, CarrierPolicyActivated, ReturnPolicyActivated, PromisePolicyChanged, PromiseCalendarChanged, PriceListChanged, TemplateActivated. ${none}`,
    ),
    active: last('boolean', `Whether anything is decided under it. False: nothing is sold under this promise policy any more. ${none}`),
    applies_from: last('timestamptz', 'The time that it names itself for its prices, UTC. Source: PriceListChanged. Null: it names none.'),
    applies_to: last('timestamptz', 'The end of that time, UTC. Source: PriceListChanged. Null: it names none.'),
    revision: last('bigint', `Counts how often one was put in force; the highest stands. Source: the event that said so. ${none}`),
    changed_at: last('timestamptz', `When it was put in force, UTC. Source: the event that said so. ${none}`),
  },
  indexes: ['(policy)'],
});

export const dimPolicyHistory = historyOf(dimPolicy, 'By what something was decided, as it was in force');

/** Which policy a fact was decided under, and its version. */
const named = (policy: string, version: string | undefined): Row => ({ policy_key: policy, policy_version: version });

const atSign = (name: string): readonly [code: string, version: string | undefined] => {
  const at = name.lastIndexOf('@');
  return at < 0 ? [name, undefined] : [name.slice(0, at), name.slice(at + 1)];
};

/** Labels name the policy that their carrier was chosen by with its version, such as `carriers@3`. */
export const namedRules = (rules: string): Row => named(...atSign(rules));

/** Of a return, which is decided under a policy of its own as well. */
export const namedForLabel = (rules: string): Row => {
  const { policy_key, policy_version } = namedRules(rules);
  return { label_policy_key: policy_key, label_policy_version: policy_version };
};

/** So does routing, `routing@3`; what its settings say it names by what they say. */
export const namedRouting = (rules: string): Row => (rules.includes('@') ? namedRules(rules) : named('routing', rules));

const namedOf =
  (kind: string) =>
  (policy: string): Row => {
    const [code, revision] = atSign(policy);
    return named(ofKind(kind, code), revision);
  };

/** A promise names its policy with the revision, such as `standard-gb@3`. */
export const namedPromise = (policy: string | undefined): Row => (policy === undefined ? {} : namedOf('promise')(policy));

/** So does a line of an order the price list that it is sold by, `friday-2026@2`; without one it is sold by none any more. */
export const namedPrices = (priceList: string | undefined): Row =>
  priceList === undefined ? named(NO_NAME, NO_NAME) : namedOf('prices')(priceList);

export const namedVerification = (rules: string): Row => named('verification', rules);
export const namedReturns = (version: string): Row => named('returns', version);

interface Activated {
  readonly rulesId: string;
  readonly version: string;
  readonly activatedAt: string;
}

/** A set of rules is a subject of its own: its events count how often one was put in force. */
export const activated = ({ rulesId, version, activatedAt }: Activated, { sequence }: Stamp): readonly Fact[] =>
  described(dimPolicy, { policy_key: rulesId, version, active: true, revision: sequence, changed_at: activatedAt });

interface Revised {
  readonly code: string;
  readonly revision: number;
  readonly changedAt: string;
}

/** What is set under a code counts its own revisions. */
export const revised = (kind: string, { code, revision, changedAt }: Revised, row: Row = { active: true }): readonly Fact[] =>
  described(dimPolicy, { policy_key: ofKind(kind, code), version: String(revision), revision, changed_at: changedAt, ...row });

export const pricesChanged = ({ list, validFrom, validTo, ...changed }: DataOf<InventoryEvent, 'PriceListChanged'>): readonly Fact[] =>
  revised('prices', { ...changed, code: list }, { active: true, applies_from: validFrom, applies_to: validTo });

export const templateActivated = (
  { template, version, activatedAt }: { readonly template: string; readonly version: number; readonly activatedAt: string },
  stamp: Stamp,
): readonly Fact[] => activated({ rulesId: ofKind('template', template), version: String(version), activatedAt }, stamp);

/** What a fact has of the policy that it was decided under. */
export const decidedUnder = (which: string, source: string, merging: Merging = 'last') => ({
  policy_key: inDimension('dim_policy', `${which}, whatever its version. Source: ${source}.`, merging),
  policy_version: { ...last('text', `Its version. Source: ${source}.`), merging },
});

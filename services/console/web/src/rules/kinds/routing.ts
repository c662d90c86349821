import { bodyOf, type Schemas } from '../../api/client';
import { routingTrial } from '../trial';
import { jsonText, listedVersion, MOST_VERSIONS, savedVersion, SETTINGS, versionOfSettings, type RuleKind } from './kind';

type Rules = Schemas['RoutingDraftDto']['rules'];

/** How orders are routed. Until a version is in force, what the settings say is. */
export const routing: RuleKind = {
  id: 'routing',
  parts: ['rules'],
  prefix: 'rules',
  hasNotes: true,
  hasForks: true,
  versions: async (api) => {
    const { items } = await bodyOf(api.GET('/fulfillment/rules', { params: { query: { limit: MOST_VERSIONS } } }));
    const versions = items.map(listedVersion);
    return [...versions, versionOfSettings(versions)];
  },
  read: async (api, _, version) => {
    const { rules } =
      version === SETTINGS
        ? await bodyOf(api.GET('/fulfillment/rules/settings'))
        : await bodyOf(api.GET('/fulfillment/rules/{version}', { params: { path: { version } } }));
    return { rules: jsonText(rules) };
  },
  save: async (api, { text, note }, key) => {
    const rules = JSON.parse(text.rules ?? '') as Rules;
    const params = { header: { 'Idempotency-Key': key } };
    const drafted = await bodyOf(api.POST('/fulfillment/rules', { params, body: { rules, note } }));
    return savedVersion(drafted);
  },
  activate: (api, { version, note }, key) =>
    bodyOf(
      api.POST('/fulfillment/rules/{version}/activation', {
        params: { path: { version }, header: { 'Idempotency-Key': key } },
        body: { note },
      }),
    ),
  rollBack: (api, note, key) =>
    bodyOf(api.POST('/fulfillment/rules/rollback', { params: { header: { 'Idempotency-Key': key } }, body: { note } })),
  trial: async (api, version, period) => {
    const path = { version };
    const [trial, { rules }] = await Promise.all([
      bodyOf(api.GET('/fulfillment/rules/{version}/trial', { params: { path, query: { ...period, limit: 10_000 } } })),
      bodyOf(api.GET('/fulfillment/rules/{version}', { params: { path } })),
    ]);
    return routingTrial(trial, rules.cost?.currency);
  },
};

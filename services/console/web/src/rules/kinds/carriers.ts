import { bodyOf, type Schemas } from '../../api/client';
import { carriersTrial } from '../trial';
import { jsonText, listedVersion, MOST_VERSIONS, savedVersion, SETTINGS, versionOfSettings, type RuleKind } from './kind';

type Policy = Schemas['CarrierPolicyDraftDto']['rules'];

/** Whom labels are bought from. Until a version is in force, what the settings say is. */
export const carriers: RuleKind = {
  id: 'carriers',
  parts: ['rules'],
  prefix: 'rules',
  hasNotes: true,
  versions: async (api) => {
    const { items } = await bodyOf(api.GET('/shipping/carrier-policies', { params: { query: { limit: MOST_VERSIONS } } }));
    const versions = items.map(listedVersion);
    return [...versions, versionOfSettings(versions)];
  },
  read: async (api, _, version) => {
    const { rules } =
      version === SETTINGS
        ? await bodyOf(api.GET('/shipping/carrier-policies/settings'))
        : await bodyOf(api.GET('/shipping/carrier-policies/{version}', { params: { path: { version } } }));
    return { rules: jsonText(rules) };
  },
  save: async (api, { text, note }, key) => {
    const rules = JSON.parse(text.rules ?? '') as Policy;
    const params = { header: { 'Idempotency-Key': key } };
    return savedVersion(await bodyOf(api.POST('/shipping/carrier-policies', { params, body: { rules, note } })));
  },
  activate: (api, { version, note }, key) =>
    bodyOf(
      api.POST('/shipping/carrier-policies/{version}/activation', {
        params: { path: { version }, header: { 'Idempotency-Key': key } },
        body: { note },
      }),
    ),
  rollBack: (api, note, key) =>
    bodyOf(api.POST('/shipping/carrier-policies/rollback', { params: { header: { 'Idempotency-Key': key } }, body: { note } })),
  trial: async (api, version, period) => {
    const params = { path: { version }, query: { ...period, limit: 10_000 } };
    return carriersTrial(await bodyOf(api.GET('/shipping/carrier-policies/{version}/trial', { params })));
  },
};

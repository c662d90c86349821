import { bodyOf, type Schemas } from '../../api/client';
import { verificationTrial } from '../trial';
import { jsonText, listedVersion, MOST_VERSIONS, savedVersion, type RuleKind } from './kind';

type Rules = Schemas['DraftDto']['rules'];

/** What is looked at before an order is accepted. What the settings say is version 1. */
export const verification: RuleKind = {
  id: 'verification',
  parts: ['rules'],
  prefix: 'rules',
  hasNotes: true,
  versions: async (api) => {
    const { items } = await bodyOf(api.GET('/payments/verification-rules', { params: { query: { limit: MOST_VERSIONS } } }));
    return items.map(listedVersion);
  },
  read: async (api, _, version) => {
    const { rules } = await bodyOf(api.GET('/payments/verification-rules/{version}', { params: { path: { version } } }));
    return { rules: jsonText(rules) };
  },
  save: async (api, { text, note }, key) => {
    const rules = JSON.parse(text.rules ?? '') as Rules;
    const params = { header: { 'Idempotency-Key': key } };
    return savedVersion(await bodyOf(api.POST('/payments/verification-rules', { params, body: { rules, note } })));
  },
  activate: (api, { version, note }, key) =>
    bodyOf(
      api.POST('/payments/verification-rules/{version}/activation', {
        params: { path: { version }, header: { 'Idempotency-Key': key } },
        body: { note },
      }),
    ),
  rollBack: (api, note, key) =>
    bodyOf(api.POST('/payments/verification-rules/rollback', { params: { header: { 'Idempotency-Key': key } }, body: { note } })),
  trial: async (api, version, period) => {
    const params = { path: { version }, query: { ...period, limit: 10_000 } };
    return verificationTrial(await bodyOf(api.GET('/payments/verification-rules/{version}/trial', { params })));
  },
};

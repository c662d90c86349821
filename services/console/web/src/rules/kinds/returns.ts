import { bodyOf, type Schemas } from '../../api/client';
import { returnsTrial } from '../trial';
import { jsonText, MOST_VERSIONS, savedVersion, type RuleKind, type RuleVersion } from './kind';

type Terms = Omit<Schemas['PolicyDraftDto'], 'version' | 'note'>;

const versionOf = ({ version, inForce, drafted }: Schemas['ListedReturnPolicy']): RuleVersion => ({
  ...{ version, isInForce: inForce },
  ...{ note: drafted?.note ?? null, by: drafted?.by ?? null, at: drafted?.at ?? null },
});

/** What may be sent back, until when, and what is paid for it. An order keeps the version that it was sold under. */
export const returns: RuleKind = {
  id: 'returns',
  parts: ['rules'],
  prefix: '',
  hasNotes: true,
  namesVersions: true,
  versions: async (api) => {
    const { items } = await bodyOf(api.GET('/returns/policies', { params: { query: { limit: MOST_VERSIONS } } }));
    return items.map(versionOf);
  },
  read: async (api, _, asked) => {
    const { policy } = await bodyOf(api.GET('/returns/policies/{version}', { params: { path: { version: asked } } }));
    const { version: __, ...terms } = policy;
    return { rules: jsonText(terms) };
  },
  save: async (api, { text, note, name }, key) => {
    const terms = JSON.parse(text.rules ?? '') as Terms;
    const params = { header: { 'Idempotency-Key': key } };
    return savedVersion(await bodyOf(api.POST('/returns/policies', { params, body: { ...terms, version: name, note } })));
  },
  activate: (api, { version, note }, key) =>
    bodyOf(
      api.POST('/returns/policies/{version}/activation', {
        params: { path: { version }, header: { 'Idempotency-Key': key } },
        body: { note },
      }),
    ),
  trial: async (api, version, period) => {
    const params = { path: { version }, query: { ...period, limit: 10_000 } };
    return returnsTrial(await bodyOf(api.GET('/returns/policies/{version}/trial', { params })));
  },
};

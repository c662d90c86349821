import { bodyOf, type Api, type Schemas } from '../../api/client';
import { jsonText, type RuleKind, type RuleText, type RuleVersion } from './kind';

type Policy = Schemas['PromisePolicy'];

const ask = (api: Api, policy: string, revision?: number): Promise<Policy> =>
  bodyOf(api.GET('/promises/policies/{policy}', { params: { path: { policy }, query: revision === undefined ? {} : { revision } } }));

const termsOf = ({ policy: _, revision: __, changedBy: ___, changedAt: ____, ...terms }: Policy): RuleText => ({ rules: jsonText(terms) });

/** `changed`: the revision that was read before; whoever changed it meanwhile goes before. */
const put = async (api: Api, policy: string, text: RuleText, changed?: string): Promise<string> => {
  const body = JSON.parse(text.rules ?? '') as Schemas['PromisePolicyDto'];
  const header = changed === undefined ? {} : { 'If-Match': `"${changed}"` };
  const put = await bodyOf(api.PUT('/promises/policies/{policy}', { params: { path: { policy }, header }, body }));
  return 'revision' in put ? String(put.revision) : '';
};

/** When what is ordered arrives. A revision holds from the moment at which it is saved; what was sold before stays promised as it was. */
export const promises: RuleKind = {
  id: 'promises',
  parts: ['rules'],
  prefix: '',
  isAtOnce: true,
  sets: async (api, page) => {
    const { items, next } = await bodyOf(api.GET('/promises/policies', { params: { query: page } }));
    return { items: items.map(({ policy, revision, active }) => ({ set: policy, version: String(revision), isActive: active })), next };
  },
  versions: async (api, set) => {
    const { revision, changedBy, changedAt } = await ask(api, set);
    return Array.from({ length: revision }, (_, at): RuleVersion => {
      const isInForce = at === 0;
      return { version: String(revision - at), isInForce, note: null, by: isInForce ? changedBy : null, at: isInForce ? changedAt : null };
    });
  },
  read: async (api, set, version) => termsOf(await ask(api, set, Number(version))),
  save: (api, { set, name, text, from }) => put(api, set === '' ? name : set, text, from),
  activate: async (api, { set, version }) => put(api, set, termsOf(await ask(api, set, Number(version)))),
};

import { bodyOf, type Schemas } from '../../api/client';
import { jsonText, type RuleKind } from './kind';

type Terms = Schemas['PriceListDto'];

/** Whether goods are sold by it at this time. */
export const holdsAt = ({ validFrom, validTo }: Pick<Terms, 'validFrom' | 'validTo'>, now: Date): boolean =>
  Date.parse(validFrom) <= now.getTime() && (validTo === undefined || now.getTime() < Date.parse(validTo));

/** What goods cost. A list is changed as a whole and at once; what was sold keeps its price, and of earlier prices the orders tell. */
export const prices: RuleKind = {
  id: 'prices',
  parts: ['rules'],
  prefix: '',
  isAtOnce: true,
  sets: async (api, page) => {
    const { items, next } = await bodyOf(api.GET('/inventory/price-lists', { params: { query: page } }));
    const now = new Date();
    return { items: items.map((each) => ({ set: each.list, version: String(each.revision), isActive: holdsAt(each, now) })), next };
  },
  versions: async (api, list) => {
    const { revision } = await bodyOf(api.GET('/inventory/price-lists/{list}', { params: { path: { list } } }));
    return [{ version: String(revision), isInForce: true, note: null, by: null, at: null }];
  },
  read: async (api, asked) => {
    const {
      list: _,
      revision: __,
      ...terms
    } = await bodyOf(api.GET('/inventory/price-lists/{list}', { params: { path: { list: asked } } }));
    return { rules: jsonText(terms) };
  },
  save: async (api, { set, name, text, from }, key) => {
    const body = JSON.parse(text.rules ?? '') as Terms;
    // Whoever changed it meanwhile goes before; a new one must be new.
    const header = { 'Idempotency-Key': key, 'If-Match': `"${from ?? 0}"` };
    const saved = await bodyOf(
      api.PUT('/inventory/price-lists/{list}', { params: { path: { list: set === '' ? name : set }, header }, body }),
    );
    return 'revision' in saved ? String(saved.revision) : '';
  },
};

import { fulfillmentMethods, isCountry, isCurrency, locationKinds } from '@cartage/contracts';
import { weighable } from '@cartage/payment-verification/risk';
import { reached, refsIn, type Document } from './part-of-document';

/** Where a draft of each kind of rule is sent to, or what is otherwise in a fork, and below which field of the body it stands. */
const bodies = {
  routing: { operation: 'post /fulfillment/rules', below: 'rules' },
  verification: { operation: 'post /payments/verification-rules', below: 'rules' },
  returns: { operation: 'post /returns/policies' },
  promises: { operation: 'put /promises/policies/{policy}' },
  carriers: { operation: 'post /shipping/carrier-policies', below: 'rules' },
  prices: { operation: 'put /inventory/price-lists/{list}' },
  fork: { operation: 'post /fulfillment/forks' },
  templates: { operation: 'post /notifications/templates/{template}/versions' },
} as const satisfies Readonly<Record<string, { readonly operation: string; readonly below?: string }>>;

export interface Drafts {
  /** The schema of each kind's draft. */
  readonly roots: Readonly<Record<string, unknown>>;
  /** What those name. */
  readonly schemas: Readonly<Record<string, unknown>>;
  /** Codes that services know. */
  readonly codes: Readonly<Record<'country' | 'currency' | 'location-kind' | 'method' | 'signal', readonly string[]>>;
}

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

const codes: Drafts['codes'] = {
  country: letters.flatMap((first) => letters.map((second) => `${first}${second}`)).filter(isCountry),
  currency: Intl.supportedValuesOf('currency').filter(isCurrency),
  'location-kind': locationKinds,
  method: fulfillmentMethods,
  signal: weighable,
};

interface Operation {
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: unknown }>> };
}

interface ObjectSchema {
  readonly properties?: Readonly<Record<string, unknown>>;
}

const bodyOf = ({ paths }: Document, operation: string): unknown => {
  const [method = '', path = ''] = operation.split(' ');
  const { requestBody } = (paths[path]?.[method] ?? {}) as Operation;
  return requestBody?.content?.['application/json']?.schema;
};

/** What the forms of the console's drafts are made of: so a field that a service adds appears in its form. */
export const draftsOf = (document: Document): Drafts => {
  const all = document.components?.schemas ?? {};
  const rootOf = ({ operation, below }: { readonly operation: string; readonly below?: string }): unknown => {
    const body = bodyOf(document, operation);
    const [name = ''] = refsIn(body);
    const root = below === undefined ? body : (all[name] as ObjectSchema | undefined)?.properties?.[below];
    if (root === undefined) throw new Error(`The document has no body of ${operation}.`);
    return root;
  };
  const roots = Object.fromEntries(Object.entries(bodies).map(([kind, body]) => [kind, rootOf(body)]));
  const needed = [...reached(all, refsIn(roots))].sort();
  return { roots, schemas: Object.fromEntries(needed.map((name) => [name, all[name]])), codes };
};

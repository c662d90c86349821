import { readerOf, statusOf, type Json } from './client';
import type { Known } from './known';

/** So many that some are left when others of the requests have changed what they name. */
const ENOUGH = 6;

type Operations = Readonly<Record<string, { readonly get?: object }>>;

/** `/shipping/shipments/{shipmentId}/label.zpl`: what stands before the one name in it, the name, and what stands after. */
const ONE_NAME = /^([^{]*)\{(\w+)\}([^{]*)$/;

/** Those of the values that the path answers for, in the order in which they are known. */
const answeredOf = async (asked: (value: string) => Promise<number>, values: readonly string[]): Promise<readonly string[]> => {
  const answered: string[] = [];
  for (const value of values) {
    if (answered.length === ENOUGH) break;
    if ((await asked(value)) < 400) answered.push(value);
  }
  return answered;
};

/**
 * By question, the ids that it is answered for. What exists need not have everything: a shipment that is not packed has no label, a message that was
 * never sent no page. Questions whose ids are known only together are none of these.
 */
export const answeredIn = async (url: string, { values, together }: Known): Promise<Known['together']> => {
  const { paths } = (await readerOf(url)('/docs-json')) as { readonly paths: Operations };
  const found: Record<string, readonly Json[]> = {};
  for (const [path, { get }] of Object.entries(paths)) {
    const [, before, name, after] = ONE_NAME.exec(path) ?? [];
    if (!get || name === undefined || together[path]) continue;
    const asked = (value: string): Promise<number> => statusOf(`${url}${before}${encodeURIComponent(value)}${after}`);
    const answered = await answeredOf(asked, values[name] ?? []);
    if (answered.length > 0) found[`GET ${path}`] = answered.map((value) => ({ [name]: value }));
  }
  return found;
};

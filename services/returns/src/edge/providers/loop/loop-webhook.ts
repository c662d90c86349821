import { createHmac } from 'node:crypto';
import { ownValue } from '@cartage/contracts';
import { invalidField, Refused, type FieldError } from '@cartage/eventsourcing';
import { idFor, isFields, isSameText, type PostedWebhook } from '@cartage/service-kit';

/*
 * What Loop posts: the topic `return` in the form that is published (docs.loopreturns.com, “Return webhook” and “Validate webhooks from Loop”).
 */

type Fields = Readonly<Record<string, unknown>>;

/** Loop signs the body as it is; what it does not sign is when it did: a repeat says nothing new, by what it says. */
export const requireLoop = ({ headers, rawBody }: PostedWebhook, secrets: readonly string[]): void => {
  const given = headers['x-loop-signature'];
  const isGood = secrets.some((secret) => isSameText(String(given), createHmac('sha256', secret).update(rawBody).digest('base64')));
  if (typeof given !== 'string' || !isGood)
    throw new Refused('SIGNATURE_INVALID', 'The message is not signed by Loop with the secret of this webhook.', 'unproven');
};

/** Numbers and texts are mixed in Loop’s ids. */
const idIn = (from: Fields, name: string, at = ''): string => {
  const value = from[name];
  const text = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';
  if (text === '') throw invalidField(`${at}${name}`, 'REQUIRED', 'must be there');
  return text;
};

const textIn = (from: Fields, name: string): string => {
  const value = from[name];
  return typeof value === 'string' ? value.trim() : '';
};

/** Of what it is called at Loop: “Too big” is `too-big`. */
const codeOf = (words: string): string =>
  words
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 64);

interface Item {
  readonly lineId: string;
  readonly reason: string;
  readonly outcome: string;
}

const itemsIn = (body: Fields): readonly Item[] => {
  const items: unknown = body['line_items'];
  if (!Array.isArray(items) || items.length === 0) throw invalidField('line_items', 'REQUIRED', 'must have what is sent back');
  return items.map((item: unknown, i) => {
    const at = `line_items[${i}].`;
    if (!isFields(item)) throw invalidField(`line_items[${i}]`, 'INVALID', 'must be an item');
    const reason = codeOf(textIn(item, 'return_reason')) || codeOf(textIn(item, 'parent_return_reason')) || 'other';
    return { lineId: idIn(item, 'provider_line_item_id', at), reason, outcome: codeOf(textIn(item, 'outcome')) || 'default' };
  });
};

/** Each item is one unit: those of a line and reason are asked for together. */
const linesOf = (items: readonly Item[]) => {
  const lines = new Map<string, { readonly lineId: string; readonly reason: string; readonly quantity: number }>();
  for (const { lineId, reason } of items) {
    const key = JSON.stringify([lineId, reason]);
    lines.set(key, { lineId, reason, quantity: (lines.get(key)?.quantity ?? 0) + 1 });
  }
  return [...lines.values()];
};

const refunds: ReadonlySet<string> = new Set(['default', 'refund']);
const credits: ReadonlySet<string> = new Set(['credit', 'store-credit', 'gift', 'gift-card', 'giftcard']);

/** What only Loop can do: sending other goods, or paying in two ways at once. */
const doubts = (items: readonly Item[]): readonly FieldError[] => {
  const isMixed = items.some(({ outcome }) => refunds.has(outcome)) && items.some(({ outcome }) => credits.has(outcome));
  return items.flatMap(({ outcome }, i): readonly FieldError[] => {
    if (!isMixed && (refunds.has(outcome) || credits.has(outcome))) return [];
    const message = isMixed
      ? 'is paid in another way than other items of the return'
      : 'is neither a refund nor store credit: it is to be done at Loop';
    return [{ field: `line_items[${i}].outcome`, code: 'OUTCOME_NOT_TAKEN', message }];
  });
};

/** How a return that Loop is done with ends here. */
const ends: Readonly<Record<string, 'closed' | 'cancelled'>> = {
  closed: 'closed',
  cancelled: 'cancelled',
  canceled: 'cancelled',
  expired: 'cancelled',
};
/** Whether Loop has allowed it, or waits for a person. */
const standings: Readonly<Record<string, 'approved' | 'requested'>> = {
  open: 'approved',
  review: 'requested',
  'needs-review': 'requested',
};

/** A notice in our form, by what it says: told again in another post, it is the same. */
export interface LoopNotice {
  readonly noticeId: string;
  readonly notice: object;
  /** Why a person has to look at it first. */
  readonly faults: readonly FieldError[];
}

const requested = (
  body: Fields,
  { reference, channel, standing }: { readonly reference: string; readonly channel: string; readonly standing: string },
) => {
  const items = itemsIn(body);
  const isCredit = items.every(({ outcome }) => credits.has(outcome));
  return {
    notice: {
      ...{ type: 'requested', reference, orderId: idFor('order', channel, idIn(body, 'provider_order_id')), standing },
      ...{ tender: isCredit ? 'store-credit' : 'original', lines: linesOf(items) },
    },
    faults: doubts(items),
  };
};

/** Of a shop: the orders of its channel are known by the number that the shop gave them. */
export const loopNotice = (body: unknown, channel: string): LoopNotice => {
  if (!isFields(body)) throw invalidField('body', 'INVALID', 'must be a webhook of Loop');
  if (body['topic'] !== 'return') throw invalidField('topic', 'TOPIC_NOT_TAKEN', 'must be return: subscribe to no other');
  const [reference, state] = [idIn(body, 'id'), codeOf(textIn(body, 'state'))];
  const [how, standing] = [ownValue(ends, state), ownValue(standings, state)];
  if (how === undefined && standing === undefined)
    throw invalidField('state', 'STATE_UNKNOWN', `must be one of ${[...Object.keys(standings), ...Object.keys(ends)].join(', ')}`);
  const { notice, faults } =
    standing === undefined ? { notice: { type: 'ended', reference, how }, faults: [] } : requested(body, { reference, channel, standing });
  return { noticeId: idFor('loop-notice', JSON.stringify(notice)), notice, faults };
};

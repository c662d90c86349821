import { createHash } from 'node:crypto';
import { canonicalJson, Refused } from '@cartage/eventsourcing';
import { provenWebhookId, shapedEach } from '@cartage/service-kit';
import type { AfterSaleWord, ChannelConnector, ChannelOrderState } from '../../../app/channels/connector';
import { placementOf } from '../../placing';
import { invalid, isFields, JsonReading, parsedJson } from '../json-reading';
import { RefundMessageDto, ReturnMessageDto } from './after-sale.dto';
import { OrderMessageDto } from './message.dto';

const types = ['order', 'refund', 'return'] as const;
type MessageType = (typeof types)[number];

/** What says nothing else is an order, and refused as one where it is none. */
const typeOf = (payload: unknown): MessageType => {
  const said = isFields(payload) ? payload['type'] : undefined;
  return types.find((type) => type === said) ?? 'order';
};

/** Refused by the fields of the message, as they are written. */
const shapedAs = <Dto extends object>(dto: new () => Dto, payload: unknown): Dto => {
  const [message] = shapedEach(dto, [payload]);
  if (message && !(message instanceof Refused)) return message;
  const faults = message?.errors.map((each) => ({ field: each.field, code: 'MESSAGE_INVALID', message: each.message })) ?? [];
  throw invalid(faults.length > 0 ? faults : [{ field: 'body', code: 'MESSAGE_INVALID', message: 'must be an object with an order' }]);
};

const cancelledOf = ({ cancelled }: OrderMessageDto): Pick<ChannelOrderState, 'cancelled'> => {
  if (!cancelled) return {};
  const detail = cancelled.detail === undefined ? cancelled.code : `${cancelled.code}: ${cancelled.detail}`;
  return { cancelled: { code: 'channel-cancelled', detail, by: cancelled.by ?? 'channel' } };
};

/** Lines go by the numbers that the channel has for them; without, by their place, as orders do that come by the API. */
const stateIn = (payload: unknown): ChannelOrderState => {
  const message = shapedAs(OrderMessageDto, payload);
  const { externalOrderId, changedAt, payment = 'good', order } = message;
  const { channel: _, externalOrderId: __, ...placement } = placementOf(order, '', externalOrderId);
  const lines = placement.lines.map((line, i) => ({ ...line, lineId: line.lineId ?? String(i + 1) }));
  const raw = isFields(payload) ? payload : {};
  return { externalOrderId, changedAt, payment, ...cancelledOf(message), order: { ...placement, lines, raw } };
};

const named = <Line extends { readonly lineId: string }>(lines: readonly Line[]): readonly (Line & { readonly field: string })[] =>
  lines.map((line, i) => ({ ...line, field: `lines.${i}.lineId` }));

/** Money that went back, or a return, in our own form. */
export const afterSaleIn = (payload: unknown): AfterSaleWord => {
  if (typeOf(payload) === 'refund') {
    const { type: _, lines = [], ...refund } = shapedAs(RefundMessageDto, payload);
    return { ...refund, kind: 'refund', lines: named(lines) };
  }
  const { type: _, changedAt, lines, ...rest } = shapedAs(ReturnMessageDto, payload);
  return { ...rest, kind: 'return', saidAt: changedAt, lines: named(lines) };
};

/** Without one of its own it is named by what it says: the same again is the same. */
const nameOf = (messageId: unknown, payload: object): string => {
  if (typeof messageId === 'string' && /^[\w.-]{1,200}$/.test(messageId)) return messageId;
  return `file-${createHash('sha256')
    .update(canonicalJson([messageId ?? null, payload]))
    .digest('hex')
    .slice(0, 32)}`;
};

/** The channel's number of the order, in our own form. */
export const orderNumberIn = (payload: unknown): string | undefined =>
  isFields(payload) ? new JsonReading().optionalText(payload, 'externalOrderId') : undefined;

/** A channel that posts our own form, signed as Standard Webhooks has it. */
export const webhookConnector = (secrets: readonly string[], now: () => Date): ChannelConnector => ({
  open: (post) => {
    const messageId = provenWebhookId(post, secrets, now());
    const payload = parsedJson(post.rawBody);
    return { messageId, topic: typeOf(payload), payload };
  },
  recordIn: ({ messageId, ...payload }) => ({ messageId: nameOf(messageId, payload), topic: typeOf(payload), payload }),
  about: ({ payload }) => (typeOf(payload) === 'order' ? 'order' : 'after-sale'),
  orderIn: ({ payload }) => stateIn(payload),
  afterSaleIn: ({ payload }) => afterSaleIn(payload),
  numberIn: ({ payload }) => orderNumberIn(payload),
});

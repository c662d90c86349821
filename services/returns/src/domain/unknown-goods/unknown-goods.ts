import type { Disposition, Reason, ReturnEvent as PublicEvent, Sealed } from '@cartage/contracts';
import { deciding, evolving, Refused, type DataOf, type Decider, type Named, type Translation } from '@cartage/eventsourcing';

type Public<Type extends PublicEvent['type']> = Extract<PublicEvent, { readonly type: Type }>;

/** What happens to goods that name no order: stream `receipt-<receiptId>`. What stands on their label may be personal, and is kept sealed. */
export type UnknownGoodsEvent =
  | Named<'UnknownGoodsReceived', Public<'UnknownGoodsReceived'>['data'] & { readonly label?: Sealed }>
  | Public<'UnknownGoodsOverdue'>
  | Public<'UnknownGoodsMatched'>
  | Public<'UnknownGoodsDisposed'>;

/** Something may lie at a dock that cannot be told; what is done with it is known. */
export interface UnknownItem {
  readonly sku?: string;
  readonly quantity: number;
}

export const unknownGoodsStatuses = ['waiting', 'overdue', 'matched', 'disposed'] as const;
export type UnknownGoodsStatus = (typeof unknownGoodsStatuses)[number];

export interface UnknownGoods {
  readonly status: UnknownGoodsStatus;
  readonly received: DataOf<UnknownGoodsEvent, 'UnknownGoodsReceived'>;
  readonly matched?: DataOf<UnknownGoodsEvent, 'UnknownGoodsMatched'>;
  readonly disposed?: DataOf<UnknownGoodsEvent, 'UnknownGoodsDisposed'>;
}

/** Nothing before they came. */
export type MaybeGoods = UnknownGoods | undefined;

interface OnReceipt {
  readonly receiptId: string;
  /** ISO 8601. */
  readonly now: string;
}

export type UnknownGoodsCommand =
  | Named<'ReceiveUnknownGoods', OnReceipt & Omit<DataOf<UnknownGoodsEvent, 'UnknownGoodsReceived'>, 'receiptId' | 'receivedAt'>>
  | Named<'NoticeUnknownGoods', OnReceipt>
  | Named<
      'MatchUnknownGoods',
      OnReceipt & { readonly orderId: string; readonly lines: Public<'UnknownGoodsMatched'>['data']['lines']; readonly reason: Reason }
    >
  | Named<'DisposeUnknownGoods', OnReceipt & { readonly disposition: Disposition; readonly reason: Reason }>;

type Of<Type extends UnknownGoodsCommand['type']> = DataOf<UnknownGoodsCommand, Type>;

export const unknownReceipt = (receiptId: string): Refused =>
  new Refused('UNKNOWN_GOODS_UNKNOWN', `There is no receipt ${receiptId} of goods that name no order.`, 'unknown');

export const requireGoods = (receiptId: string, goods: MaybeGoods): UnknownGoods => {
  if (!goods) throw unknownReceipt(receiptId);
  return goods;
};

/** What was found out once is not found out again: they would be booked twice. */
const requireOpen = (receiptId: string, goods: MaybeGoods): UnknownGoods => {
  const known = requireGoods(receiptId, goods);
  if (known.status === 'matched' || known.status === 'disposed')
    throw new Refused('GOODS_SETTLED', `The goods of receipt ${receiptId} are ${known.status} already.`);
  return known;
};

const receive = ({ now, ...received }: Of<'ReceiveUnknownGoods'>, goods: MaybeGoods): readonly UnknownGoodsEvent[] =>
  goods ? [] : [{ type: 'UnknownGoodsReceived', data: { ...received, receivedAt: now } }];

const notice = ({ receiptId, now }: OnReceipt, goods: MaybeGoods): readonly UnknownGoodsEvent[] => {
  const { status, received } = requireGoods(receiptId, goods);
  const { location, settleBy } = received;
  return status === 'waiting' ? [{ type: 'UnknownGoodsOverdue', data: { receiptId, location, settleBy, noticedAt: now } }] : [];
};

const match = ({ receiptId, orderId, lines, reason, now }: Of<'MatchUnknownGoods'>, goods: MaybeGoods): readonly UnknownGoodsEvent[] => {
  const { location } = requireOpen(receiptId, goods).received;
  return [{ type: 'UnknownGoodsMatched', data: { receiptId, orderId, location, lines, reason, matchedAt: now } }];
};

const dispose = ({ receiptId, disposition, reason, now }: Of<'DisposeUnknownGoods'>, goods: MaybeGoods): readonly UnknownGoodsEvent[] => {
  const { location } = requireOpen(receiptId, goods).received;
  return [{ type: 'UnknownGoodsDisposed', data: { receiptId, location, disposition, reason, disposedAt: now } }];
};

export const unknownGoodsStream = (receiptId: string): string => `receipt-${receiptId}`;

/** Goods at a dock that name no order, from there to the order that they are of, or to their end. */
export const unknownGoods: Decider<UnknownGoodsCommand, MaybeGoods, UnknownGoodsEvent> = {
  initial: undefined,
  evolve: evolving<MaybeGoods, UnknownGoodsEvent>({
    UnknownGoodsReceived: (_, received) => ({ status: 'waiting', received }),
    UnknownGoodsOverdue: (goods) => goods && { ...goods, status: 'overdue' },
    UnknownGoodsMatched: (goods, matched) => goods && { ...goods, status: 'matched', matched },
    UnknownGoodsDisposed: (goods, disposed) => goods && { ...goods, status: 'disposed', disposed },
  }),
  decide: deciding<UnknownGoodsCommand, MaybeGoods, UnknownGoodsEvent>({
    ReceiveUnknownGoods: receive,
    NoticeUnknownGoods: notice,
    MatchUnknownGoods: match,
    DisposeUnknownGoods: dispose,
  }),
};

const same = <Event extends Named>({ type, data }: Event): Pick<Event, 'type' | 'data'> => ({ type, data });

/** What stands on their label stays inside. */
export const publishedOfUnknownGoods: Translation<UnknownGoodsEvent, PublicEvent> = {
  UnknownGoodsReceived: ({ type, data: { label: _, ...data } }) => ({ type, data }),
  UnknownGoodsOverdue: same,
  UnknownGoodsMatched: same,
  UnknownGoodsDisposed: same,
};

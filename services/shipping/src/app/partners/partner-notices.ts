import { Refused, type FieldError, type Meta } from '@cartage/eventsourcing';
import type { NoticeKind, PartnerNotice } from '../../domain/partner-notice';
import type { Labels } from '../labels';
import type { OrderRegister } from '../registers';
import type { ShipmentLog } from '../shipment-log';
import { meantBy } from '../supplier-orders/rests';
import type { MessageKind, MessageOutbox } from './partner-message';
import type { PartnerRegister } from './partner';
import type { StockReport } from './statements';

/** What came in, in our form: of a shipment, or of stock. */
export type ShapedNotice =
  | { readonly kind: NoticeKind; readonly reference: string; readonly notice: PartnerNotice }
  | { readonly kind: 'stock'; readonly stock: StockReport };

/** Said in a form that is none, in answer to what was told of a shipment: a person enters what was meant. */
export interface UnreadableNotice extends Pick<ReceivedNotice, 'detail' | 'faults'> {
  readonly kind: 'unreadable';
  readonly reference: string;
  readonly code: string;
}

export type NoticeContent = ShapedNotice | UnreadableNotice;

/** `taken`: it is as it says; `parked`: it speaks of what is not known here yet; `refused`: a person mends it or drops it. */
export const noticeStatuses = ['taken', 'parked', 'refused', 'dropped'] as const;
export type NoticeStatus = (typeof noticeStatuses)[number];

export interface ReceivedNotice {
  readonly partner: string;
  readonly noticeId: string;
  readonly kind: NoticeContent['kind'];
  /** The shipment that it speaks of. */
  readonly reference: string | null;
  readonly status: NoticeStatus;
  readonly detail: string;
  readonly code: string | null;
  readonly faults: readonly FieldError[];
  readonly tries: number;
  readonly receivedAt: string;
}

export interface NoticesQuery {
  readonly partner: string;
  readonly status: NoticeStatus | undefined;
  readonly after: readonly [receivedAt: string, noticeId: string] | undefined;
  readonly limit: number;
}

interface Kept {
  readonly notice: ReceivedNotice;
  readonly content: NoticeContent;
}

export interface NoticeTable {
  find(partner: string, noticeId: string): Promise<Kept | undefined>;
  /** Newer than what is there, unless that was taken. */
  keep(kept: Kept): Promise<void>;
  parked(shipmentId: string): Promise<readonly Kept[]>;
  list(query: NoticesQuery): Promise<readonly ReceivedNotice[]>;
}

export interface PartnerNoticesNeeds {
  readonly partners: Pick<PartnerRegister, 'find'>;
  readonly table: NoticeTable;
  readonly outbox: Pick<MessageOutbox, 'answered'>;
  readonly log: ShipmentLog;
  readonly orders: Pick<OrderRegister, 'shipmentsOf'>;
  readonly labels: Pick<Labels, 'voidLeftOver'>;
  readonly state: (from: { readonly partner: string; readonly noticeId: string }, report: StockReport, meta: Meta) => Promise<void>;
  readonly idFor: (...named: readonly string[]) => string;
  readonly newToken: () => string;
  readonly now: () => Date;
}

interface Heard {
  readonly content: NoticeContent;
  readonly before: ReceivedNotice | undefined;
}

interface Named {
  readonly partner: string;
  readonly noticeId: string;
}

type Outcome = Pick<ReceivedNotice, 'status' | 'detail' | 'code' | 'faults'>;

const taken: Outcome = { status: 'taken', detail: 'It is as it says.', code: null, faults: [] };

const outcomeOf = ({ kind, code, message, errors }: Refused): Outcome => ({
  ...{ status: kind === 'unknown' ? 'parked' : 'refused', detail: message, code, faults: errors },
});

const unreadable = ({ code, detail, faults }: UnreadableNotice): Outcome => ({ status: 'refused', detail, code, faults });

const isSettled = ({ status }: ReceivedNotice): boolean => status === 'taken' || status === 'dropped';

/** Which of what it was told is answered by it. */
const answers: Readonly<Record<NoticeKind, readonly MessageKind[]>> = {
  accepted: ['request'],
  picked: ['request'],
  packed: ['request'],
  rejected: ['request', 'cancel'],
  dispatched: ['request', 'cancel'],
  delivered: [],
  cancelled: ['request', 'cancel'],
  'cancellation-refused': ['request', 'cancel'],
};

export const unknownPartner = (partner: string): Refused => new Refused('PARTNER_UNKNOWN', `There is no partner ${partner}.`, 'unknown');

/** What partners say: taken once, whatever the order; kept where it cannot be, for what it speaks of or for a person. */
export class PartnerNotices {
  constructor(private readonly needs: PartnerNoticesNeeds) {}

  async take(named: Named, content: NoticeContent, meta: Meta): Promise<ReceivedNotice> {
    const before = await this.needs.table.find(named.partner, named.noticeId);
    if (before && isSettled(before.notice)) return before.notice;
    if (!before && !(await this.needs.partners.find(named.partner))) throw unknownPartner(named.partner);
    const notice = await this.follow(named, { content: before?.content ?? content, before: before?.notice }, meta);
    await this.heardMore(notice, meta);
    return notice;
  }

  /** Once its cause is mended; or mended itself. */
  async resubmit(named: Named, mended: ShapedNotice | undefined, meta: Meta): Promise<ReceivedNotice> {
    const { notice, content } = await this.found(named);
    if (isSettled(notice)) return notice;
    return this.follow(named, { content: mended ?? content, before: notice }, meta);
  }

  /** A person has dealt with it by other means. */
  async drop(named: Named, why: string, { actor }: Meta): Promise<ReceivedNotice> {
    const { notice, content } = await this.found(named);
    if (isSettled(notice)) return notice;
    const dropped: ReceivedNotice = { ...notice, status: 'dropped', detail: `Dropped by ${actor}: ${why}` };
    await this.needs.table.keep({ notice: dropped, content });
    return dropped;
  }

  /** What is out may have been said to be there before. */
  private async heardMore({ status, kind, reference }: ReceivedNotice, meta: Meta): Promise<void> {
    if (status === 'taken' && kind === 'dispatched' && reference !== null) await this.planned(reference, meta);
  }

  /** What came before its shipment was known. */
  async planned(shipmentId: string, meta: Meta): Promise<void> {
    for (const { notice, content } of await this.needs.table.parked(shipmentId))
      await this.follow(notice, { content, before: notice }, meta);
  }

  list(query: NoticesQuery): Promise<readonly ReceivedNotice[]> {
    return this.needs.table.list(query);
  }

  /** Tried again after parking: who plans writes first and looks for what is parked second, so one of the two finds the other. */
  private async follow(named: Named, heard: Heard, meta: Meta): Promise<ReceivedNotice> {
    const notice = await this.tryOnce(named, heard, meta);
    if (notice.status !== 'parked' || !(await this.isPlanned(notice))) return notice;
    return this.tryOnce(named, { ...heard, before: notice }, meta);
  }

  private async isPlanned({ reference }: ReceivedNotice): Promise<boolean> {
    if (reference === null) return false;
    const { shipment } = await this.needs.log.read(reference);
    return 'plan' in shipment && shipment.plan !== undefined;
  }

  private async tryOnce({ partner, noticeId }: Named, { content, before }: Heard, meta: Meta): Promise<ReceivedNotice> {
    const tries = (before?.tries ?? 0) + 1;
    const outcome = await this.outcome({ partner, noticeId, tries }, content, meta);
    const notice: ReceivedNotice = {
      ...{ partner, noticeId, kind: content.kind, reference: content.kind === 'stock' ? null : content.reference },
      ...{ ...outcome, tries, receivedAt: before?.receivedAt ?? this.needs.now().toISOString() },
    };
    await this.needs.table.keep({ notice, content });
    return notice;
  }

  private async outcome(named: Named & { readonly tries: number }, content: NoticeContent, meta: Meta): Promise<Outcome> {
    if (content.kind === 'unreadable') return unreadable(content);
    try {
      const commandId = this.needs.idFor('partner-notice', named.partner, named.noticeId, String(named.tries));
      if (content.kind === 'stock') await this.needs.state(named, content.stock, { ...meta, commandId });
      else await this.hear(named, content, { ...meta, commandId });
      return taken;
    } catch (error) {
      if (error instanceof Refused) return outcomeOf(error);
      throw error;
    }
  }

  private async hear(
    { partner, noticeId }: Named,
    { reference, notice }: Exclude<ShapedNotice, { readonly kind: 'stock' }>,
    meta: Meta,
  ): Promise<void> {
    const { log, idFor, newToken, now, labels, outbox } = this.needs;
    const isMoreOut = await this.isMoreOut(reference, notice);
    for (const shipmentId of await meantBy(this.needs, reference, notice)) {
      const labelId = idFor('partner-label', partner, noticeId, ...(shipmentId === reference ? [] : [shipmentId]));
      const data = { partner, notice, labelId, trackingToken: newToken(), now: now().toISOString() };
      const { current } = await log.send(shipmentId, { type: 'HearPartner', data }, meta);
      await labels.voidLeftOver(shipmentId, current, meta);
      await outbox.answered(shipmentId, answers[notice.kind]);
    }
    if (isMoreOut)
      throw new Refused('REST_NOT_PLANNED', 'Of what it sent, some is not planned here yet: that this is there waits for it.', 'unknown');
  }

  /** All of it is there, also what it said to be out of a part that is not planned here yet. */
  private async isMoreOut(reference: string, notice: PartnerNotice): Promise<boolean> {
    if (notice.kind !== 'delivered' || notice.parcels) return false;
    return (await this.needs.table.parked(reference)).some(({ content }) => content.kind === 'dispatched');
  }

  private async found({ partner, noticeId }: Named): Promise<Kept> {
    const kept = await this.needs.table.find(partner, noticeId);
    if (kept) return kept;
    throw new Refused('NOTICE_UNKNOWN', `${partner} said nothing under ${noticeId}.`, 'unknown');
  }
}

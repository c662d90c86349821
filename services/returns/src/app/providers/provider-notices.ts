import { Refused, type FieldError, type Meta } from '@cartage/eventsourcing';
import type { ProviderNotice } from '../../domain/provider-notice';
import type { ProviderRegister } from './provider';
import type { ProviderReturns } from './provider-returns';

/** What came in, in our form. */
export interface ShapedNotice {
  readonly reference: string;
  readonly notice: ProviderNotice;
}

/** `taken`: it is as it says; `parked`: it speaks of what is not known here yet; `refused`: a person mends it or drops it. */
export const providerNoticeStatuses = ['taken', 'parked', 'refused', 'dropped'] as const;
export type ProviderNoticeStatus = (typeof providerNoticeStatuses)[number];

export interface ReceivedProviderNotice {
  readonly provider: string;
  readonly noticeId: string;
  readonly kind: ProviderNotice['kind'];
  readonly reference: string;
  /** Of what was asked for. */
  readonly orderId: string | null;
  readonly status: ProviderNoticeStatus;
  readonly detail: string;
  readonly code: string | null;
  readonly faults: readonly FieldError[];
  readonly tries: number;
  readonly receivedAt: string;
}

export interface ProviderNoticesQuery {
  readonly provider: string;
  readonly status: ProviderNoticeStatus | undefined;
  readonly after: readonly [receivedAt: string, noticeId: string] | undefined;
  readonly limit: number;
}

export interface KeptNotice {
  readonly notice: ReceivedProviderNotice;
  readonly content: ShapedNotice;
}

export interface ProviderNoticeTable {
  find(provider: string, noticeId: string): Promise<KeptNotice | undefined>;
  /** Newer than what is there, unless that was taken or dropped. */
  keep(kept: KeptNotice): Promise<void>;
  /** What waits, in the order in which it came: of an order, or of a return by its reference. */
  parked(provider: string, of: { readonly orderId: string } | { readonly reference: string }): Promise<readonly KeptNotice[]>;
  list(query: ProviderNoticesQuery): Promise<readonly ReceivedProviderNotice[]>;
}

export interface ProviderNoticesNeeds {
  readonly register: Pick<ProviderRegister, 'find'>;
  readonly table: ProviderNoticeTable;
  readonly returns: Pick<ProviderReturns, 'follow'>;
  readonly idFor: (...named: readonly string[]) => string;
  readonly now: () => Date;
}

interface Named {
  readonly provider: string;
  readonly noticeId: string;
}

type Verdict = Pick<ReceivedProviderNotice, 'status' | 'detail' | 'code' | 'faults'>;

const taken: Verdict = { status: 'taken', detail: 'It is as it says.', code: null, faults: [] };

/** Of units that have not come in yet: their receipt may be on its way. */
const mayComeLater: ReadonlySet<string> = new Set(['QUANTITY_TOO_HIGH', 'RECEIPT_UNKNOWN', 'RETURN_POLICY_UNKNOWN']);

const refusedAs = ({ kind, code, message, errors }: Refused): Verdict => ({
  ...{ status: kind === 'unknown' || mayComeLater.has(code) ? 'parked' : 'refused', detail: message, code, faults: errors },
});

const isSettled = ({ status }: ReceivedProviderNotice): boolean => status === 'taken' || status === 'dropped';

export const unknownProvider = (provider: string): Refused =>
  new Refused('PROVIDER_UNKNOWN', `There is no returns provider ${provider}.`, 'unknown');

/** What returns providers say: taken once, whatever the order; kept where it cannot be, for what it speaks of or for a person. */
export class ProviderNotices {
  constructor(private readonly needs: ProviderNoticesNeeds) {}

  /** With `doubts` a person has to look at it first: resubmitted it is taken as it is. */
  async take(named: Named, content: ShapedNotice, meta: Meta, doubts?: Refused): Promise<ReceivedProviderNotice> {
    const before = await this.known(named, meta);
    if (before && (isSettled(before.notice) || doubts)) return before.notice;
    if (doubts) return this.keep(named, { content, before: undefined }, refusedAs(doubts));
    return this.follow(named, { content: before?.content ?? content, before: before?.notice }, meta);
  }

  /** Once its cause is mended; or mended itself. */
  async resubmit(named: Named, mended: ShapedNotice | undefined, meta: Meta): Promise<ReceivedProviderNotice> {
    const { notice, content } = await this.found(named);
    if (isSettled(notice)) return notice;
    return this.follow(named, { content: mended ?? content, before: notice }, meta);
  }

  /** A person has dealt with it by other means. */
  async drop(named: Named, why: string, { actor }: Meta): Promise<ReceivedProviderNotice> {
    const { notice, content } = await this.found(named);
    if (isSettled(notice)) return notice;
    const dropped: ReceivedProviderNotice = { ...notice, status: 'dropped', detail: `Dropped by ${actor}: ${why}` };
    await this.needs.table.keep({ notice: dropped, content });
    return dropped;
  }

  list(query: ProviderNoticesQuery): Promise<readonly ReceivedProviderNotice[]> {
    return this.needs.table.list(query);
  }

  /** More is known of an order: what was said of it before may be taken now. */
  async orderKnown(provider: string, orderId: string, meta: Meta): Promise<void> {
    for (const { notice, content } of await this.needs.table.parked(provider, { orderId }))
      await this.follow(notice, { content, before: notice }, meta);
  }

  /** Tried twice before it is parked for good: whoever brings what it waits for writes first and looks for what is parked second, so one of the two finds the other. */
  private async follow(
    named: Named,
    heard: { readonly content: ShapedNotice; readonly before: ReceivedProviderNotice | undefined },
    meta: Meta,
  ) {
    const first = await this.tryOnce(named, heard, meta);
    const notice = first.status === 'parked' && !heard.before ? await this.tryOnce(named, { ...heard, before: first }, meta) : first;
    if (notice.status === 'taken') await this.heardMore(notice, meta);
    return notice;
  }

  /** What is taken may be what others of its return have waited for; each of them again. */
  private async heardMore({ provider, reference }: ReceivedProviderNotice, meta: Meta): Promise<void> {
    for (const { notice, content } of await this.needs.table.parked(provider, { reference })) {
      const after = await this.tryOnce(notice, { content, before: notice }, meta);
      if (after.status === 'taken') return this.heardMore(after, meta);
    }
  }

  private async tryOnce(
    { provider, noticeId }: Named,
    { content, before }: { readonly content: ShapedNotice; readonly before: ReceivedProviderNotice | undefined },
    meta: Meta,
  ): Promise<ReceivedProviderNotice> {
    return this.keep({ provider, noticeId }, { content, before }, await this.verdict({ provider, noticeId }, content, meta));
  }

  private async keep(
    { provider, noticeId }: Named,
    { content, before }: { readonly content: ShapedNotice; readonly before: ReceivedProviderNotice | undefined },
    verdict: Verdict,
  ): Promise<ReceivedProviderNotice> {
    const { reference, notice: said } = content;
    const notice: ReceivedProviderNotice = {
      ...{ provider, noticeId, kind: said.kind, reference, orderId: said.kind === 'requested' ? said.orderId : null },
      ...verdict,
      ...{ tries: (before?.tries ?? 0) + 1, receivedAt: before?.receivedAt ?? this.needs.now().toISOString() },
    };
    await this.needs.table.keep({ notice, content });
    return notice;
  }

  private async verdict({ provider, noticeId }: Named, { reference, notice }: ShapedNotice, meta: Meta): Promise<Verdict> {
    const terms = await this.needs.register.find(provider);
    if (!terms) throw unknownProvider(provider);
    try {
      const commandId = this.needs.idFor('provider-notice', provider, noticeId);
      await this.needs.returns.follow({ provider, channels: terms.channels, reference }, notice, { ...meta, commandId });
      return taken;
    } catch (error) {
      if (error instanceof Refused) return refusedAs(error);
      throw error;
    }
  }

  /** Whoever took it may have been gone before what had waited for it was tried. */
  private async known({ provider, noticeId }: Named, meta: Meta): Promise<KeptNotice | undefined> {
    const kept = await this.needs.table.find(provider, noticeId);
    if (kept?.notice.status === 'taken') await this.heardMore(kept.notice, meta);
    return kept;
  }

  private async found({ provider, noticeId }: Named): Promise<KeptNotice> {
    const kept = await this.needs.table.find(provider, noticeId);
    if (kept) return kept;
    throw new Refused('NOTICE_UNKNOWN', `${provider} said nothing under ${noticeId}.`, 'unknown');
  }
}

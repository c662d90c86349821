import { Refused, type EventStore, type Meta, type Send } from '@cartage/eventsourcing';
import type { OrderAsKnown, ReturnCommand } from '../../domain/commands';
import type { ReturnEvent } from '../../domain/events';
import { soldFaults, type ProviderNotice } from '../../domain/provider-notice';
import { returnStream } from '../../domain/return';
import type { OrderReturns } from '../../domain/state';
import type { OrderFacts } from '../order-facts';
import type { Returns } from '../returns';
import { loadReturns, requireOrder, requireOrderOf, theReturn, unknownThing, type KnowingNeeds } from '../requiring';

/** What providers call the returns that began there. */
export interface ProviderReferences {
  keep(returnId: string, of: { readonly provider: string; readonly reference: string }): Promise<void>;
  of(returnId: string): Promise<string | undefined>;
}

export interface ProviderReturnsNeeds extends KnowingNeeds {
  readonly facts: Pick<OrderFacts, 'of' | 'orderOf' | 'keepReturn'>;
  readonly references: ProviderReferences;
  readonly store: Pick<EventStore, 'readMany'>;
  readonly send: Send<ReturnCommand, OrderReturns, ReturnEvent>;
  readonly returns: Pick<Returns, 'decide' | 'receive' | 'grade'>;
  readonly idFor: (...named: readonly string[]) => string;
  readonly newId: () => string;
  readonly now: () => Date;
}

/** Whose return it is. */
export interface OfProvider {
  readonly provider: string;
  readonly channels: readonly string[];
  /** The provider’s own name of the return. */
  readonly reference: string;
}

type Of<Kind extends ProviderNotice['kind']> = Extract<ProviderNotice, { readonly kind: Kind }>;

const refusedLines = (errors: ReturnType<typeof soldFaults>): void => {
  if (errors.length > 0) throw new Refused('LINE_NOT_ELIGIBLE', 'Some lines cannot be returned as asked.', 'invalid', errors);
};

/** What returns providers say, as commands. A provider reaches its own returns only: those of orders of its channels, by its own references. */
export class ProviderReturns {
  constructor(private readonly needs: ProviderReturnsNeeds) {}

  async follow(of: OfProvider, notice: ProviderNotice, meta: Meta): Promise<void> {
    switch (notice.kind) {
      case 'requested':
        return this.requested(of, notice, meta);
      case 'decided':
        return this.decided(this.returnIdOf(of), notice, meta);
      case 'received':
        await this.needs.returns.receive(this.returnIdOf(of), notice, { meta: this.once(of, notice, meta) });
        return;
      case 'graded':
        return this.graded(of, notice, meta);
      case 'refund-due':
        return this.refundDue(of, notice, meta);
      case 'ended':
        return this.ended(this.returnIdOf(of), notice.how, meta);
    }
  }

  private async requested(of: OfProvider, { orderId, standing, tender, lines }: Of<'requested'>, meta: Meta): Promise<void> {
    const known = await requireOrder(this.needs, orderId);
    this.requireTheirs(of, known);
    const returnId = this.returnIdOf(of);
    await this.requireSame(of, returnId, orderId);
    const data = { orderId, returnId, lines, ...known, refundId: this.needs.newId(), now: this.now() };
    if (standing === 'approved') refusedLines(soldFaults(known.sale, lines));
    await this.needs.facts.keepReturn(returnId, orderId);
    await this.needs.references.keep(returnId, of);
    const command: ReturnCommand =
      standing === 'approved'
        ? { type: 'OpenAtChannel', data: { ...data, standing, by: 'provider' } }
        : { type: 'RequestReturn', data: { ...data, tender } };
    await this.needs.send(returnStream(orderId), command, meta);
  }

  /** By line as a person here decides; without lines whatever waits, and a decision that is made already is quiet. */
  private async decided(returnId: string, { decision, lines, note }: Of<'decided'>, meta: Meta): Promise<void> {
    if (lines) {
      await this.needs.returns.decide(returnId, { decision, lines, note }, { meta });
      return;
    }
    if (decision === 'decline') return this.ended(returnId, 'declined', meta);
    const orderId = await this.orderOf(returnId);
    const known = await requireOrder(this.needs, orderId);
    const data = { orderId, returnId, lines: [], ...known, refundId: this.needs.newId(), now: this.now() };
    await this.needs.send(returnStream(orderId), { type: 'OpenAtChannel', data: { ...data, standing: 'approved', by: 'provider' } }, meta);
  }

  private async graded(of: OfProvider, notice: Of<'graded'>, meta: Meta): Promise<void> {
    const returnId = this.returnIdOf(of);
    const { commandId } = this.once(of, notice, meta);
    for (const [i, line] of notice.lines.entries()) {
      const each = this.needs.idFor('provider-grading', commandId, String(i));
      await this.needs.returns.grade(returnId, line, { meta: { ...meta, commandId: each } });
    }
  }

  private async refundDue(of: OfProvider, { kind: _, refundId: named, ...owed }: Of<'refund-due'>, meta: Meta): Promise<void> {
    const returnId = this.returnIdOf(of);
    const orderId = await this.orderOf(returnId);
    const known = await requireOrder(this.needs, orderId);
    const refundId = this.needs.idFor('provider-refund', of.provider, named);
    const data = { orderId, returnId, refundId, ...owed, ...known, now: this.now() };
    await this.needs.send(returnStream(orderId), { type: 'RefundByProvider', data }, meta);
  }

  private async ended(returnId: string, how: string, meta: Meta): Promise<void> {
    const orderId = await this.orderOf(returnId);
    const data = { orderId, returnId, how, by: 'provider' as const, refundId: this.needs.newId(), now: this.now() };
    await this.needs.send(returnStream(orderId), { type: 'EndAtChannel', data }, meta);
  }

  /** The same for what the provider calls the same, in whichever message it says so. */
  private once({ provider, reference }: OfProvider, { kind, id }: Of<'received' | 'graded'>, meta: Meta): Meta {
    return id === undefined ? meta : { ...meta, commandId: this.needs.idFor('provider-act', provider, reference, kind, id) };
  }

  private requireTheirs({ provider, channels }: OfProvider, { sale: { orderId, channel } }: OrderAsKnown): void {
    if (channels.includes(channel)) return;
    const message = `Order ${orderId} was not sold in a channel of ${provider}: it speaks of ${channels.join(', ')}.`;
    throw new Refused('ORDER_NOT_OF_PROVIDER', message, 'invalid', [{ field: 'orderId', code: 'ORDER_NOT_OF_PROVIDER', message }]);
  }

  private async requireSame({ reference }: OfProvider, returnId: string, orderId: string): Promise<void> {
    const before = await this.needs.facts.orderOf(returnId);
    if (before === undefined || before === orderId) return;
    const message = `${reference} is a return of order ${before}. Give the return of another order a reference of its own.`;
    throw new Refused('REFERENCE_TAKEN', message, 'invalid', [{ field: 'reference', code: 'REFERENCE_TAKEN', message }]);
  }

  private returnIdOf({ provider, reference }: OfProvider): string {
    return this.needs.idFor('provider-return', provider, reference);
  }

  /** One that was refused is known by its id, and is no return. */
  private async orderOf(returnId: string): Promise<string> {
    const orderId = await requireOrderOf(this.needs, returnId, theReturn);
    const { state } = await loadReturns(this.needs.store, orderId);
    if (!state.rmas.has(returnId)) throw unknownThing(theReturn, returnId);
    return orderId;
  }

  private now(): string {
    return this.needs.now().toISOString();
  }
}

import { EXCHANGE } from '@cartage/contracts';
import {
  handling,
  reading,
  Refused,
  type Deadline,
  type Deadlines,
  type EventStore,
  type Handled,
  type Meta,
  type Send,
} from '@cartage/eventsourcing';
import { balanceStream, type Balance, type BalanceEvent, type Holder, type OpenBalance } from '../../domain/balances/balance';
import { balance, type BalanceCommand } from '../../domain/decide-balance';
import type { AuthorizeCall, CaptureCall, ProviderCall, RefundCall, VoidCall } from '../../domain/outstanding';
import { byOperator, creditOf, type Adjustment, type CreditEntry, type GiftCardEntry, type Owner, type StoreCreditEntry } from './entries';
import { codeFrom, lastOf, spelt } from './gift-card-code';

export interface BalancesNeeds {
  readonly store: Pick<EventStore, 'readMany' | 'appendMany'>;
  readonly newId: () => string;
  /** The id of what is named otherwise. */
  readonly idFor: (...parts: readonly string[]) => string;
  readonly now: () => Date;
  readonly isPublic: (type: string) => boolean;
  readonly deadlines: Pick<Deadlines, 'set'>;
  /** Under a key that is not in the tables: whoever has them and not the key learns nothing from a hash. */
  readonly hashOf: (kind: string, value: string) => Promise<string>;
  /** For how many days at least money that comes back can be spent. */
  readonly refundDays: number;
}

/** Whatever was done with a balance, it is open then. */
export type HandledBalance = Handled<Balance, BalanceEvent> & { readonly state: OpenBalance };

/** What came of what an order’s payment asked. */
export type CreditAnswer = { readonly reference: string } | { readonly declined: string };

const DAY = 86_400_000;
const EXPIRY = 'BalanceExpiry';

export const requireBalance = (balanceId: string, state: Balance): OpenBalance => {
  if (state.status === 'none') throw new Refused('BALANCE_UNKNOWN', `No balance ${balanceId} is known here.`, 'unknown');
  return state;
};

/** Until when what it gives can be spent. */
const expiryIn = (command: BalanceCommand): string | undefined => {
  if (command.type === 'IssueBalance') return command.data.credit.expiresAt;
  return command.type === 'CreditBalance' ? command.data.expiresAt : undefined;
};

type Part = Pick<ProviderCall, 'key' | 'orderId' | 'paymentId' | 'currency' | 'amount'>;

/** Which promise of which balance: what an order’s payment knows of it. */
const referenceOf = (balanceId: string, movementId: string): string => `${balanceId}/${movementId}`;
const partsOf = (reference: string): readonly [balanceId: string, movementId: string] => {
  const [balanceId = '', movementId = ''] = reference.split('/');
  return [balanceId, movementId];
};

/** Gift cards and store credit: what people do with them, and what the payments of orders ask of them. */
export class Balances {
  private readonly send: Send<BalanceCommand, Balance, BalanceEvent>;
  private readonly reads: ReturnType<typeof reading<Balance, BalanceEvent>>;

  constructor(private readonly needs: BalancesNeeds) {
    this.send = handling<BalanceCommand, Balance, BalanceEvent>(needs, balance);
    this.reads = reading<Balance, BalanceEvent>(needs.store, balance);
  }

  /** The code is answered and kept nowhere; it follows from the request, so that a repeat answers with the same one. */
  async issueGiftCard({ currency, code: given, ...entry }: GiftCardEntry, meta: Meta): Promise<HandledBalance & { readonly code: string }> {
    const code = given === undefined ? codeFrom(await this.needs.hashOf('gift-card-code', meta.commandId)) : spelt(given);
    const holder: Holder = { balanceId: await this.idOfCode(code), kind: 'gift-card', currency, last4: lastOf(code) };
    return { ...(await this.issue(holder, entry, meta)), code };
  }

  /** The first one opens it, the next ones are added. */
  async grantStoreCredit({ owner, currency, ...entry }: StoreCreditEntry, meta: Meta): Promise<HandledBalance> {
    return this.issue(await this.holderOf(owner, currency), entry, meta);
  }

  credit(balanceId: string, entry: CreditEntry, meta: Meta): Promise<HandledBalance> {
    return this.tell({ type: 'CreditBalance', data: { ...this.at(balanceId, meta), ...creditOf(entry, meta) } }, meta);
  }

  adjust(balanceId: string, { amount, reasonCode, reference }: Adjustment, meta: Meta): Promise<HandledBalance> {
    const data = {
      ...this.at(balanceId, meta),
      amount,
      reason: byOperator(reasonCode, meta),
      ...(reference === undefined ? {} : { reference }),
    };
    return this.tell({ type: 'AdjustBalance', data }, meta);
  }

  freeze(balanceId: string, reasonCode: string, meta: Meta): Promise<HandledBalance> {
    return this.tell({ type: 'FreezeBalance', data: { ...this.at(balanceId, meta), reason: byOperator(reasonCode, meta) } }, meta);
  }

  unfreeze(balanceId: string, reasonCode: string, meta: Meta): Promise<HandledBalance> {
    return this.tell({ type: 'UnfreezeBalance', data: { ...this.at(balanceId, meta), reason: byOperator(reasonCode, meta) } }, meta);
  }

  async read(balanceId: string): Promise<{ readonly balance: OpenBalance; readonly version: number }> {
    const { state, version } = await this.reads.load(balanceStream(balanceId));
    return { balance: requireBalance(balanceId, state), version };
  }

  /** Who has the code has the card: it says nothing of codes that are not. */
  async idOfCode(code: string): Promise<string> {
    return this.needs.idFor('balance', 'gift-card', await this.needs.hashOf('gift-card', spelt(code)));
  }

  async idOfOwner(owner: Owner, currency: string): Promise<string> {
    return (await this.holderOf(owner, currency)).balanceId;
  }

  /** What is left ends with its time; of other deadlines it knows nothing. */
  async onDue({ name, data }: Deadline, meta: Meta): Promise<void> {
    if (name !== EXPIRY) return;
    const { balanceId, expiresAt } = data as { readonly balanceId: string; readonly expiresAt: string };
    const over = { ...this.at(balanceId, meta), movementId: this.needs.newId(), expiresAt };
    await this.tell({ type: 'ExpireBalance', data: over }, meta).catch((error: unknown) => {
      // It was to be given, and was refused.
      if (!(error instanceof Refused)) throw error;
    });
  }

  async reserve(call: Omit<AuthorizeCall, 'token'> & { readonly token?: string }): Promise<CreditAnswer> {
    const balanceId = await this.idToPayWith(call);
    if (balanceId === undefined) return { declined: 'balance-unknown' };
    const holder = call.method === EXCHANGE ? { holder: this.exchangeFor(call.orderId, call.currency) } : {};
    return this.ask(call, { type: 'Reserve', data: { ...this.asked(balanceId, call), ...holder } });
  }

  async capture(call: CaptureCall): Promise<CreditAnswer> {
    const [balanceId, reservationId] = partsOf(call.authorization);
    return this.ask(call, { type: 'CaptureReserved', data: { ...this.asked(balanceId, call), reservationId } });
  }

  async release(call: VoidCall): Promise<CreditAnswer> {
    const [balanceId, reservationId] = partsOf(call.authorization);
    return this.ask(call, { type: 'ReleaseReserved', data: { ...this.asked(balanceId, call), reservationId } });
  }

  /** Back to where it came from, or to the store credit of its customer. */
  async refund(call: RefundCall): Promise<CreditAnswer> {
    const { authorization, customerId, refundId, exchangeOrderId } = call;
    const goodUntil = new Date(this.needs.now().getTime() + this.needs.refundDays * DAY).toISOString();
    if (authorization !== undefined) {
      const [balanceId] = partsOf(authorization);
      return this.ask(call, { type: 'RefundToBalance', data: { ...this.asked(balanceId, call), refundId, goodUntil } });
    }
    const holder =
      exchangeOrderId === undefined
        ? customerId === undefined
          ? undefined
          : await this.holderOf({ customerId }, call.currency)
        : this.exchangeFor(exchangeOrderId, call.currency);
    if (!holder) return { declined: 'customer-unknown' };
    return this.ask(call, { type: 'RefundToBalance', data: { ...this.asked(holder.balanceId, call), refundId, holder, goodUntil } });
  }

  /** The order that an exchange was to pay for has ended: what comes into it goes back. */
  async closeExchange(orderId: string, currency: string, meta: Meta): Promise<void> {
    const holder = this.exchangeFor(orderId, currency);
    await this.tell({ type: 'CloseExchange', data: { ...this.at(holder.balanceId, meta), holder } }, meta);
  }

  /** A gift card is named by its code; a store credit by its owner’s e-mail, or by the customer of the order. */
  private async idToPayWith({
    method,
    token,
    customerId,
    currency,
    orderId,
  }: Parameters<Balances['reserve']>[0]): Promise<string | undefined> {
    if (method === EXCHANGE) return this.exchangeFor(orderId, currency).balanceId;
    if (method === 'gift-card') return token === undefined ? undefined : this.idOfCode(token);
    if (token !== undefined) return this.idOfOwner({ email: token }, currency);
    return customerId === undefined ? undefined : this.idOfOwner({ customerId }, currency);
  }

  private async holderOf(owner: Owner, currency: string): Promise<Holder> {
    const kind = 'store-credit';
    if ('customerId' in owner)
      return { balanceId: this.needs.idFor('balance', kind, 'customer', owner.customerId, currency), kind, currency, ...owner };
    const contact = await this.needs.hashOf('email', owner.email.trim().toLowerCase());
    return { balanceId: this.needs.idFor('balance', kind, 'contact', contact, currency), kind, currency, contact };
  }

  /** Of what pays for an order that stands for goods that come back. */
  exchangeFor(orderId: string, currency: string): Holder {
    return { balanceId: this.needs.idFor('balance', EXCHANGE, orderId), kind: EXCHANGE, currency, orderId };
  }

  private issue(holder: Holder, entry: CreditEntry, meta: Meta): Promise<HandledBalance> {
    const data = { ...this.at(holder.balanceId, meta), holder, credit: creditOf(entry, meta) };
    return this.tell({ type: 'IssueBalance', data }, meta);
  }

  private at(balanceId: string, { commandId }: Meta) {
    return { balanceId, movementId: commandId, now: this.needs.now().toISOString() };
  }

  private asked(balanceId: string, { key, orderId, paymentId, currency, amount }: Part) {
    return { balanceId, movementId: key, orderId, paymentId, currency, amount, now: this.needs.now().toISOString() };
  }

  private async ask(
    { key, orderId, amount, operation }: Part & Pick<ProviderCall, 'operation'>,
    command: BalanceCommand,
  ): Promise<CreditAnswer> {
    const { balanceId } = command.data;
    const state = await this.tell(command, { commandId: key, correlationId: orderId, actor: 'payment' }).then(
      ({ current }) => current,
      (error: unknown): undefined => {
        if (error instanceof Refused && error.code === 'BALANCE_UNKNOWN') return undefined;
        throw error;
      },
    );
    if (state === undefined) return { declined: 'balance-unknown' };
    const answer = requireBalance(balanceId, state).answers.get(key);
    if (answer?.operation !== operation || answer.amount !== amount || answer.orderId !== orderId)
      throw new Error(`Key ${key} was used before, for another request.`);
    return answer.declined === undefined ? { reference: referenceOf(balanceId, key) } : { declined: answer.declined };
  }

  private async tell(command: BalanceCommand, meta: Meta): Promise<HandledBalance> {
    const { balanceId } = command.data;
    const expiry = expiryIn(command);
    // Before it is written: whoever gives it may never say so again.
    if (expiry !== undefined) await this.limit(balanceId, expiry, meta);
    const handled = await this.send(balanceStream(balanceId), command, meta);
    const { current } = handled;
    if (current.status === 'open' && current.expiresAt !== undefined) await this.limit(balanceId, current.expiresAt, meta);
    return { ...handled, state: requireBalance(balanceId, handled.state) };
  }

  /** Set again with each repeat: none is lost to a crash. */
  private limit(balanceId: string, expiresAt: string, { correlationId }: Meta): Promise<void> {
    return this.needs.deadlines.set({
      id: `balance-${balanceId}-expiry-${expiresAt}`,
      stream: balanceStream(balanceId),
      name: EXPIRY,
      dueAt: expiresAt,
      data: { balanceId, expiresAt },
      correlationId,
    });
  }
}

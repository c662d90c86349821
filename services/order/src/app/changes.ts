import type { PaymentMethod, PaymentToken, Reason } from '@cartage/contracts';
import type { DataOf, Meta, Position } from '@cartage/eventsourcing';
import type { Vault } from '@cartage/service-kit';
import type { HoldRequest } from '../domain/holding';
import { streamOf, type OrderCommand } from '../domain/order';
import type { PaymentGiven } from '../domain/paying';
import type { LossRequest } from '../domain/lost-parcels';
import type { Occasion } from '../domain/rules';
import type { ShortageRequest } from '../domain/shortages';
import { statusOf, type Hold, type OrderStatus, type PlacedOrder } from '../domain/state';
import type { SendToOrder } from './facts';
import { shownPayments, type ShownPayment } from './order-shown';
import type { ReadOrder } from './reading';
import { opened } from './sealing';

/** Where an order stands after it was changed. */
export interface OrderStanding {
  readonly orderId: string;
  readonly status: OrderStatus;
  readonly holds: readonly Hold[];
  readonly payments: readonly ShownPayment[];
}

export interface Changed {
  readonly answer: OrderStanding;
  readonly version: number;
  readonly position: Position;
  readonly repeated: boolean;
}

export interface HoldAsked extends Pick<HoldRequest, 'type' | 'lines' | 'shipGroupId' | 'until'> {
  readonly reason: Reason;
}

export interface PaymentsAsked {
  readonly payments: readonly {
    readonly method: PaymentMethod;
    readonly amount?: number | null | undefined;
    readonly token?: string | null | undefined;
  }[];
  readonly replaces?: readonly string[] | null | undefined;
}

/** What people do to an order that does not go on by itself. */
export interface Changes {
  hold(orderId: string, asked: HoldAsked, meta: Meta): Promise<Changed>;
  release(orderId: string, holdId: string, who: { readonly by: string; readonly actor: string }, meta: Meta): Promise<Changed>;
  chooseForShortage(
    orderId: string,
    asked: Pick<ShortageRequest, 'lineId' | 'choice' | 'substitute' | 'reason'>,
    meta: Meta,
  ): Promise<Changed>;
  pay(orderId: string, asked: PaymentsAsked, meta: Meta): Promise<Changed>;
  resolveLost(orderId: string, asked: Pick<LossRequest, 'shipmentId' | 'parcels' | 'choice' | 'reason'>, meta: Meta): Promise<Changed>;
  resend(
    orderId: string,
    asked: { readonly shipGroupId: string; readonly reference?: string | undefined; readonly reason: Reason },
    meta: Meta,
  ): Promise<Changed>;
}

export interface ChangesNeeds {
  readonly send: SendToOrder;
  readonly read: ReadOrder;
  readonly vault: Vault;
  readonly occasion: () => Occasion;
  readonly idFor: (...parts: readonly string[]) => string;
}

const standingOf = async (order: PlacedOrder, { vault }: Pick<ChangesNeeds, 'vault'>): Promise<OrderStanding> => ({
  orderId: order.placed.orderId,
  status: statusOf(order),
  holds: order.holds,
  payments: await shownPayments(order, (sealed) => vault.open(sealed)),
});

export type Change = Exclude<OrderCommand, { readonly type: 'PlaceOrder' | 'RecordFact' }>;

/** Sends what is asked for, and says where the order stands then; a repeat, where it stood. */
export const change = async (
  needs: Pick<ChangesNeeds, 'send' | 'vault'>,
  orderId: string,
  command: Change,
  meta: Meta,
): Promise<Changed> => {
  const { state, version, position, repeated } = await needs.send(streamOf(orderId), command, meta);
  if (!state) throw new Error(`Order ${orderId} was changed and is not there.`);
  return { answer: await standingOf(state, needs), version, position, repeated };
};

/** Tokens are sealed under the key of whoever ordered. */
const given = async ({ read, vault, idFor }: ChangesNeeds, orderId: string, { payments }: PaymentsAsked, { commandId }: Meta) => {
  const { key } = (await read(orderId)).order.placed.personal;
  return Promise.all(
    payments.map(async ({ token, ...payment }, i): Promise<PaymentGiven> => {
      const sealed = token ? { token: await vault.seal(key, { token } satisfies PaymentToken) } : {};
      return { paymentId: idFor('payment', orderId, commandId, String(i + 1)), ...payment, ...sealed };
    }),
  );
};

/** The box of a ship group with another link or key in it; nothing where it stays. */
const boxWith = async ({ read, vault }: ChangesNeeds, orderId: string, asked: { shipGroupId: string; reference?: string | undefined }) => {
  const { shipGroupId, reference } = asked;
  if (reference === undefined) return {};
  const { placed, sold } = (await read(orderId)).order;
  const box = sold.shipGroups.find((group) => group.shipGroupId === shipGroupId)?.personal ?? placed.personal;
  const { address: _, ...person } = await opened({ vault }, box, orderId);
  return { personal: await vault.seal(box.key, { ...person, reference }) };
};

export const createChanges = (needs: ChangesNeeds): Changes => {
  const { occasion, idFor } = needs;
  const sent = <Type extends Change['type']>(orderId: string, type: Type, asked: Omit<DataOf<Change, Type>, keyof Occasion>, meta: Meta) =>
    change(needs, orderId, { type, data: { ...occasion(), ...asked } } as Change, meta);
  return {
    hold: (orderId, asked, meta) => sent(orderId, 'ApplyHold', { ...asked, holdId: idFor('hold', orderId, meta.commandId) }, meta),
    release: (orderId, holdId, who, meta) => sent(orderId, 'ReleaseHold', { holdId, ...who }, meta),
    chooseForShortage: (orderId, asked, meta) => sent(orderId, 'ResolveShortage', asked, meta),
    resolveLost: (orderId, asked, meta) => {
      const resolutionId = idFor('loss', orderId, meta.commandId);
      return sent(orderId, 'ResolveLostParcels', { ...asked, resolutionId, replacementOrderId: idFor('order', resolutionId) }, meta);
    },
    resend: async (orderId, { shipGroupId, reason, reference }, meta) =>
      sent(orderId, 'ResendDigital', { shipGroupId, reason, ...(await boxWith(needs, orderId, { shipGroupId, reference })) }, meta),
    pay: async (orderId, asked, meta) =>
      sent(orderId, 'AddPayments', { payments: await given(needs, orderId, asked, meta), replaces: asked.replaces }, meta),
  };
};

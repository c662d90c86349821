import type { LineQuantity, Personal, Reason, Totals } from '@cartage/contracts';
import type { Meta, Position } from '@cartage/eventsourcing';
import type { Vault } from '@cartage/service-kit';
import { unanswered } from '../domain/cancellations';
import { placeOf, type Place } from '../domain/destination';
import { dueFor } from '../domain/due';
import type { ListOf } from '../domain/admission';
import type { EditRequest } from '../domain/editing';
import { wantedOf } from '../domain/edits';
import { Faults } from '../domain/faults';
import { namedGroup } from '../domain/named-group';
import type { OrderCommand } from '../domain/order';
import { streamOf } from '../domain/order';
import type { PlacementRecipient, ShipTo } from '../domain/placement';
import { present } from '../domain/present';
import type { Occasion } from '../domain/rules';
import { recipientOf } from '../domain/ship-groups';
import { statusOf, type Hold, type OrderStatus, type PlacedOrder } from '../domain/state';
import type { Admission } from './admission';
import type { SendToOrder } from './facts';
import type { ReadOrder } from './reading';

export type EditAsked = Omit<EditRequest, 'editId' | 'now' | 'listOf'>;

/** Another place; and another person, where one is named. */
export interface RedirectAsked {
  readonly shipGroupId?: string | null | undefined;
  readonly shipTo: ShipTo;
  readonly recipient?: PlacementRecipient | null | undefined;
  readonly reason: Reason;
}

/** What an edit came to, or will. */
export interface EditAnswer {
  readonly orderId: string;
  readonly editId: string;
  /** `requested`: whoever holds the goods is asked first; it comes about when that is answered. */
  readonly status: 'edited' | 'requested';
  readonly requested: readonly LineQuantity[];
  readonly orderVersion: number;
  readonly orderStatus: OrderStatus;
  readonly currency: string;
  readonly totals: Totals;
  /** What the order costs now, without what was cancelled: minor units. */
  readonly due: number;
  readonly holds: readonly Hold[];
}

export interface Edited {
  readonly answer: EditAnswer;
  readonly version: number;
  readonly position: Position;
  readonly repeated: boolean;
}

export interface Edits {
  edit(orderId: string, asked: EditAsked, meta: Meta, ifVersion?: number): Promise<Edited>;
  redirect(orderId: string, asked: RedirectAsked, meta: Meta, ifVersion?: number): Promise<Edited>;
}

export interface EditsNeeds {
  readonly send: SendToOrder;
  readonly read: ReadOrder;
  readonly vault: Vault;
  readonly occasion: () => Occasion;
  readonly idFor: (...parts: readonly string[]) => string;
  readonly admission: Pick<Admission, 'listsOf'>;
}

const answerOf = (order: PlacedOrder, editId: string): EditAnswer => {
  const asked = order.cancellations.get(editId);
  const requested = asked && !asked.edited ? unanswered(asked) : [];
  return {
    ...{ orderId: order.placed.orderId, editId, status: requested.length > 0 ? 'requested' : 'edited', requested },
    ...{ orderVersion: order.version, orderStatus: statusOf(order), currency: order.placed.currency, totals: order.sold.totals },
    due: dueFor(order, (lineId) => wantedOf(order, lineId)),
    holds: order.holds,
  };
};

/** Who receives it: as it was, but for what is told. */
const personalOf = (
  faults: Faults,
  before: Personal | undefined,
  { address, recipient }: Pick<Place, 'address'> & Pick<RedirectAsked, 'recipient'>,
): Personal => {
  if (recipient) return { ...recipientOf(faults, recipient, 'recipient'), ...present({ address }) };
  if (!before) faults.note('recipient', 'REQUIRED', 'must say who receives it: what was known of the person was erased');
  return { name: '', ...before, ...present({ address }) };
};

const redirection = async (
  { read, vault, occasion }: EditsNeeds,
  orderId: string,
  { shipGroupId: told, shipTo, recipient, reason }: RedirectAsked,
): Promise<Extract<OrderCommand, { readonly type: 'RedirectOrder' }>> => {
  const { order } = await read(orderId);
  const { shipGroups } = order.sold;
  const at = occasion();
  const faults = new Faults(at.now);
  const shipGroupId = namedGroup(faults, shipGroups, { told, field: 'shipGroupId' });
  const sealed = shipGroups.find((group) => group.shipGroupId === shipGroupId)?.personal ?? order.placed.personal;
  const { address, destination } = placeOf(faults, shipTo);
  const personal = personalOf(faults, await vault.open(sealed), { address, recipient });
  faults.refuse('DESTINATION_INVALID', 'It cannot go there.');
  return { type: 'RedirectOrder', data: { ...at, shipGroupId, destination, personal: await vault.seal(sealed.key, personal), reason } };
};

/** By which lists what is added, or sold at another price from now on, is sold. */
const listsFor = async (
  { read, admission }: EditsNeeds,
  orderId: string,
  { add, change, now }: EditAsked & Pick<Occasion, 'now'>,
): Promise<ListOf | undefined> => {
  const repriced = new Set((change ?? []).flatMap(({ lineId, unitPrice }) => (typeof unitPrice === 'number' ? [lineId] : [])));
  if (!add?.length && repriced.size === 0) return undefined;
  const { order } = await read(orderId);
  const sold = order.sold.lines.filter(({ lineId }) => repriced.has(lineId));
  return admission.listsOf(
    order,
    [...(add ?? []), ...sold].map(({ sku }) => sku),
    now,
  );
};

export const createEdits = (needs: EditsNeeds): Edits => {
  const { send, occasion, idFor } = needs;
  const sent = async (orderId: string, command: OrderCommand, meta: Meta, ifVersion?: number): Promise<Edited> => {
    const { state, version, position, repeated } = await send(streamOf(orderId), command, meta, ifVersion);
    if (!state) throw new Error(`Order ${orderId} was edited and is not there.`);
    return { answer: answerOf(state, idFor('edit', orderId, meta.commandId)), version, position, repeated };
  };
  return {
    edit: async (orderId, asked, meta, ifVersion) => {
      const at = occasion();
      const listOf = await listsFor(needs, orderId, { ...asked, now: at.now });
      const data = { ...at, ...asked, editId: idFor('edit', orderId, meta.commandId), listOf };
      return sent(orderId, { type: 'EditOrder', data }, meta, ifVersion);
    },
    redirect: async (orderId, asked, meta, ifVersion) => sent(orderId, await redirection(needs, orderId, asked), meta, ifVersion),
  };
};

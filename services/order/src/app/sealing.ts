import type { PaymentToken, Personal, Sealed, ShipGroup } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import type { Vault } from '@cartage/service-kit';
import type { DrawnUp } from '../domain/drawing-up';
import { present } from '../domain/present';
import type { PlacedData } from '../domain/state';
import { guestOf } from './guests';
import type { ReadOrder } from './reading';

/** Parts of an order that hold something sealed. */
type Sealing = Pick<PlacedData, 'payments' | 'personal' | 'shipGroups' | 'raw'>;

interface SealingNeeds {
  readonly vault: Pick<Vault, 'seal'>;
  readonly idFor: (...parts: readonly string[]) => string;
}

/** Everything personal, and what pays, under the key of one person. */
export const sealed = async ({ vault, idFor }: SealingNeeds, drawn: DrawnUp, raw: unknown, orderId: string): Promise<Sealing> => {
  const person = drawn.order.customerId ?? guestOf(orderId);
  const payment = async ({ token, ...each }: DrawnUp['payments'][number], i: number): Promise<PlacedData['payments'][number]> => ({
    paymentId: idFor('payment', orderId, String(i + 1)),
    ...each,
    ...(token === undefined ? {} : { token: await vault.seal(person, { token } satisfies PaymentToken) }),
  });
  const shipGroup = async (group: ShipGroup): Promise<ShipGroup> => {
    const recipient = drawn.recipients.get(group.shipGroupId);
    return recipient ? { ...group, personal: await vault.seal(person, recipient) } : group;
  };
  const [personal, payments, shipGroups] = await Promise.all([
    vault.seal(person, drawn.personal),
    Promise.all(drawn.payments.map(payment)),
    Promise.all(drawn.order.shipGroups.map(shipGroup)),
  ]);
  return { personal, payments, shipGroups, ...(raw === undefined ? {} : { raw: await vault.seal(person, { raw }) }) };
};

/** What is personal in an order; `raw` is the channel's own message, if one was kept. */
export interface ShownPersonal extends Personal {
  /** Of ship groups that go to somebody, or somewhere, of their own. */
  readonly shipGroups?: readonly (Personal & { readonly shipGroupId: string })[];
  readonly raw?: unknown;
}

interface OpeningNeeds {
  readonly read: ReadOrder;
  readonly vault: Pick<Vault, 'open'>;
}

export const opened = async ({ vault }: Pick<OpeningNeeds, 'vault'>, box: Sealed, orderId: string): Promise<Personal> => {
  const personal = await vault.open(box);
  if (personal) return personal;
  throw new Refused('PERSONAL_ERASED', `The personal data of order ${orderId} was erased.`, 'unknown');
};

export const openPersonal = async (needs: OpeningNeeds, orderId: string): Promise<ShownPersonal> => {
  const { placed, sold } = (await needs.read(orderId)).order;
  const ofGroup = async ({ shipGroupId, personal }: ShipGroup): Promise<NonNullable<ShownPersonal['shipGroups']>> =>
    personal ? [{ shipGroupId, ...(await opened(needs, personal, orderId)) }] : [];
  const [customer, message, groups] = await Promise.all([
    opened(needs, placed.personal, orderId),
    placed.raw && needs.vault.open<{ readonly raw: unknown }>(placed.raw),
    Promise.all(sold.shipGroups.map(ofGroup)),
  ]);
  const shipGroups = groups.flat();
  return { ...customer, ...message, ...present({ shipGroups: shipGroups.length > 0 ? shipGroups : undefined }) };
};

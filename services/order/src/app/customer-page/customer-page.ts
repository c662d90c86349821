import type { Personal, Reason } from '@cartage/contracts';
import { Refused, type Meta } from '@cartage/eventsourcing';
import type { Vault } from '@cartage/service-kit';
import type { LineToCancel } from '../../domain/cancelling';
import { placeOf } from '../../domain/destination';
import { Faults } from '../../domain/faults';
import type { Occasion } from '../../domain/rules';
import type { CancellationAnswer, Cancellations } from '../cancellations';
import type { Edits } from '../edits';
import type { CustomerLinks, OrderLink } from './customer-links';
import type { OrderRead, ReadOrder } from '../reading';
import type { Offered } from './offers';
import { pageOrder, type Address, type PageGroup, type PageOrder, type PageSubject } from './opened';
import { addressFields, type AddressField, type PageFault } from './phrases';

export interface CustomerPageNeeds {
  readonly read: ReadOrder;
  readonly vault: Pick<Vault, 'open'>;
  readonly occasion: () => Occasion;
  readonly edits: Pick<Edits, 'redirect'>;
  readonly cancellations: Pick<Cancellations, 'cancel' | 'preview'>;
  readonly offered: Offered;
  readonly linkIn: (token: string) => Promise<OrderLink | undefined>;
  readonly links: Pick<CustomerLinks, 'use'>;
  /** The same for the page on which something is sent back: a link of its own, which opens nothing else. */
  readonly returnTokenOf: (link: OrderLink) => Promise<string>;
  readonly newForm: (token: string) => Promise<string>;
  readonly isForm: (token: string, form: string) => Promise<boolean>;
  readonly endOf: (now: Date, days: number) => string;
  readonly idFor: (...parts: readonly string[]) => string;
}

/** What is behind a link. */
export interface OpenPage {
  readonly kind: 'open';
  readonly token: string;
  /** Names the form that is filled in now: sent twice, it is done once. */
  readonly form: string;
  readonly order: PageOrder;
  readonly returnToken: string;
}
export type Opened = OpenPage | { readonly kind: 'unknown' | 'expired' };

/** What is wrong, and in which field. */
export interface FaultAt {
  readonly field?: string;
  readonly fault: PageFault;
}

/** What was typed into the form of an address. */
export type TypedAddress = Readonly<Record<AddressField, string>>;

/** A form that was sent. */
export interface Sent {
  readonly form: string;
  readonly meta: Meta;
}

/** For so many days the page on which something is sent back can be opened from here: long enough to fill in a form, however slowly. */
const RETURN_DAYS = 1;

/** Who it says that it was, in what follows: whoever had the link. */
export const LINK_ACTOR = 'order-link';

const reason: Reason = { code: 'customer', by: 'customer', actor: LINK_ACTOR };

const faultOf: Readonly<Record<string, PageFault>> = {
  UNITS_NOT_CANCELLABLE: 'quantity',
  LINE_UNKNOWN: 'quantity',
  REQUIRED: 'required',
  ADDRESS_MISSING: 'required',
  TOO_LONG: 'too-long',
  CHARACTER_REFUSED: 'characters',
};

/** By the name of a field as the API has it, that of the page. */
type NameOfField = (field: string) => string | undefined;

/** What was refused, in words of the page; a fault rises. */
const faultsIn = (error: unknown, nameOf: NameOfField): readonly FaultAt[] => {
  if (!(error instanceof Refused)) throw error;
  const named = error.errors.map(({ field, code }): FaultAt => {
    const name = nameOf(field);
    return { fault: faultOf[code] ?? 'not-now', ...(name === undefined ? {} : { field: name }) };
  });
  return named.length > 0 ? named : [{ fault: 'not-now' }];
};

const lineNames =
  (lines: readonly LineToCancel[]): NameOfField =>
  (field) => {
    const [, index] = /^lines\[(\d+)\]/.exec(field) ?? [];
    return index === undefined ? undefined : lines[Number(index)]?.lineId;
  };

const addressNames: NameOfField = (field) => {
  const [, name] = /^shipTo\.(\w+)/.exec(field) ?? [];
  return addressFields.find((each) => each === name);
};

const shipToOf = ({ lines, city, region, postalCode }: TypedAddress, { country }: Pick<Address, 'country'>): Address => ({
  lines: lines
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== ''),
  ...{ city, country },
  ...(region === '' ? {} : { region }),
  ...(postalCode === '' ? {} : { postalCode }),
});

/** As many as the API takes. */
const MOST_LINES = 10;

/** What is wrong with an address, all of it at once; one that had a postal code keeps having one. */
const addressFaults = (shipTo: Address, before: Address, now: string): readonly FaultAt[] => {
  const faults = new Faults(now);
  placeOf(faults, shipTo);
  if (shipTo.lines.length > MOST_LINES) faults.note('shipTo.lines', 'TOO_LONG', `must be at most ${MOST_LINES} lines`);
  if (before.postalCode !== undefined && shipTo.postalCode === undefined) faults.note('shipTo.postalCode', 'REQUIRED', 'must be told');
  try {
    faults.refuse();
    return [];
  } catch (error) {
    return faultsIn(error, addressNames);
  }
};

const textOf = ({ lines, city, region = '', postalCode = '' }: Address): string => [...lines, city, region, postalCode].join('\n');

/** What customers see and do by themselves, by a link to their order and without an account. */
export class CustomerPage {
  constructor(private readonly needs: CustomerPageNeeds) {}

  async open(token: string): Promise<Opened> {
    const { linkIn, links, occasion, offered, newForm } = this.needs;
    const link = await linkIn(token);
    if (!link) return { kind: 'unknown' };
    const at = occasion();
    if (Date.parse(at.now) > Date.parse(link.expiresAt) || !(await links.use(link, at.now))) return { kind: 'expired' };
    const subject = await this.subject(link.orderId);
    if (!subject) return { kind: 'unknown' };
    const [form, returnToken] = await Promise.all([newForm(token), this.returnToken(link, new Date(at.now))]);
    return { kind: 'open', token, form, returnToken, order: pageOrder(subject, { occasion: at, offered }) };
  }

  /** It ends soon after the page was left: nobody can revoke it. */
  private returnToken({ orderId, expiresAt }: OrderLink, now: Date): Promise<string> {
    const { endOf, returnTokenOf } = this.needs;
    const soon = endOf(now, RETURN_DAYS);
    return returnTokenOf({ orderId, expiresAt: soon < expiresAt ? soon : expiresAt });
  }

  /** What would follow; nothing does. */
  async preview({ order }: OpenPage, lines: readonly LineToCancel[]): Promise<CancellationAnswer | readonly FaultAt[]> {
    if (order.cancel.obstacle) return [{ fault: 'not-now' }];
    try {
      return await this.needs.cancellations.preview({ orderId: order.orderId, lines, reason });
    } catch (error) {
      return faultsIn(error, lineNames(lines));
    }
  }

  /** Cancelled once, however often the form is sent. */
  async cancel(page: OpenPage, lines: readonly LineToCancel[], sent: Sent): Promise<readonly FaultAt[]> {
    if (!this.needs.offered.has('cancel')) return [{ fault: 'not-now' }];
    return this.sending(page, sent, {
      nameOf: lineNames(lines),
      act: (meta) => this.needs.cancellations.cancel({ orderId: page.order.orderId, lines, reason }, meta),
    });
  }

  /** To another place in the same country: what a place costs, in delivery and tax, is a matter of the country. */
  async readdress(
    page: OpenPage,
    to: { readonly group: PageGroup; readonly typed: TypedAddress },
    sent: Sent,
  ): Promise<readonly FaultAt[]> {
    const { shipGroupId, address } = to.group;
    if (!address || !this.needs.offered.has('address')) return [{ fault: 'not-now' }];
    const shipTo = shipToOf(to.typed, address);
    const faults = addressFaults(shipTo, address, this.needs.occasion().now);
    // Nobody writes another label for the address that is on it.
    if (faults.length > 0 || textOf(shipTo) === textOf(address)) return faults;
    return this.sending(page, sent, {
      nameOf: addressNames,
      act: (meta) => this.needs.edits.redirect(page.order.orderId, { shipGroupId, shipTo, reason }, meta),
    });
  }

  private async sending(
    { token, order }: OpenPage,
    { form, meta }: Sent,
    { act, nameOf }: { readonly act: (meta: Meta) => Promise<unknown>; readonly nameOf: NameOfField },
  ): Promise<readonly FaultAt[]> {
    const { isForm, idFor } = this.needs;
    if (!(await isForm(token, form))) return [{ fault: 'form' }];
    // Two clicks, or two tabs with the same form, are one command.
    const { fingerprint: _, ...rest } = meta;
    try {
      await act({ ...rest, actor: LINK_ACTOR, commandId: idFor('order-form', order.orderId, form) });
      return [];
    } catch (error) {
      return faultsIn(error, nameOf);
    }
  }

  /** The order, and whoever it is that can still be known; nothing where there is no such order. */
  private async subject(orderId: string): Promise<PageSubject | undefined> {
    const found = await this.found(orderId);
    if (!found) return undefined;
    const { placed, sold } = found.order;
    const { open } = this.needs.vault;
    const ofGroups = sold.shipGroups.flatMap(({ shipGroupId, personal }) => (personal ? [{ shipGroupId, personal }] : []));
    const [customer, recipients] = await Promise.all([
      open<Personal>(placed.personal),
      Promise.all(ofGroups.map(async ({ shipGroupId, personal }) => [shipGroupId, await open<Personal>(personal)] as const)),
    ]);
    return { ...found, customer, recipients: new Map(recipients) };
  }

  private async found(orderId: string): Promise<OrderRead | undefined> {
    try {
      return await this.needs.read(orderId);
    } catch (error) {
      if (error instanceof Refused) return undefined;
      throw error;
    }
  }
}

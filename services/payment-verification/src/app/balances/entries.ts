import type { Reason } from '@cartage/contracts';
import type { Meta } from '@cartage/eventsourcing';

/** Whose store credit. */
export type Owner = { readonly customerId: string } | { readonly email: string };

/** Why we owe more, and how much. */
export interface CreditEntry {
  readonly amount: number;
  readonly cause: 'sold' | 'topped-up' | 'goodwill';
  readonly reasonCode?: string | undefined;
  readonly orderId?: string | undefined;
  readonly reference?: string | undefined;
  readonly expiresAt?: string | undefined;
}

export interface GiftCardEntry extends CreditEntry {
  readonly currency: string;
  /** Of a card that was printed elsewhere; absent: one is made. */
  readonly code?: string | undefined;
}

export interface StoreCreditEntry extends CreditEntry {
  readonly currency: string;
  readonly owner: Owner;
}

export interface Adjustment {
  /** Above zero we owe more, below it less. */
  readonly amount: number;
  readonly reasonCode: string;
  readonly reference?: string | undefined;
}

export const byOperator = (code: string, { actor }: Meta, detail?: string): Reason => ({
  ...{ code, by: 'operator', actor },
  ...(detail === undefined ? {} : { detail }),
});

export const creditOf = ({ amount, cause, reasonCode, orderId, reference, expiresAt }: CreditEntry, meta: Meta) => ({
  ...{ amount, cause },
  ...(reasonCode === undefined ? {} : { reason: byOperator(reasonCode, meta) }),
  ...(orderId === undefined ? {} : { orderId }),
  ...(reference === undefined ? {} : { reference }),
  ...(expiresAt === undefined ? {} : { expiresAt }),
});

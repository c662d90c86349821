import { cardDataIn, type Form } from '@cartage/service-kit';
import type { FaultAt, TypedAddress } from '../../app/customer-page/customer-page';
import type { PageOrder } from '../../app/customer-page/opened';
import { addressFields, type AddressField } from '../../app/customer-page/phrases';
import type { LineToCancel } from '../../domain/cancelling';

/** What a form wants: to see what would follow of a cancellation, to cancel, to send it elsewhere. */
export type Step = 'check' | 'cancel' | 'address';

/** Names of fields of the forms. */
export const fieldNames = {
  units: (lineId: string) => `units/${encodeURIComponent(lineId)}`,
  address: (field: AddressField) => `address/${field}`,
  group: 'group',
  form: 'form',
  step: 'step',
} as const;

const UNITS = /^\d{1,9}$/;

/** What is to be cancelled, and what is wrong with it. */
export interface ReadLines {
  readonly lines: readonly LineToCancel[];
  readonly faults: readonly FaultAt[];
}

/** Lines of the order alone are looked for: whatever else the form holds says nothing. */
export const readLines = (form: Form, { groups }: PageOrder): ReadLines => {
  const named = groups
    .flatMap((group) => group.lines)
    .flatMap(({ lineId }) => {
      const units = form.get(fieldNames.units(lineId));
      return units === undefined || /^0+$/.test(units) ? [] : [{ lineId, units }];
    });
  const faults = named.flatMap(({ lineId, units }): readonly FaultAt[] =>
    UNITS.test(units) ? [] : [{ field: lineId, fault: 'quantity' }],
  );
  return {
    lines: named.map(({ lineId, units }) => ({ lineId, quantity: Number(units) })),
    faults: named.length > 0 ? faults : [{ fault: 'nothing-chosen' }],
  };
};

export const readAddress = (form: Form): { readonly typed: TypedAddress; readonly faults: readonly FaultAt[] } => {
  const said = (field: AddressField): string => form.get(fieldNames.address(field)) ?? '';
  const faults = addressFields.flatMap((field): readonly FaultAt[] =>
    cardDataIn({ [field]: said(field) }) === undefined ? [] : [{ field, fault: 'card' }],
  );
  const typed = { lines: said('lines'), city: said('city'), region: said('region'), postalCode: said('postalCode') };
  return { typed, faults };
};

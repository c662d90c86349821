import { identifierOf, limits, normalised, textFault } from '@cartage/contracts';
import { cardDataIn, type Form } from '@cartage/service-kit';
import { outcomes, type Outcome } from '../../app/self-service/phrases';
import type { PageItem } from '../../app/self-service/opened';
import type { FaultAt, Wish } from '../../app/self-service/self-service';
import { customerConditions, customerReasons } from '../../domain/customer-words';

/** Names of fields of the form. */
export const fieldNames = {
  units: (item: string) => `units/${item}`,
  reason: (item: string) => `reason/${item}`,
  condition: (item: string) => `condition/${item}`,
  article: (item: string) => `article/${item}`,
  outcome: 'outcome',
  note: 'note',
  form: 'form',
  step: 'step',
  returnId: 'return',
} as const;

export const NOTE_LENGTH = 2_000;
const UNITS = /^\d{1,9}$/;
const article = identifierOf(limits.sku);

type WishLine = Wish['lines'][number];

/** What a customer sent: what is wanted, and what is wrong with it. */
export interface Read {
  readonly wish: Wish;
  readonly faults: readonly FaultAt[];
}

const isOneOf = <Name extends string>(names: readonly Name[], value: string | undefined): value is Name =>
  names.some((name) => name === value);

const isChosen = (form: Form, { field }: PageItem): boolean => {
  const units = form.get(fieldNames.units(field));
  return units !== undefined && !/^0+$/.test(units);
};

const faultsOf = (form: Form, { field }: PageItem): readonly FaultAt[] => {
  const { units, reason, condition, article: wanted } = fieldNames;
  const said = form.get(condition(field));
  const sku = form.get(wanted(field));
  const faults = [
    UNITS.test(form.get(units(field)) ?? '') ? [] : ['quantity' as const],
    isOneOf(customerReasons, form.get(reason(field))) ? [] : ['reason' as const],
    said === undefined || isOneOf(customerConditions, said) ? [] : ['condition' as const],
    sku === undefined || !textFault(article, normalised(sku)) ? [] : ['article' as const],
  ];
  return faults.flat().map((fault) => ({ field, fault }));
};

const lineOf = (form: Form, { field, lineId, part, sku }: PageItem, outcome: Outcome | undefined): WishLine => {
  const quantity = Number(form.get(fieldNames.units(field)));
  const condition = form.get(fieldNames.condition(field));
  const wanted = normalised(form.get(fieldNames.article(field)) ?? sku);
  return {
    ...{ field, lineId, quantity, reason: form.get(fieldNames.reason(field)) ?? '' },
    ...(part === undefined ? {} : { sku: part }),
    ...(condition === undefined ? {} : { condition }),
    ...(outcome === 'exchange' ? { exchangeFor: [{ sku: wanted, quantity }] } : {}),
  };
};

const generalFaults = (form: Form, outcome: string | undefined, chosen: number): readonly FaultAt[] => {
  const note = form.get(fieldNames.note);
  const faults = [
    chosen > 0 ? [] : ['nothing-chosen' as const],
    isOneOf(outcomes, outcome) ? [] : ['outcome' as const],
    (note ?? '').length <= NOTE_LENGTH ? [] : ['note' as const],
    cardDataIn({ note }) === undefined ? [] : ['card' as const],
  ];
  return faults.flat().map((fault) => ({ fault }));
};

/** What the form says of these items; whatever else it holds says nothing. */
export const readForm = (form: Form, items: readonly PageItem[]): Read => {
  const said = form.get(fieldNames.outcome);
  const outcome = isOneOf(outcomes, said) ? said : undefined;
  const chosen = items.filter((item) => isChosen(form, item));
  const note = form.get(fieldNames.note);
  return {
    wish: {
      lines: chosen.map((item) => lineOf(form, item, outcome)),
      ...(outcome === undefined || outcome === 'exchange' ? {} : { tender: outcome }),
      ...(note === undefined ? {} : { note }),
    },
    faults: [...generalFaults(form, outcome, chosen.length), ...chosen.flatMap((item) => faultsOf(form, item))],
  };
};

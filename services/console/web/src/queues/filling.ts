import { minorOf } from '../forms/amounts';
import type { Deed, Field, Values } from './queue';

/** What stands in a deed's form before somebody fills it in. */
export const initialValues = ({ fields = [] }: Pick<Deed, 'fields'>): Values =>
  Object.fromEntries(fields.map(({ name, initial, options }) => [name, initial ?? options?.[0] ?? '']));

/** What a deed asks for, after what was filled in already. */
export const askedOf = ({ fields = [] }: Pick<Deed, 'fields'>, values: Values): readonly Field[] =>
  fields.filter(({ when }) => when?.(values) ?? true);

/** Whether what was written is what the field asks for. */
const isFit = ({ kind, currency = '', isRequired = false }: Field, written: string): boolean =>
  written === '' ? !isRequired : kind !== 'amount' || minorOf(written, currency) !== undefined;

/** Whether a deed has been told all that it needs. */
export const isFilled = (deed: Pick<Deed, 'fields'>, values: Values): boolean =>
  askedOf(deed, values).every((field) => isFit(field, (values[field.name] ?? '').trim()));

/** What was written, or nothing: what was left empty is not sent. */
export const given = <Name extends string>(name: Name, value: string | undefined): Partial<Record<Name, string>> =>
  value === undefined || value === '' ? {} : ({ [name]: value } as Partial<Record<Name, string>>);

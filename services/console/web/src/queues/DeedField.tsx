import type { ReactNode } from 'react';
import { ChoiceField, NumberField, TextField } from '../forms/fields';
import { SkuField } from '../items/SkuField';
import { useSpeech } from '../words/words';
import type { Field } from './queue';

interface DeedFieldProps {
  readonly field: Field;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

const useShared = ({ label, hint, isRequired = false }: Field) => {
  const { say } = useSpeech();
  return { label: say(label), isRequired, ...(hint === undefined ? {} : { hint: say(hint) }) };
};

const Chosen = ({ field, value, onChange }: DeedFieldProps): ReactNode => {
  const { name } = useSpeech();
  const { options = [], named = '' } = field;
  return <ChoiceField {...useShared(field)} value={value} options={options.map((each) => [each, name(named, each)])} onChange={onChange} />;
};

const Counted = ({ field, value, onChange }: DeedFieldProps): ReactNode => (
  <NumberField
    {...useShared(field)}
    value={value === '' ? undefined : Number(value)}
    least={field.least ?? 0}
    onChange={(number) => onChange(number === undefined ? '' : String(number))}
  />
);

/** Fields for which browsers have one of their own. */
const kinds: Partial<Readonly<Record<Field['kind'], 'datetime-local' | 'date'>>> = { time: 'datetime-local', day: 'date' };

const Written = ({ field, value, onChange }: DeedFieldProps): ReactNode => (
  <TextField
    {...useShared(field)}
    value={value}
    onChange={onChange}
    longest={field.longest ?? 500}
    isLong={field.kind === 'text'}
    kind={kinds[field.kind] ?? 'text'}
  />
);

const Meant = ({ field, value, onChange }: DeedFieldProps): ReactNode => <SkuField {...useShared(field)} {...{ value, onChange }} />;

const drawn = {
  choice: Chosen,
  number: Counted,
  sku: Meant,
  line: Written,
  text: Written,
  time: Written,
  day: Written,
  amount: Written,
} as const;

/** A field of a deed's form. */
export const DeedField = (props: DeedFieldProps): ReactNode => {
  const Drawn = drawn[props.field.kind];
  return <Drawn {...props} />;
};

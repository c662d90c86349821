import type { ReactNode } from 'react';

interface FieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly isRequired?: boolean;
}

interface TextFieldProps extends FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly kind?: 'text' | 'email' | 'date' | 'datetime-local' | 'url';
  readonly longest?: number;
  readonly isLong?: boolean;
}

const Hint = ({ hint }: { readonly hint: string | undefined }): ReactNode => hint !== undefined && <span className="quiet">{hint}</span>;

export const TextField = (props: TextFieldProps): ReactNode => {
  const { label, hint, value, onChange, isRequired = false, kind = 'text', longest = 500, isLong = false } = props;
  const shared = { value, required: isRequired, maxLength: longest };
  return (
    <label className="field">
      {label}
      {isLong ? (
        <textarea rows={3} {...shared} onChange={({ target }) => onChange(target.value)} />
      ) : (
        <input type={kind} {...shared} onChange={({ target }) => onChange(target.value)} />
      )}
      <Hint hint={hint} />
    </label>
  );
};

interface NumberFieldProps extends FieldProps {
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
  readonly least?: number;
  readonly most?: number;
}

/** A whole number; nothing while none is written. */
export const NumberField = ({ label, hint, value, onChange, isRequired = false, least = 0, most }: NumberFieldProps): ReactNode => (
  <label className="field">
    {label}
    <input
      type="number"
      inputMode="numeric"
      step={1}
      min={least}
      max={most}
      required={isRequired}
      value={value ?? ''}
      onChange={({ target }) => onChange(target.value === '' ? undefined : target.valueAsNumber)}
    />
    <Hint hint={hint} />
  </label>
);

interface ChoiceFieldProps<Value extends string> extends FieldProps {
  readonly value: Value;
  readonly options: readonly (readonly [value: Value, name: string])[];
  readonly onChange: (value: Value) => void;
}

export const ChoiceField = <Value extends string>({ label, hint, value, options, onChange }: ChoiceFieldProps<Value>): ReactNode => (
  <label className="field">
    {label}
    <select
      value={value}
      onChange={({ target }) => {
        const chosen = options.find(([each]) => each === target.value);
        if (chosen) onChange(chosen[0]);
      }}
    >
      {options.map(([each, name]) => (
        <option key={each} value={each}>
          {name}
        </option>
      ))}
    </select>
    <Hint hint={hint} />
  </label>
);

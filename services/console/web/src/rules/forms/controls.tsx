import { useId, useState, type ReactNode } from 'react';
import { plainMoney } from '../../formats/formats';
import { minorOf } from '../../forms/amounts';
import { fieldOf, instantIn } from '../../forms/instants';
import { useSpeech } from '../../words/words';
import type { Described } from './Labelled';
import type { Offer } from './useVocabulary';

interface ControlProps<Value> extends Described {
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

interface ChosenProps extends ControlProps<string | undefined> {
  readonly options: Offer['options'];
  /** Nothing may be chosen. */
  readonly canBeUnset: boolean;
}

/** What is not among the options, because a service knows more, is shown all the same. */
export const Chosen = ({ value, options, canBeUnset, onChange, ...described }: ChosenProps): ReactNode => {
  const { say } = useSpeech();
  const isKnown = value === undefined || options.some(([code]) => code === value);
  return (
    <select {...described} value={value ?? ''} onChange={({ target }) => onChange(target.value === '' ? undefined : target.value)}>
      {(canBeUnset || value === undefined) && <option value="">{say('rules.form.unset')}</option>}
      {!isKnown && <option value={value}>{value}</option>}
      {options.map(([code, name]) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </select>
  );
};

interface WrittenProps extends ControlProps<string> {
  readonly longest: number;
  /** What is offered while it is written; anything else may be written, too. */
  readonly options?: Offer['options'] | undefined;
  readonly kind?: 'text' | 'time';
}

export const Written = ({ value, longest, options, kind = 'text', onChange, ...described }: WrittenProps): ReactNode => {
  const list = useId();
  return (
    <>
      <input
        {...described}
        {...{ type: kind, value, maxLength: longest, dir: 'auto' }}
        list={options && list}
        autoComplete="off"
        onChange={({ target }) => onChange(target.value)}
      />
      {options && (
        <datalist id={list}>
          {options.map(([code, name]) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </datalist>
      )}
    </>
  );
};

/** A time where the reader is; rules have it as an instant. */
export const Instant = ({ value, onChange, ...described }: ControlProps<string>): ReactNode => (
  <input
    {...described}
    {...{ type: 'datetime-local', step: 1, value: fieldOf(value === '' ? undefined : value) }}
    onChange={({ target }) => onChange(instantIn(target.value) ?? '')}
  />
);

interface NumberedProps extends ControlProps<number | undefined> {
  readonly isWhole: boolean;
  readonly least?: number | undefined;
  readonly most?: number | undefined;
}

export const Numbered = ({ value, isWhole, least, most, onChange, ...described }: NumberedProps): ReactNode => (
  <input
    {...described}
    {...{ type: 'number', inputMode: isWhole ? 'numeric' : 'decimal', step: isWhole ? 1 : 'any', min: least, max: most }}
    value={value ?? ''}
    onChange={({ target }) => onChange(target.value === '' ? undefined : target.valueAsNumber)}
  />
);

interface AmountProps extends ControlProps<number | undefined> {
  readonly currency: string;
}

/** An amount as people write it: 12.50 of pounds, 1250 of yen. */
export const Amount = ({ value, currency, onChange, ...described }: AmountProps): ReactNode => {
  const [written, write] = useState('');
  const minor = minorOf(written, currency);
  const shown = minor === value ? written : value === undefined ? '' : plainMoney(value, currency);
  return (
    <span className="rule-amount" dir="ltr">
      <input
        {...described}
        {...{ type: 'text', inputMode: 'decimal', value: shown }}
        aria-invalid={described['aria-invalid'] || (shown !== '' && minorOf(shown, currency) === undefined)}
        onChange={({ target }) => {
          write(target.value);
          onChange(minorOf(target.value, currency));
        }}
      />
      <span className="quiet">{currency}</span>
    </span>
  );
};

/** What no schema describes: as JSON, taken over as soon as it is some. */
export const Json = ({ value, onChange, ...described }: ControlProps<unknown>): ReactNode => {
  const [written, write] = useState(() => (value === undefined ? '' : JSON.stringify(value, undefined, 2)));
  const take = (text: string): void => {
    write(text);
    try {
      onChange(text.trim() === '' ? undefined : JSON.parse(text));
    } catch {
      // Not yet: what was there stays until this can be read.
    }
  };
  return <textarea {...described} rows={3} dir="ltr" className="code" value={written} onChange={({ target }) => take(target.value)} />;
};

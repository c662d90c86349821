import { useEffect, useState, type ReactNode } from 'react';
import { TextField } from '../forms/fields';
import { Choice } from '../tables/Choice';
import { useIsLeaving } from '../keys/useIsLeaving';
import { useSettled } from '../keys/useSettled';
import { useSpeech } from '../words/words';
import { filters, lastDays, type ChangeQuestion, type Filter } from './address';
import { columnName } from './names';
import type { QuestionProps } from './QuestionPage';

interface NarrowingProps extends QuestionProps {
  readonly change: ChangeQuestion;
}

const spans = [7, 30, 90, 365] as const;

const Days = ({ address: { from, to, compare }, change }: NarrowingProps): ReactNode => {
  const { say } = useSpeech();
  return (
    <>
      <TextField
        label={say('analytics.from')}
        kind="date"
        value={from ?? ''}
        onChange={(day) => change({ from: day === '' ? undefined : day })}
      />
      <TextField
        label={say('analytics.to')}
        kind="date"
        value={to ?? ''}
        onChange={(day) => change({ to: day === '' ? undefined : day })}
      />
      {spans.map((days) => (
        <button key={days} type="button" className="button" onClick={() => change(lastDays(days, new Date()))}>
          {say('analytics.days', { days })}
        </button>
      ))}
      <label className="analytics-check">
        <input
          type="checkbox"
          checked={compare === true}
          disabled={from === undefined || to === undefined}
          onChange={({ target }) => change({ compare: target.checked ? true : undefined })}
        />
        {say('analytics.compare')}
      </label>
    </>
  );
};

interface FilterFieldProps {
  readonly filter: Filter;
  readonly value: string;
  readonly choose: (value: string | undefined) => void;
}

/** Asked for once nobody types any more. */
const FilterField = ({ filter, value, choose }: FilterFieldProps): ReactNode => {
  const { say } = useSpeech();
  const [text, setText] = useState(value);
  const settled = useSettled(text);
  const isLeaving = useIsLeaving();
  useEffect(() => {
    if (settled !== value && !isLeaving()) choose(settled === '' ? undefined : settled);
    // Only what was typed moves the address.
  }, [settled]);
  return <TextField label={say(`analytics.filter.${filter}`)} longest={100} value={text} onChange={setText} />;
};

const Filters = ({ question, address, change }: NarrowingProps): ReactNode =>
  filters
    .filter((filter) => question.parameters.includes(filter))
    .map((filter) => (
      <FilterField key={filter} filter={filter} value={address[filter] ?? ''} choose={(value) => change({ [filter]: value })} />
    ));

/** Which days, of what, added up how. */
export const Narrowing = (props: NarrowingProps): ReactNode => {
  const speech = useSpeech();
  const { say } = speech;
  const { question, address, change } = props;
  const optionsOf = (names: readonly string[]) => names.map((name) => [name, columnName(speech, name)] as const);
  return (
    <section className="filters" aria-label={say('list.filters')}>
      {question.time !== null && <Days {...props} />}
      {question.measures.length > 0 && (
        <Choice
          label={say('analytics.measure')}
          value={address.measure}
          options={optionsOf(question.measures)}
          onChoose={(measure) => change({ measure })}
        />
      )}
      {question.measures.length > 0 && (
        <Choice label={say('analytics.by')} value={address.by} options={optionsOf(question.groups)} onChoose={(by) => change({ by })} />
      )}
      <Filters {...props} />
    </section>
  );
};

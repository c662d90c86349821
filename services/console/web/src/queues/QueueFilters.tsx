import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Choice } from '../tables/Choice';
import { useSpeech } from '../words/words';
import { readQueueAddress } from './address';
import type { Filter, Filters } from './queue';

interface OneFilterProps {
  readonly filter: Filter;
  readonly value: string | undefined;
  readonly change: (value: string | undefined) => void;
}

const OneFilter = ({ filter: { label, options, named = '' }, value, change }: OneFilterProps): ReactNode => {
  const { say, name } = useSpeech();
  if (options)
    return <Choice label={say(label)} value={value} options={options.map((each) => [each, name(named, each)])} onChoose={change} />;
  const commit = (text: string): void => change(text.trim() === '' ? undefined : text.trim());
  return (
    <label className="field">
      {say(label)}
      <input
        key={value ?? ''}
        defaultValue={value ?? ''}
        maxLength={64}
        onBlur={({ target }) => target.value !== (value ?? '') && commit(target.value)}
        onKeyDown={({ key, currentTarget }) => key === 'Enter' && commit(currentTarget.value)}
      />
    </label>
  );
};

interface QueueFiltersProps {
  readonly of: readonly Filter[];
  readonly chosen: Filters;
}

/** What the queue is narrowed down to; it stands in the address. */
export const QueueFilters = ({ of, chosen }: QueueFiltersProps): ReactNode => {
  const { say } = useSpeech();
  const navigate = useNavigate({ from: '/queues/$queue' });
  if (of.length === 0) return null;
  const isNarrowed = of.some(({ name }) => chosen[name] !== undefined);
  return (
    <section className="filters" aria-label={say('list.filters')}>
      {of.map((filter) => (
        <OneFilter
          key={filter.name}
          filter={filter}
          value={chosen[filter.name]}
          change={(value) => void navigate({ search: (before) => readQueueAddress({ ...before, [filter.name]: value }) })}
        />
      ))}
      {isNarrowed && (
        <button type="button" className="button" onClick={() => void navigate({ search: {} })}>
          {say('list.clear')}
        </button>
      )}
    </section>
  );
};

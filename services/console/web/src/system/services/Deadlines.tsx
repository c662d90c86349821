import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { bodyOf, type Schemas } from '../../api/client';
import { useServices } from '../../api/services';
import { Mark, Time } from '../../marks/Mark';
import { Section } from '../../frame/Section';
import { Choice } from '../../tables/Choice';
import type { Columns } from '../../tables/columns';
import { Listed, usePages } from '../../tables/Listed';
import { useSpeech } from '../../words/words';
import { UNTOLD } from '../untold';
import { deadlineStates } from '../address';

type Deadline = Schemas['Deadline'];

const DeadlineState = ({ state }: Pick<Deadline, 'state'>): ReactNode => (
  <Mark tone={state === 'overdue' ? 'wary' : 'calm'}>{useSpeech().say(`system.deadline.${state}`)}</Mark>
);

const Tries = ({ tries }: Pick<Deadline, 'tries'>): ReactNode => <span className="number">{useSpeech().count(tries)}</span>;

const columns: Columns<Deadline> = {
  list: 'deadlines',
  rowId: ({ id }) => id,
  of: [
    { id: 'name', heading: 'system.deadline', show: ({ name }) => <span className="code">{name}</span> },
    { id: 'stream', heading: 'system.deadline.stream', show: ({ stream }) => <span className="code">{stream}</span> },
    { id: 'state', heading: 'system.state', show: ({ state }) => <DeadlineState state={state} /> },
    { id: 'due', heading: 'system.deadline.due', show: ({ dueAt }) => <Time at={dueAt} as="since" /> },
    { id: 'next', heading: 'system.deadline.next', show: ({ nextAt }) => <Time at={nextAt} />, isUnseenAtFirst: true },
    { id: 'tries', heading: 'system.deadline.tries', show: ({ tries }) => <Tries tries={tries} />, isAmount: true },
  ],
};

/** What a service waits for: what is due first. */
export const Deadlines = ({ service }: { readonly service: string }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const { state } = useSearch({ from: '/system/services/$service' });
  const navigate = useNavigate({ from: '/system/services/$service' });
  const query = state === undefined ? {} : { state };
  const pages = usePages<Deadline>(
    ['service', service, 'deadlines', query],
    (page) => bodyOf(api.GET('/operations/{service}/deadlines', { params: { path: { service }, query: { ...query, ...page } } })),
    UNTOLD,
  );
  const choose = (chosen: string | undefined): void => {
    const next = deadlineStates.find((each) => each === chosen);
    void navigate({ search: next === undefined ? {} : { state: next } });
  };
  return (
    <Section title={say('system.deadlines')}>
      <div className="system-note">
        <Choice
          label={say('system.state')}
          value={state}
          options={deadlineStates.map((each) => [each, say(`system.deadline.${each}`)])}
          onChoose={choose}
        />
      </div>
      <Listed
        pages={pages}
        columns={columns}
        label={say('system.deadlines')}
        none={{ title: say('system.deadlines.none') }}
        counted={(count) => say('system.deadlines.shown', { count })}
      />
    </Section>
  );
};

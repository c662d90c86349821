import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { bodyOf, type Schemas } from '../../api/client';
import { useServices } from '../../api/services';
import { Mark, Time } from '../../marks/Mark';
import type { Tone } from '../../marks/tones';
import { Section } from '../../frame/Section';
import type { Columns } from '../../tables/columns';
import { Listed, usePages } from '../../tables/Listed';
import { useSpeech } from '../../words/words';
import { UNTOLD } from '../untold';
import { SystemPage } from '../SystemPage';
import { Known } from './Known';
import { PersonForm } from './PersonForm';
import type { PersonAsked } from './person';
import { shortId } from '../../formats/ids';

type Erasure = Schemas['ListedErasure'];

const tones: Readonly<Record<Erasure['status'], Tone>> = { waiting: 'calm', asked: 'going', overdue: 'bad', erased: 'good' };

export const ErasureMark = ({ status }: Pick<Erasure, 'status'>): ReactNode => (
  <Mark tone={tones[status]}>{useSpeech().say(`system.erasure.${status}`)}</Mark>
);

const ErasureLink = ({ erasure: { erasureId } }: { readonly erasure: Erasure }): ReactNode => (
  <Link to="/system/people/$erasureId" params={{ erasureId }} data-row className="code" dir="ltr">
    {shortId(erasureId)}
  </Link>
);

const Count = ({ count }: { readonly count: number }): ReactNode => <span className="number">{useSpeech().count(count)}</span>;

const columns: Columns<Erasure> = {
  list: 'erasures',
  rowId: ({ erasureId }) => erasureId,
  of: [
    { id: 'erasure', heading: 'system.certificate', show: (erasure) => <ErasureLink erasure={erasure} /> },
    { id: 'status', heading: 'system.state', show: ({ status }) => <ErasureMark status={status} /> },
    { id: 'asked', heading: 'system.erasure.at', show: ({ askedAt }) => <Time at={askedAt} /> },
    { id: 'by', heading: 'system.replay.by', show: ({ requestedBy }) => requestedBy },
    { id: 'orders', heading: 'nav.orders', show: ({ orderCount }) => <Count count={orderCount} />, isAmount: true },
    { id: 'missing', heading: 'system.erasure.missing', show: ({ missing }) => missing.join(', ') },
  ],
};

const Erasures = (): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const pages = usePages<Erasure>(['erasures'], (query) => bodyOf(api.GET('/customers/erasures', { params: { query } })), UNTOLD);
  return (
    <Section title={say('system.erasures')}>
      <Listed
        pages={pages}
        columns={columns}
        label={say('system.erasures')}
        none={{ title: say('system.erasures.none') }}
        counted={(count) => say('system.erasures.shown', { count })}
      />
    </Section>
  );
};

/** Finds what is known of a person, and has it forgotten. Who was looked for stands in no address: it would stay in the browser's history. */
export const PeoplePage = (): ReactNode => {
  const [asked, ask] = useState<PersonAsked>();
  return (
    <SystemPage title={useSpeech().say('system.people')}>
      <div className="system">
        <PersonForm ask={ask} />
        {asked && <Known key={JSON.stringify(asked)} asked={asked} />}
        <Erasures />
      </div>
    </SystemPage>
  );
};

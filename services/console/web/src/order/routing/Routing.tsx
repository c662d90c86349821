import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react';
import { bodyOf } from '../../api/client';
import { useServices } from '../../api/services';
import { Mark, Time } from '../../marks/Mark';
import { Empty, Loading, Shown } from '../../states/states';
import { useSpeech } from '../../words/words';
import { Section } from '../../frame/Section';
import { chosenIn, spotsOf, type Candidate, type Decision } from './decision';
import './routing.css';

/** The world is large: it comes when somebody looks at it. */
const RoutingMap = lazy(() => import('./RoutingMap').then((map) => ({ default: map.RoutingMap })));

const Standing = ({ candidate, isChosen }: { readonly candidate: Candidate; readonly isChosen: boolean }): ReactNode => {
  const { say, name } = useSpeech();
  if (isChosen) return <Mark tone="good">{say('routing.chosen')}</Mark>;
  return candidate.refusal === undefined ? (
    say('routing.not-needed')
  ) : (
    <Mark tone="calm">{name('routing.refusal', candidate.refusal)}</Mark>
  );
};

const columns = ['location', 'standing', 'distance', 'load', 'score'] as const;

const CandidateRow = ({ candidate, isChosen }: { readonly candidate: Candidate; readonly isChosen: boolean }): ReactNode => {
  const { say, count } = useSpeech();
  const { location, distanceKm, load, capacity, score } = candidate;
  return (
    <tr>
      <th scope="row" className="code">
        {location}
      </th>
      <td>
        <Standing candidate={candidate} isChosen={isChosen} />
      </td>
      <td className="amount number">{distanceKm !== undefined && say('routing.km', { km: count(Math.round(distanceKm)) })}</td>
      <td className="amount number">{capacity === undefined ? count(load) : `${count(load)} / ${count(capacity)}`}</td>
      <td className="amount number">{count(Math.round(score * 100) / 100)}</td>
    </tr>
  );
};

const Candidates = ({ decision }: { readonly decision: Decision }): ReactNode => {
  const { say } = useSpeech();
  const chosen = chosenIn(decision);
  return (
    <div className="table-scroll" tabIndex={0} role="group" aria-label={say('routing.candidates')}>
      <table className="rows">
        <thead>
          <tr>
            {columns.map((each, at) => (
              <th key={each} scope="col" className={at > 1 ? 'amount' : undefined}>
                {say(`routing.${each}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {decision.candidates.map((candidate) => (
            <CandidateRow key={candidate.location} candidate={candidate} isChosen={chosen.has(candidate.location)} />
          ))}
        </tbody>
      </table>
    </div>
  );
};

const Decided = ({ decision }: { readonly decision: Decision }): ReactNode => {
  const { say, name } = useSpeech();
  const spots = useMemo(() => spotsOf(decision), [decision]);
  return (
    <div className="decision">
      <p>
        <strong>{name('routing.cause', decision.cause)}</strong>{' '}
        <span className="quiet">
          <Time at={decision.brokeredAt} /> · <bdi>{say('routing.rules', { rules: decision.rules.version })}</bdi>
        </span>
      </p>
      <ul>
        {decision.why.map((reason) => (
          <li key={reason}>
            <bdi>{reason}</bdi>
          </li>
        ))}
      </ul>
      {spots.length > 0 && (
        <Suspense fallback={<Loading rows={3} />}>
          <RoutingMap spots={spots} />
        </Suspense>
      )}
      <Candidates decision={decision} />
    </div>
  );
};

/** Why it ships from where it does: who was considered, what each scored, and who was refused. */
export const Routing = ({ orderId }: { readonly orderId: string }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const [isOpen, setOpen] = useState(false);
  const decisions = useQuery({
    queryKey: ['order', orderId, 'routing'],
    queryFn: () => bodyOf(api.GET('/fulfillment/orders/{orderId}/decisions', { params: { path: { orderId } } })),
    enabled: isOpen,
  });
  return (
    <Section title={say('routing')}>
      {isOpen ? (
        <Shown of={decisions}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={say('routing.none')} />
            ) : (
              items.map((decision) => <Decided key={decision.decisionId} decision={decision} />)
            )
          }
        </Shown>
      ) : (
        <p className="list-foot">
          <button type="button" className="button" onClick={() => setOpen(true)}>
            {say('routing.show')}
          </button>
        </p>
      )}
    </Section>
  );
};

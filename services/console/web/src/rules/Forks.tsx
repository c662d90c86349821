import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { bodyOf, type Schemas } from '../api/client';
import { useServices } from '../api/services';
import { Part } from '../frame/Part';
import { Mark, Time } from '../marks/Mark';
import type { Tone } from '../marks/tones';
import { Empty, Shown } from '../states/states';
import { useSpeech } from '../words/words';
import { FigureTable } from './FigureTable';
import { ForkDialog } from './ForkDialog';
import { ForkDays } from './ForkDays';
import { otherwiseIn } from './fork-terms';
import { forkFigures } from './trial';

type Fork = Schemas['RoutingFork'];

const tones: Readonly<Record<Fork['status'], Tone>> = { waiting: 'calm', running: 'going', done: 'good', failed: 'bad' };

/** The newest of them. */
const MOST_FORKS = 20;
const AGAIN_MS = 1_500;

const isGoing = ({ status }: Fork): boolean => status === 'waiting' || status === 'running';

const Progress = ({ done, of }: { readonly done: number; readonly of: number }): ReactNode => {
  const { say, count } = useSpeech();
  const words = say('rules.fork.progress', { done: count(done), of: count(of) });
  return (
    <>
      <progress max={Math.max(1, of)} value={done} aria-label={words} />
      <span className="quiet">{words}</span>
    </>
  );
};

const ForkOf = ({ fork }: { readonly fork: Fork }): ReactNode => {
  const speech = useSpeech();
  const { say, name } = speech;
  const otherwise = otherwiseIn(speech, fork.terms);
  const { status, terms, note, decisions, of, failure, result, askedAt } = fork;
  return (
    <li className="fork">
      <p className="marks">
        <Mark tone={tones[status]}>{name('rules.fork', status)}</Mark>
        <Time at={askedAt} />
        <span>{terms.rules === undefined ? say('rules.fork.as-it-was') : say('rules.version', { version: terms.rules })}</span>
        {isGoing(fork) && <Progress done={decisions} of={of} />}
        {note !== null && <bdi>{note}</bdi>}
      </p>
      {otherwise.length > 0 && (
        <p>
          <span className="quiet">{say('rules.fork.otherwise')}:</span> {otherwise.join(' · ')}
        </p>
      )}
      {failure && <p className="quiet">{failure.detail}</p>}
      {result && (
        <>
          <p>{say('rules.trial.sum', { checked: result.before.orders, changed: result.before.orders - result.same })}</p>
          <FigureTable figures={forkFigures(result)} label={say('rules.fork.result')} />
          <ForkDays forkId={fork.forkId} />
        </>
      )}
    </li>
  );
};

/** The past played forward by a version: what one order leaves is what the next one finds. A job, which can be followed here. */
export const Forks = ({ version }: { readonly version: string }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const [isAsking, setAsking] = useState(false);
  const forks = useQuery({
    queryKey: ['rules', 'forks'],
    queryFn: () => bodyOf(api.GET('/fulfillment/forks', { params: { query: { limit: MOST_FORKS } } })),
    refetchInterval: ({ state }) => (state.data?.items.some(isGoing) ? AGAIN_MS : false),
  });
  const play = (
    <button type="button" className="button" onClick={() => setAsking(true)}>
      {say('rules.fork.play')}
    </button>
  );
  return (
    <Part title={say('rules.forks')} aside={play}>
      <Shown of={forks} rows={2}>
        {({ items }) => (
          <div className="card">
            {items.length === 0 ? (
              <Empty title={say('rules.forks.none')}>{say('rules.forks.none.hint')}</Empty>
            ) : (
              <ul>
                {items.map((fork) => (
                  <ForkOf key={fork.forkId} fork={fork} />
                ))}
              </ul>
            )}
          </div>
        )}
      </Shown>
      {isAsking && <ForkDialog version={version} onClose={() => setAsking(false)} />}
    </Part>
  );
};

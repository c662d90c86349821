import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { bodyOf, type Schemas } from '../api/client';
import { useServices } from '../api/services';
import { TextField } from '../forms/fields';
import { FormDialog } from '../forms/FormDialog';
import { Part } from '../frame/Part';
import { Mark, Time } from '../marks/Mark';
import type { Tone } from '../marks/tones';
import { instantsOf } from '../formats/days';
import { Empty, Shown } from '../states/states';
import { useSpeech } from '../words/words';
import { FigureTable } from './FigureTable';
import { forkFigures } from './trial';

type Fork = Schemas['RoutingFork'];

const tones: Readonly<Record<Fork['status'], Tone>> = { waiting: 'calm', running: 'going', done: 'good', failed: 'bad' };

/** The newest of them. */
const MOST_FORKS = 20;
const AGAIN_MS = 1_500;

const isGoing = ({ status }: Fork): boolean => status === 'waiting' || status === 'running';

const ForkOf = ({ fork }: { readonly fork: Fork }): ReactNode => {
  const { say, name, count } = useSpeech();
  const { status, terms, note, decisions, of, failure, result, askedAt } = fork;
  return (
    <li className="fork">
      <p className="marks">
        <Mark tone={tones[status]}>{name('rules.fork', status)}</Mark>
        <Time at={askedAt} />
        <span>{terms.rules === undefined ? say('rules.fork.as-it-was') : say('rules.version', { version: terms.rules })}</span>
        {isGoing(fork) && <span className="quiet">{say('rules.fork.progress', { done: count(decisions), of: count(of) })}</span>}
        {note !== null && <bdi>{note}</bdi>}
      </p>
      {failure && <p className="quiet">{failure.detail}</p>}
      {result && (
        <>
          <p>{say('rules.trial.sum', { checked: result.before.orders, changed: result.before.orders - result.same })}</p>
          <FigureTable figures={forkFigures(result)} label={say('rules.fork.result')} />
        </>
      )}
    </li>
  );
};

const ForkDialog = ({ version, onClose }: { readonly version: string; readonly onClose: () => void }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const [period, setPeriod] = useState({ from: '', to: '' });
  const [note, setNote] = useState('');
  const { from, to } = instantsOf(period);
  const send = async (key: string): Promise<unknown> =>
    from === undefined
      ? undefined
      : bodyOf(
          api.POST('/fulfillment/forks', {
            params: { header: { 'Idempotency-Key': key } },
            body: {
              ...{ from, rules: version },
              ...(to === undefined ? {} : { to }),
              ...(note.trim() === '' ? {} : { note: note.trim() }),
            },
          }),
        );
  return (
    <FormDialog title={say('rules.fork.play')} deed={say('rules.fork.deed')} isReady={from !== undefined} {...{ send, onClose }}>
      <div className="fields">
        <TextField
          label={say('rules.trial.from')}
          kind="date"
          value={period.from}
          onChange={(day) => setPeriod({ ...period, from: day })}
          isRequired
        />
        <TextField label={say('rules.trial.to')} kind="date" value={period.to} onChange={(day) => setPeriod({ ...period, to: day })} />
      </div>
      <TextField label={say('rules.column.note')} value={note} onChange={setNote} longest={200} />
    </FormDialog>
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

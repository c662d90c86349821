import type { ReactNode } from 'react';
import type { Schemas } from '../../api/client';
import { Mark, Time } from '../../marks/Mark';
import { useSpeech } from '../../words/words';
import { isTaken, outcomeOf } from './endpoint';

type Attempt = Schemas['WebhookAttempt'];

const Answer = ({ answer: { headers, body } }: { readonly answer: NonNullable<Attempt['answer']> }): ReactNode => {
  const { say } = useSpeech();
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return (
    <details>
      <summary className="quiet">{say('system.delivery.answer')}</summary>
      <pre tabIndex={0} dir="ltr">
        {[...lines, '', body].join('\n')}
      </pre>
    </details>
  );
};

/** What was tried, and what was answered each time. */
export const Attempts = ({ attempts }: { readonly attempts: readonly Attempt[] }): ReactNode => {
  const { say, count } = useSpeech();
  return (
    <ul className="attempts">
      {attempts.map((attempt) => (
        <li key={attempt.at}>
          <p className="system-part">
            <Mark tone={isTaken(attempt) ? 'good' : 'bad'}>{outcomeOf(attempt)}</Mark>
            <Time at={attempt.at} />
            <span className="quiet">{say('system.delivery.took', { ms: count(attempt.tookMs) })}</span>
          </p>
          <p className="code quiet" dir="ltr">
            POST {attempt.url}
          </p>
          {attempt.answer && <Answer answer={attempt.answer} />}
        </li>
      ))}
    </ul>
  );
};

import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Page } from '../frame/Page';
import { Empty, Shown } from '../states/states';
import { useSpeech } from '../words/words';
import type { Question } from './address';
import { calledOf } from './names';
import { useQuestions } from './useQuestions';
import './analytics.css';

const Asked = ({ question: { name, asks } }: { readonly question: Question }): ReactNode => (
  <li>
    <Link to="/analytics/$question" params={{ question: name }} className="card question" data-row>
      <strong>{calledOf(name)}</strong>
      <span className="quiet" lang="en" dir="auto">
        {asks}
      </span>
    </Link>
  </li>
);

/** Everything that people ask again and again. */
export const QuestionsPage = (): ReactNode => {
  const { say } = useSpeech();
  return (
    <Page title={say('analytics.title')}>
      <Shown of={useQuestions()} rows={8}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={say('analytics.none')} />
          ) : (
            <ul className="questions">
              {items.map((question) => (
                <Asked key={question.name} question={question} />
              ))}
            </ul>
          )
        }
      </Shown>
    </Page>
  );
};

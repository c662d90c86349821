import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Page } from '../frame/Page';
import { Empty, Shown } from '../states/states';
import { useSpeech } from '../words/words';
import type { Question } from './address';
import { questionName, questionWords } from './names';
import { QuestionWords } from './QuestionWords';
import { useQuestions } from './useQuestions';
import './analytics.css';

const Asked = ({ question }: { readonly question: Question }): ReactNode => {
  const speech = useSpeech();
  const { text, lang } = questionWords(speech, question);
  return (
    <li>
      <Link to="/analytics/$question" params={{ question: question.name }} className="card question" data-row>
        <strong>{questionName(speech, question.name)}</strong>
        <span className="quiet" lang={lang} dir="auto">
          {text}
        </span>
      </Link>
    </li>
  );
};

const Questions = (): ReactNode => {
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

/** Everything that people ask again and again. */
export const QuestionsPage = (): ReactNode => (
  <QuestionWords>
    <Questions />
  </QuestionWords>
);

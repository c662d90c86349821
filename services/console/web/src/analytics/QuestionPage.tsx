import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Page } from '../frame/Page';
import { Section } from '../frame/Section';
import { Empty, Shown } from '../states/states';
import { useSpeech } from '../words/words';
import { readQuestionAddress, type ChangeQuestion, type Question, type QuestionAddress } from './address';
import { Answer } from './Answer';
import { Download } from './Download';
import { questionName, questionWords, readingWords } from './names';
import { Narrowing } from './Narrowing';
import { Pictures } from './Pictures';
import { QuestionWords } from './QuestionWords';
import { Sql } from './Sql';
import { useQuestions } from './useQuestions';
import './analytics.css';

export interface QuestionProps {
  readonly question: Question;
  readonly address: QuestionAddress;
}

const Asked = ({ question, address, change }: QuestionProps & { readonly change: ChangeQuestion }): ReactNode => {
  const speech = useSpeech();
  const { say } = speech;
  const { text, lang } = questionWords(speech, question);
  const reading = readingWords(speech, question);
  return (
    <div className="analytics">
      <p lang={lang} dir="auto">
        {text}
      </p>
      <p lang={reading.lang} dir="auto" className="quiet">
        {reading.text}
      </p>
      <Narrowing question={question} address={address} change={change} />
      {question.measures.length > 0 ? (
        <Pictures question={question} address={address} />
      ) : (
        <p className="quiet">{say('analytics.nothing-to-add')}</p>
      )}
      <Section title={say('analytics.answer')}>
        <Answer question={question} address={address} />
      </Section>
      <Sql question={question} address={address} />
    </div>
  );
};

const QuestionNamed = (): ReactNode => {
  const speech = useSpeech();
  const { say } = speech;
  const { question: name } = useParams({ from: '/analytics/$question' });
  const address = useSearch({ from: '/analytics/$question' });
  const navigate = useNavigate({ from: '/analytics/$question' });
  const questions = useQuestions();
  const question = questions.data?.items.find((each) => each.name === name);
  const change: ChangeQuestion = (part) =>
    void navigate({ search: (before) => readQuestionAddress({ ...before, ...part }), replace: true });
  return (
    <>
      <p className="way-back">
        <Link to="/analytics">{say('analytics.back')}</Link>
      </p>
      <Page title={questionName(speech, name)} aside={question && <Download question={question} address={address} />}>
        <Shown of={questions} rows={8}>
          {() => (question ? <Asked question={question} address={address} change={change} /> : <Empty title={say('fault.missing')} />)}
        </Shown>
      </Page>
    </>
  );
};

/** One question: its picture, its answer, how fresh that is, and the SQL that gives it. */
export const QuestionPage = (): ReactNode => (
  <QuestionWords>
    <QuestionNamed />
  </QuestionWords>
);

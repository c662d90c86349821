import type { ReactNode } from 'react';
import { Section } from '../frame/Section';
import { useSpeech } from '../words/words';
import { narrowedBy } from './address';
import type { QuestionProps } from './QuestionPage';
import { selectOf } from './select';

/** The SQL that asks the same, and what the view that answers is made of. */
export const Sql = ({ question, address }: QuestionProps): ReactNode => {
  const { say } = useSpeech();
  return (
    <Section title={say('analytics.sql')}>
      <div className="sql">
        <pre tabIndex={0} dir="ltr" aria-label={say('analytics.sql')}>
          {selectOf(question, narrowedBy(address, question))}
        </pre>
        <details>
          <summary className="quiet">{say('analytics.sql.view', { view: question.view })}</summary>
          <pre tabIndex={0} dir="ltr">
            {question.sql}
          </pre>
        </details>
      </div>
    </Section>
  );
};

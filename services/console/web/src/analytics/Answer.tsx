import type { ReactNode } from 'react';
import { bodyOf, type Schemas } from '../api/client';
import { useServices } from '../api/services';
import { Money, Time } from '../marks/Mark';
import { Empty, Shown } from '../states/states';
import { More, usePages } from '../tables/Listed';
import { useSpeech } from '../words/words';
import { narrowedBy, type Question } from './address';
import { columnName, dayText, questionName, textOf } from './names';
import { quantityText } from './quantities';
import type { QuestionProps } from './QuestionPage';

type Row = Schemas['ReportingAnswer']['rows'][number];
type Column = Question['columns'][number];
type QuestionName = import('../api/schema').operations['QuestionsController_answer']['parameters']['path']['name'];

interface FigureProps {
  readonly column: Column;
  readonly value: number;
  readonly currency: Row[string] | undefined;
}

const Figure = ({ column: { name, isAmount }, value, currency }: FigureProps): ReactNode => {
  const { locale } = useSpeech();
  const known = typeof currency === 'string' ? currency : undefined;
  if (isAmount && known !== undefined) return <Money amount={value} currency={known} />;
  return <span className="number">{quantityText(locale, name, value, known)}</span>;
};

const Cell = ({ row, column }: { readonly row: Row; readonly column: Column }): ReactNode => {
  const speech = useSpeech();
  const { locale, country } = speech;
  const { name, type } = column;
  const value = row[name];
  if (value === null || value === undefined) return <span className="quiet">–</span>;
  if (typeof value === 'number') return <Figure column={column} value={value} currency={row['currency']} />;
  if (type === 'date') return dayText(locale, value);
  if (type === 'timestamptz') return <Time at={value} />;
  return <bdi>{name === 'country' ? country(value) : textOf(speech, name, value)}</bdi>;
};

const isNumber = ({ type }: Column): boolean => type === 'bigint' || type === 'numeric';

const Rows = ({ question, rows }: Pick<QuestionProps, 'question'> & { readonly rows: readonly Row[] }): ReactNode => {
  const speech = useSpeech();
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={questionName(speech, question.name)}>
      <table className="rows answer">
        <thead>
          <tr>
            {question.columns.map((column) => (
              <th key={column.name} scope="col" className={isNumber(column) ? 'amount' : undefined} title={column.about}>
                {columnName(speech, column.name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              {question.columns.map((column) => (
                <td key={column.name} className={isNumber(column) ? 'amount' : undefined}>
                  <Cell row={row} column={column} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

/** The answer row by row, page after page; what a column means is said to whoever points at its name. */
export const Answer = ({ question, address }: QuestionProps): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const narrowed = narrowedBy(address, question);
  // Of whatever name: the document’s own list is that of another day.
  const name = question.name as QuestionName;
  const pages = usePages(['answer', name, narrowed], async (page) => {
    const answer = await bodyOf(api.GET('/reporting/questions/{name}', { params: { path: { name }, query: { ...narrowed, ...page } } }));
    return { items: answer.rows, next: answer.next };
  });
  return (
    <Shown of={pages} rows={8}>
      {(data) => {
        const rows = data.pages.flatMap(({ items }) => items);
        if (rows.length === 0) return <Empty title={say('analytics.rows.none')}>{say('analytics.rows.none.hint')}</Empty>;
        return (
          <>
            <p className="quiet picture-note" role="status">
              {say('analytics.rows', { count: rows.length })}
            </p>
            <Rows question={question} rows={rows} />
            <div className="list-foot">
              <More pages={pages} />
            </div>
          </>
        );
      }}
    </Shown>
  );
};

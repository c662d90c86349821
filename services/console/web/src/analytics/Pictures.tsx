import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { bodyOf, type Schemas } from '../api/client';
import { useServices } from '../api/services';
import { Section } from '../frame/Section';
import { Empty, Shown } from '../states/states';
import { useSpeech } from '../words/words';
import { narrowedBy, periodBefore, type Question, type QuestionAddress } from './address';
import { Bars } from './Bars';
import { Lines } from './Lines';
import { changeSince, pictureIn, picturesOf, type Picture } from './drawing';
import { FigureTable } from './FigureTable';
import { Fresh } from './Fresh';
import { columnName } from './names';
import type { QuestionProps } from './QuestionPage';

/** What is added up: as the address says, else the first that can be. */
export const measureOf = ({ measures }: Question, { measure }: QuestionAddress): string =>
  measures.find((each) => each === measure) ?? measures[0] ?? '';

/** By what it is told apart: without a time nothing else makes a picture. */
export const groupOf = ({ groups, time }: Question, { by }: QuestionAddress): string | undefined =>
  groups.find((each) => each === by) ?? (time === null ? groups[0] : undefined);

type Asked = NonNullable<Parameters<typeof narrowedBy>[0]>;

const useFigures = (question: Question, address: Asked, isWanted = true) => {
  const { api } = useServices();
  const by = groupOf(question, address);
  const query = { ...narrowedBy(address, question), measure: measureOf(question, address), ...(by === undefined ? {} : { by }) };
  return useQuery({
    queryKey: ['figures', question.name, query],
    // What can be added up and told apart is taken from the list of the service: the document’s own list is that of another day.
    queryFn: () =>
      bodyOf(
        api.GET('/reporting/questions/{name}/figures', {
          params: { path: { name: question.name as QuestionName }, query: query as FiguresQuery },
        }),
      ),
    placeholderData: keepPreviousData,
    enabled: isWanted,
  });
};

type Operation = import('../api/schema').operations['QuestionsController_figures'];
type QuestionName = Operation['parameters']['path']['name'];
type FiguresQuery = Operation['parameters']['query'];

/** So much, in the form of its currency where it is money. */
export const useAmount = (currency: string | null): ((value: number) => string) => {
  const { money, count } = useSpeech();
  return (value) => (currency === null ? count(value) : money(value, currency));
};

interface DrawnProps {
  readonly picture: Picture;
  readonly before: Picture | undefined;
  readonly measure: string;
  readonly by: string | undefined;
  readonly isOverTime: boolean;
}

const Change = ({ picture, before }: Pick<DrawnProps, 'picture' | 'before'>): ReactNode => {
  const { say, locale } = useSpeech();
  const amount = useAmount(picture.currency);
  if (!before) return null;
  const change = changeSince(picture.total, before.total);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', signDisplay: 'exceptZero', maximumFractionDigits: 1 });
  return (
    <span className="quiet">
      {change === undefined
        ? say('analytics.before', { before: amount(before.total) })
        : say('analytics.change', { change: percent.format(change), before: amount(before.total) })}
    </span>
  );
};

const Drawn = (props: DrawnProps): ReactNode => {
  const { picture, before, measure, by, isOverTime } = props;
  const speech = useSpeech();
  const amount = useAmount(picture.currency);
  return (
    <figure className="picture">
      <figcaption>
        <span className="quiet">
          {columnName(speech, measure)} {picture.currency}
        </span>
        <strong className="picture-total number">{amount(picture.total)}</strong>
        <Change picture={picture} before={before} />
      </figcaption>
      {isOverTime ? <Lines picture={picture} before={before} measure={measure} by={by} /> : <Bars picture={picture} by={by} />}
      <FigureTable picture={picture} isOverTime={isOverTime} by={by} />
    </figure>
  );
};

interface AllProps extends QuestionProps {
  readonly found: Schemas['ReportingFigures'];
  readonly before: Schemas['ReportingFigures'] | undefined;
}

const All = ({ question, address, found, before }: AllProps): ReactNode => {
  const { say } = useSpeech();
  const pictures = picturesOf(found.figures);
  if (pictures.length === 0) return <Empty title={say('analytics.rows.none')}>{say('analytics.rows.none.hint')}</Empty>;
  return (
    <>
      {pictures.map((picture) => (
        <Drawn
          key={picture.currency ?? ''}
          picture={picture}
          before={before && pictureIn(before.figures, picture.currency)}
          measure={found.measure}
          by={groupOf(question, address)}
          isOverTime={question.time !== null}
        />
      ))}
      {found.left > 0 && <p className="quiet picture-note">{say('analytics.left', { count: found.left })}</p>}
      <Fresh freshness={found.freshness} />
    </>
  );
};

/** The answer as pictures, beside those of the period before where that is wanted. */
export const Pictures = ({ question, address }: QuestionProps): ReactNode => {
  const { from, to, compare } = address;
  const isCompared = compare === true && from !== undefined && to !== undefined && question.time !== null;
  const figures = useFigures(question, address);
  const before = useFigures(question, isCompared ? { ...address, ...periodBefore({ from, to }) } : address, isCompared);
  return (
    <Section title={useSpeech().say('analytics.picture')}>
      <Shown of={figures} rows={6}>
        {(found) => <All question={question} address={address} found={found} before={isCompared ? before.data : undefined} />}
      </Shown>
    </Section>
  );
};

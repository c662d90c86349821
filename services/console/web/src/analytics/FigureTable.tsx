import type { ReactNode } from 'react';
import { useSpeech } from '../words/words';
import type { Picture } from './drawing';
import { dayText, groupName } from './names';
import { useAmount } from './Pictures';

interface FigureTableProps {
  readonly picture: Picture;
  readonly isOverTime: boolean;
  readonly by: string | undefined;
}

/** The same as the picture, for whoever reads numbers. */
export const FigureTable = ({ picture, isOverTime, by }: FigureTableProps): ReactNode => {
  const speech = useSpeech();
  const { say, locale } = speech;
  const amount = useAmount(picture.currency);
  const figures = picture.lines.flatMap(({ name, points }) => points.map((point) => ({ name, ...point })));
  return (
    <details className="picture-note">
      <summary className="quiet">{say('analytics.figures')}</summary>
      <div className="table-scroll figure-table" tabIndex={0} role="region" aria-label={say('analytics.figures')}>
        <table className="rows">
          <thead>
            <tr>
              {isOverTime && <th scope="col">{say('analytics.when')}</th>}
              <th scope="col">{say('analytics.by')}</th>
              <th scope="col" className="amount">
                {say('analytics.measure')}
              </th>
            </tr>
          </thead>
          <tbody>
            {figures.map(({ name, at, value }) => (
              <tr key={`${name ?? ''} ${at}`}>
                {isOverTime && <td>{at === '' ? '' : dayText(locale, at)}</td>}
                <td>
                  <bdi>{groupName(speech, by, name)}</bdi>
                </td>
                <td className="amount number">{amount(value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
};

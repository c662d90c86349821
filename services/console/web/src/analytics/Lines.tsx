import type { ReactNode } from 'react';
import { directionOf } from '../words/languages';
import { useSpeech } from '../words/words';
import { HEIGHT, heightOf, pathOf, WIDTH, type Line, type Picture } from './drawing';
import { columnName, dayText, groupName } from './names';
import { useAmount } from './Pictures';

interface LinesProps {
  readonly picture: Picture;
  readonly before: Picture | undefined;
  readonly measure: string;
  /** By what its lines are told apart. */
  readonly by: string | undefined;
}

type Scale = Pick<Picture, 'most' | 'least'>;

interface DrawnLineProps {
  readonly scale: Scale;
  readonly line: Line;
  readonly look: string;
}

/** One point alone is no line: it is drawn as a dot. */
const DrawnLine = ({ scale, line, look }: DrawnLineProps): ReactNode => {
  const isRightToLeft = directionOf(useSpeech().language) === 'rtl';
  const [only] = line.points;
  if (line.points.length === 1 && only) {
    const x = (isRightToLeft ? 1 - only.along : only.along) * WIDTH;
    return <circle className={`picture-dot ${look}`} cx={x} cy={HEIGHT - heightOf(scale, only.value)} r={4} />;
  }
  return <path className={`picture-line ${look}`} d={pathOf(scale, line, isRightToLeft)} />;
};

const Legend = ({ picture, by }: Pick<LinesProps, 'picture' | 'by'>): ReactNode => {
  const speech = useSpeech();
  const amount = useAmount(picture.currency);
  if (picture.lines.length === 1 && picture.lines[0]?.name === null) return null;
  return (
    <ul className="legend">
      {picture.lines.map(({ name, total }, at) => (
        <li key={name ?? ''}>
          <svg viewBox="0 0 24 8" className="legend-mark" aria-hidden="true">
            <path className={`picture-line look-${at}`} d="M0 4L24 4" />
          </svg>
          <bdi>{groupName(speech, by, name)}</bdi> <span className="number quiet">{amount(total)}</span>
        </li>
      ))}
    </ul>
  );
};

const MARGIN = 6;

const scaleOf = (pictures: readonly Scale[]): Scale => ({
  most: Math.max(...pictures.map(({ most }) => most)),
  least: Math.min(...pictures.map(({ least }) => least)),
});

/** Its first day and its last; nothing where it has no days. */
const daysOf = ({ lines }: Picture, locale: string): readonly [first: string, last: string] => {
  const days = lines.flatMap(({ points }) => points.map(({ at }) => at)).toSorted();
  const [first, last] = [days[0], days.at(-1)];
  return first === undefined || last === undefined ? ['', ''] : [dayText(locale, first), dayText(locale, last)];
};

/** Over time: a line for each group, and where it is one line, that of the period before. */
export const Lines = ({ picture, before, measure, by }: LinesProps): ReactNode => {
  const speech = useSpeech();
  const { say, locale } = speech;
  const amount = useAmount(picture.currency);
  const past = picture.lines.length === 1 ? before?.lines : undefined;
  const scale = past && before ? scaleOf([picture, before]) : picture;
  const [first, last] = daysOf(picture, locale);
  const limits = { most: amount(scale.most), least: amount(scale.least) };
  return (
    <>
      <p className="picture-axis number quiet">{limits.most}</p>
      <svg
        viewBox={`${-MARGIN} ${-MARGIN} ${WIDTH + 2 * MARGIN} ${HEIGHT + 2 * MARGIN}`}
        role="img"
        aria-label={say('analytics.picture.about', { measure: columnName(speech, measure), first, last, ...limits })}
        className="picture-lines"
        preserveAspectRatio="none"
      >
        <path className="picture-zero" d={`M0 ${HEIGHT - heightOf(scale, 0)}L${WIDTH} ${HEIGHT - heightOf(scale, 0)}`} />
        {past?.map((line) => (
          <DrawnLine key="before" scale={scale} line={line} look="look-before" />
        ))}
        {picture.lines.map((line, at) => (
          <DrawnLine key={line.name ?? ''} scale={scale} line={line} look={`look-${at}`} />
        ))}
      </svg>
      <p className="picture-days quiet">
        <span>{first}</span>
        <span>{last === first ? '' : last}</span>
      </p>
      <Legend picture={picture} by={by} />
    </>
  );
};

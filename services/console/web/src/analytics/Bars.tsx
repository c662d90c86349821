import type { ReactNode } from 'react';
import { useSpeech } from '../words/words';
import type { Picture } from './drawing';
import { groupName } from './names';
import { useAmount } from './Pictures';

const FULL = 100;

interface BarsProps {
  readonly picture: Picture;
  /** By what its bars are told apart. */
  readonly by: string | undefined;
}

/** As things are now: a bar for each group. What it comes to stands beside it, so that nobody has to measure. */
export const Bars = ({ picture, by }: BarsProps): ReactNode => {
  const speech = useSpeech();
  const amount = useAmount(picture.currency);
  const most = Math.max(1, ...picture.lines.map(({ total }) => Math.abs(total)));
  return (
    <ul className="bars">
      {picture.lines.map(({ name, total }) => (
        <li key={name ?? ''}>
          <bdi className="bar-name">{groupName(speech, by, name)}</bdi>
          <svg viewBox={`0 0 ${FULL} 8`} preserveAspectRatio="none" className="bar" aria-hidden="true">
            <rect className={total < 0 ? 'bar-below' : 'bar-of'} width={(Math.abs(total) / most) * FULL} height={8} />
          </svg>
          <span className="number">{amount(total)}</span>
        </li>
      ))}
    </ul>
  );
};

import type { ReactNode } from 'react';
import { Title } from '../items/Title';
import { Mark } from '../marks/Mark';
import type { Tone } from '../marks/tones';
import { useSpeech } from '../words/words';
import type { Scan, Tally } from './scanning';

const tones: Readonly<Record<Scan['outcome'], Tone>> = { counted: 'going', complete: 'good', over: 'wary', stray: 'bad' };

/** What was read last, to be seen from an arm’s length: nobody has to hear anything. */
export const ScanMark = ({ scan }: { readonly scan: Scan | undefined }): ReactNode => {
  const { say } = useSpeech();
  return (
    <p className="scan-mark" role="status">
      {scan && (
        <Mark tone={tones[scan.outcome]}>
          <bdi>{scan.text}</bdi> · {say(`queues.scan.${scan.outcome}`)}
        </Mark>
      )}
    </p>
  );
};

interface TalliesProps {
  readonly tallies: readonly Tally[];
  readonly onLess?: (sku: string) => void;
}

export const Tallies = ({ tallies, onLess }: TalliesProps): ReactNode => {
  const { say, count } = useSpeech();
  return (
    <ul className="tallies">
      {tallies.map(({ sku, expected, counted }) => (
        <li key={sku}>
          <span>
            <bdi className="code">{sku}</bdi>
            <Title sku={sku} />
          </span>
          <span className="number">
            {onLess ? say('queues.scan.count', { counted: count(counted), expected: count(expected) }) : count(expected)}
          </span>
          {onLess && (
            <button
              type="button"
              className="button"
              disabled={counted === 0}
              aria-label={say('queues.scan.less', { sku })}
              onClick={() => onLess(sku)}
            >
              −
            </button>
          )}
        </li>
      ))}
    </ul>
  );
};

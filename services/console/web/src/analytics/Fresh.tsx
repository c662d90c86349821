import type { ReactNode } from 'react';
import { Time } from '../marks/Mark';
import { useSpeech } from '../words/words';
import { heardUntil, missingOf, type Freshness } from './freshness';

/** How fresh an answer is, and whether something of it should have come and has not. */
export const Fresh = ({ freshness }: { readonly freshness: Freshness }): ReactNode => {
  const { say } = useSpeech();
  const [until, missing] = [heardUntil(freshness), missingOf(freshness)];
  const [before = '', after = ''] = say('analytics.fresh', { when: '\u0000' }).split('\u0000');
  return (
    <p className="picture-note quiet fresh">
      {until === null ? (
        say('analytics.fresh.never')
      ) : (
        <>
          {before}
          <Time at={until} />
          {after}
        </>
      )}
      {missing > 0 && <strong role="alert"> {say('analytics.fresh.missing', { count: missing })}</strong>}
    </p>
  );
};

import type { ReactNode } from 'react';
import { POLL_SECONDS, useLiveness } from '../live/live';
import { useSpeech } from '../words/words';

/** How fresh what is seen is. */
export const LivenessMark = (): ReactNode => {
  const { say } = useSpeech();
  const liveness = useLiveness();
  return (
    <p className={`liveness ${liveness}`} role="status">
      {liveness === 'polling' ? say('live.polling', { seconds: POLL_SECONDS }) : say(`live.${liveness}`)}
    </p>
  );
};

import type { ReactNode } from 'react';
import { useSpeech } from '../../words/words';

/** Whom the services call so where nobody logs in. */
const UNNAMED = 'api';

/** Somebody, as their token has them. */
export const Who = ({ actor, as }: { readonly actor: string; readonly as?: 'works' }): ReactNode => {
  const { say } = useSpeech();
  const name = actor === UNNAMED ? say('queues.work.unnamed') : actor;
  return <bdi>{as === 'works' ? say('queues.work.others', { name }) : name}</bdi>;
};

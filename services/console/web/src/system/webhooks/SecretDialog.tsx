import type { ReactNode } from 'react';
import { ShownOnce } from '../../frame/ShownOnce';
import { useSpeech } from '../../words/words';

interface SecretDialogProps {
  readonly secret: string;
  readonly onClose: () => void;
}

/** The secret of an endpoint, which is shown this once. */
export const SecretDialog = (props: SecretDialogProps): ReactNode => {
  const { say } = useSpeech();
  return <ShownOnce title={say('system.secret.title')} hint={say('system.secret.once')} {...props} />;
};

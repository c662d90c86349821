import { useState, type ReactNode } from 'react';
import { Dialog } from '../../frame/Dialog';
import { useSpeech } from '../../words/words';

interface SecretDialogProps {
  readonly secret: string;
  readonly onClose: () => void;
}

/** The secret of an endpoint, which is shown this once. */
export const SecretDialog = ({ secret, onClose }: SecretDialogProps): ReactNode => {
  const { say } = useSpeech();
  const [isCopied, setCopied] = useState(false);
  const copy = (): void => void navigator.clipboard.writeText(secret).then(() => setCopied(true));
  return (
    <Dialog title={say('system.secret.title')} onClose={onClose}>
      <div className="dialog-body form">
        <p>{say('system.secret.once')}</p>
        <p className="secret">
          <code className="code" dir="ltr">
            {secret}
          </code>
          <button type="button" className="button" onClick={copy}>
            {say(isCopied ? 'system.secret.copied' : 'system.secret.copy')}
          </button>
        </p>
      </div>
    </Dialog>
  );
};

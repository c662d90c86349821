import { useState, type ReactNode } from 'react';
import { useSpeech } from '../words/words';
import { Dialog } from './Dialog';

interface ShownOnceProps {
  readonly title: string;
  readonly hint: string;
  readonly secret: string;
  readonly onClose: () => void;
}

/** Something that opens what it belongs to: it is shown this once, to be copied. */
export const ShownOnce = ({ title, hint, secret, onClose }: ShownOnceProps): ReactNode => {
  const { say } = useSpeech();
  const [isCopied, setCopied] = useState(false);
  const copy = (): void => void navigator.clipboard.writeText(secret).then(() => setCopied(true));
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="dialog-body form">
        <p>{hint}</p>
        <p className="secret">
          <code className="code" dir="ltr">
            {secret}
          </code>
          <button type="button" className="button" onClick={copy}>
            {say(isCopied ? 'copied' : 'copy')}
          </button>
        </p>
      </div>
    </Dialog>
  );
};

import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useSpeech } from '../words/words';
import { firstToFocus } from './first-focus';
import './dialog.css';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Its title is for screen readers only. */
  readonly bare?: boolean;
}

/** Above everything else, until it is closed: by Escape, by its button, or by pointing beside it. The focus goes to where somebody begins in it, and back to what opened it. */
export const Dialog = ({ title, onClose, children, bare = false }: DialogProps): ReactNode => {
  const { say } = useSpeech();
  const dialog = useRef<HTMLDialogElement>(null);
  const name = useId();
  useEffect(() => {
    const before = document.activeElement;
    const opened = dialog.current;
    opened?.showModal();
    if (opened) firstToFocus(opened)?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={bare ? 'dialog bare' : 'dialog'}
      aria-labelledby={name}
      onClose={onClose}
      onPointerDown={({ target, currentTarget }) => target === currentTarget && onClose()}
    >
      <div className="dialog-content">
        <header className={bare ? 'unseen' : undefined}>
          <h2 id={name}>{title}</h2>
          {!bare && (
            <button type="button" className="button" onClick={onClose}>
              {say('close')}
            </button>
          )}
        </header>
        {children}
      </div>
    </dialog>
  );
};

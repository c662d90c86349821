import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useSpeech } from '../words/words';
import './dialog.css';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Its title is for screen readers only. */
  readonly bare?: boolean;
}

/** Above everything else, until it is closed: by Escape, by its cross, or by pointing beside it. The focus goes back to where it was. */
export const Dialog = ({ title, onClose, children, bare = false }: DialogProps): ReactNode => {
  const { say } = useSpeech();
  const dialog = useRef<HTMLDialogElement>(null);
  const name = useId();
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
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

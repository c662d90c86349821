import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Dialog } from '../frame/Dialog';
import { useAnnounce, type Undo } from '../frame/announcing';
import { unguessable } from '../session/pkce';
import { Fault } from '../states/states';
import { useSpeech } from '../words/words';
import './forms.css';

interface FormDialogProps {
  readonly title: string;
  /** What its button says. */
  readonly deed: string;
  /** Goods or money are gone afterwards. */
  readonly isGrave?: boolean;
  /** Whether what is filled in can be sent. */
  readonly isReady?: boolean;
  /** With a key for the request: sent again because its answer was lost, it is done once. */
  readonly send: (key: string) => Promise<unknown>;
  /** Takes it back afterwards, where the domain can. */
  readonly undo?: Undo | undefined;
  readonly onClose: () => void;
  /** Fields, and whatever explains them. */
  readonly children: ReactNode;
}

/** Something that is asked for by filling in a form. What was refused stays as it was filled in, with the reason; what was done is announced, and the screen shows it. */
export const FormDialog = ({ title, deed, isGrave = false, isReady = true, send, undo, onClose, children }: FormDialogProps): ReactNode => {
  const { say } = useSpeech();
  const announce = useAnnounce();
  const client = useQueryClient();
  const [key, setKey] = useState(unguessable);
  const sending = useMutation({
    mutationFn: () => send(key),
    onSuccess: async () => {
      announce(say('done', { what: title }), undo);
      onClose();
      await client.invalidateQueries();
    },
  });
  // What is filled in anew after a refusal is another request.
  const refill = (): void => {
    if (sending.isError) setKey(unguessable());
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className="dialog-body form"
        onChange={refill}
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady && !sending.isPending) sending.mutate();
        }}
      >
        {children}
        {sending.error && <Fault fault={sending.error} />}
        <p className="choices">
          <button type="button" className="button" onClick={onClose}>
            {say('form.leave')}
          </button>
          <button type="submit" className={isGrave ? 'button grave' : 'button main'} disabled={!isReady || sending.isPending}>
            {sending.isPending ? say('form.sending') : deed}
          </button>
        </p>
      </form>
    </Dialog>
  );
};

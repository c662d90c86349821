import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { bodyOf, Refusal, type Schemas } from '../../api/client';
import { useServices } from '../../api/services';
import { FormDialog } from '../../forms/FormDialog';
import { TextField } from '../../forms/fields';
import { unguessable } from '../../session/pkce';
import { Fault, Loading } from '../../states/states';
import { useSpeech } from '../../words/words';
import { isTypedAgain, nameOf, type PersonAsked } from './person';

interface EraseDialogProps {
  readonly asked: PersonAsked;
  readonly onClose: () => void;
}

const LONGEST_REASON = 200;

/** Whether it would be refused, by the rules that would decide it: nothing is done. */
const useRefusal = (asked: PersonAsked) => {
  const { api } = useServices();
  const [key] = useState(unguessable);
  return useQuery({
    queryKey: ['person', asked, 'preview', key],
    queryFn: async () => {
      const preview = api.POST('/customers/erasures', {
        params: { query: { preview: true }, header: { 'Idempotency-Key': key } },
        body: asked,
      });
      return bodyOf(preview).then(
        () => null,
        (fault: unknown) => {
          if (fault instanceof Refusal && fault.status === 409) return fault;
          throw fault;
        },
      );
    },
    gcTime: 0,
    retry: false,
  });
};

const OPEN = 'PERSON_HAS_OPEN_ORDERS';

/** Not before it is known what would be decided. */
const isAllowed = (refusal: Refusal | null | undefined, waits: boolean): boolean => refusal === null || (refusal?.code === OPEN && waits);

interface PreviewProps {
  readonly refusal: Refusal | null;
  readonly waits: boolean;
  readonly setWaits: (waits: boolean) => void;
}

const Preview = ({ refusal, waits, setWaits }: PreviewProps): ReactNode => {
  const { say } = useSpeech();
  if (refusal === null) return <p>{say('system.erase.at-once')}</p>;
  if (refusal.code !== OPEN) return <Fault fault={refusal} />;
  return (
    <>
      <p role="alert">{refusal.message}</p>
      <label>
        <input type="checkbox" checked={waits} onChange={({ target }) => setWaits(target.checked)} /> {say('system.erase.wait')}
      </label>
    </>
  );
};

/** Has them erased, and shows what became of it. */
const useErasing = (body: Schemas['ErasureDto']) => {
  const { api } = useServices();
  const navigate = useNavigate();
  return async (key: string): Promise<void> => {
    const answered = await bodyOf(api.POST('/customers/erasures', { params: { header: { 'Idempotency-Key': key } }, body }));
    // A preview has no id, and none was asked for.
    if (!('erasureId' in answered)) return;
    await navigate({ to: '/system/people/$erasureId', params: { erasureId: answered.erasureId } });
  };
};

const Asking = ({ fault }: { readonly fault: unknown }): ReactNode => (fault ? <Fault fault={fault} /> : <Loading rows={1} />);

/** The last step before nobody can read it any more: what will happen, why, and whom it is about typed once more. */
export const EraseDialog = ({ asked, onClose }: EraseDialogProps): ReactNode => {
  const { say } = useSpeech();
  const [typed, type] = useState('');
  const [reason, setReason] = useState('');
  const [waits, setWaits] = useState(false);
  const { data: refusal, error } = useRefusal(asked);
  const send = useErasing({ ...asked, ...(reason.trim() === '' ? {} : { reason }), ...(waits ? { whenOpen: 'wait' as const } : {}) });
  return (
    <FormDialog
      title={say('system.erase.title')}
      deed={say('system.erase')}
      isGrave
      isReady={isAllowed(refusal, waits) && isTypedAgain(typed, asked)}
      send={send}
      onClose={onClose}
    >
      <p>{say('system.erase.what')}</p>
      {refusal === undefined ? <Asking fault={error} /> : <Preview refusal={refusal} waits={waits} setWaits={setWaits} />}
      <TextField
        label={say('system.erase.reason')}
        hint={say('system.erase.reason.hint')}
        longest={LONGEST_REASON}
        value={reason}
        onChange={setReason}
      />
      <TextField label={say('system.erase.again', { name: nameOf(asked) })} isRequired value={typed} onChange={type} />
    </FormDialog>
  );
};

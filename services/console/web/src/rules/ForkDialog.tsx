import { useState, type ReactNode } from 'react';
import { bodyOf, type Schemas } from '../api/client';
import { useServices } from '../api/services';
import { instantsOf } from '../formats/days';
import { ChoiceField, TextField } from '../forms/fields';
import { FormDialog } from '../forms/FormDialog';
import { useSpeech } from '../words/words';
import { faultsByPlace } from './forms/field-faults';
import { RuleForm } from './forms/RuleForm';

type Otherwise = Omit<Schemas['ForkDto'], 'from' | 'to' | 'rules' | 'note'>;

interface Asked {
  readonly from: string;
  readonly to: string;
  /** A version; empty: each order by the rules of its time. */
  readonly rules: string;
  readonly note: string;
}

const useAsking = (asked: Asked, otherwise: Otherwise) => {
  const { api } = useServices();
  const [fault, setFault] = useState<unknown>();
  const { from, to } = instantsOf(asked);
  const note = asked.note.trim();
  const send = async (key: string): Promise<unknown> => {
    if (from === undefined) return undefined;
    const body = {
      ...otherwise,
      ...{ from, ...(to === undefined ? {} : { to }) },
      ...(asked.rules === '' ? {} : { rules: asked.rules }),
      ...(note === '' ? {} : { note }),
    };
    try {
      return await bodyOf(api.POST('/fulfillment/forks', { params: { header: { 'Idempotency-Key': key } }, body }));
    } catch (refused) {
      setFault(refused);
      throw refused;
    }
  };
  return { send, faults: faultsByPlace({ prefix: '' }, fault), isReady: from !== undefined };
};

const Days = ({ asked, change }: { readonly asked: Asked; readonly change: (part: Partial<Asked>) => void }): ReactNode => {
  const { say } = useSpeech();
  return (
    <div className="fields">
      <TextField label={say('rules.trial.from')} kind="date" value={asked.from} onChange={(from) => change({ from })} isRequired />
      <TextField label={say('rules.trial.to')} kind="date" value={asked.to} onChange={(to) => change({ to })} />
    </div>
  );
};

/** Asks for a fork of the past: by a version or by the rules of the time, with other stock or capacity if wanted. */
export const ForkDialog = ({ version, onClose }: { readonly version: string; readonly onClose: () => void }): ReactNode => {
  const { say } = useSpeech();
  const [asked, ask] = useState<Asked>({ from: '', to: '', rules: version, note: '' });
  const [otherwise, setOtherwise] = useState<Otherwise>({});
  const change = (part: Partial<Asked>): void => ask((before) => ({ ...before, ...part }));
  const { send, faults, isReady } = useAsking(asked, otherwise);
  const rules = [[version, say('rules.version', { version })] as const, ['', say('rules.fork.as-it-was')] as const];
  return (
    <FormDialog title={say('rules.fork.play')} deed={say('rules.fork.deed')} {...{ send, isReady, onClose }}>
      <Days {...{ asked, change }} />
      <ChoiceField label={say('rules.fork.by')} value={asked.rules} options={rules} onChange={(chosen) => change({ rules: chosen })} />
      <div className="rule-form">
        <RuleForm kind="fork" draft={otherwise} faults={faults} onChange={(next) => setOtherwise(next as Otherwise)} />
      </div>
      <TextField label={say('rules.column.note')} value={asked.note} onChange={(note) => change({ note })} longest={200} />
    </FormDialog>
  );
};

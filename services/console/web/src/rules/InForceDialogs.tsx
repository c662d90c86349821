import { useState, type ReactNode } from 'react';
import { useServices } from '../api/services';
import { TextField } from '../forms/fields';
import { FormDialog } from '../forms/FormDialog';
import { useSpeech } from '../words/words';
import { DifferenceView } from './DifferenceView';
import type { RuleKind, RuleVersion } from './kinds/kind';
import type { OfRules } from './looking';

interface WhyProps {
  readonly note: string;
  readonly setNote: (note: string) => void;
}

const Why = ({ note, setNote }: WhyProps): ReactNode => {
  const { say } = useSpeech();
  return (
    <TextField label={say('rules.column.note')} hint={say('rules.note.hint')} value={note} onChange={setNote} longest={500} isRequired />
  );
};

interface ActivateDialogProps extends OfRules {
  readonly version: RuleVersion;
  readonly inForce: RuleVersion | undefined;
  readonly onClose: () => void;
}

/** Puts a version in force, after it has shown what changes by that. */
export const ActivateDialog = ({ kind, set, version: { version }, inForce, onClose }: ActivateDialogProps): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const [note, setNote] = useState('');
  return (
    <FormDialog
      title={say('rules.activate.title', { version })}
      deed={say('rules.activate.deed')}
      send={async (key) => kind.activate?.(api, { set, version, note: note.trim() }, key)}
      isGrave
      onClose={onClose}
    >
      <p>{say(`rules.activate.${kind.id}`)}</p>
      {inForce && <DifferenceView {...{ kind, set }} before={inForce.version} now={version} />}
      {kind.hasNotes && <Why {...{ note, setNote }} />}
    </FormDialog>
  );
};

/** Puts the version in force again that was so before. */
export const RollBackDialog = ({ kind, onClose }: { readonly kind: RuleKind; readonly onClose: () => void }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const [note, setNote] = useState('');
  return (
    <FormDialog
      title={say('rules.roll-back')}
      deed={say('rules.roll-back.deed')}
      send={async (key) => kind.rollBack?.(api, note.trim(), key)}
      isGrave
      onClose={onClose}
    >
      <p>{say('rules.roll-back.what')}</p>
      <Why {...{ note, setNote }} />
    </FormDialog>
  );
};

import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useServices } from '../api/services';
import { NumberField, TextField } from '../forms/fields';
import { FormDialog } from '../forms/FormDialog';
import { useSpeech } from '../words/words';
import { jsonText } from './kinds/kind';
import { promises } from './kinds/promises';

interface PolicyBegin {
  readonly timeZone: string;
  readonly cutOff: string;
  readonly processing: number | undefined;
  readonly least: number | undefined;
  readonly most: number | undefined;
}

/** It promises nothing to anybody before somebody has looked at it whole, and switched it on. */
const termsOf = ({ timeZone, cutOff, processing, least, most }: PolicyBegin): string =>
  jsonText({ timeZone, cutOff, processingDays: processing, transitDays: { least, most }, active: false });

interface BeginFieldsProps {
  readonly begin: PolicyBegin;
  readonly change: (part: Partial<PolicyBegin>) => void;
}

const BeginFields = ({ begin, change }: BeginFieldsProps): ReactNode => {
  const { say } = useSpeech();
  return (
    <div className="fields">
      <TextField
        label={say('rules.promise.zone')}
        value={begin.timeZone}
        onChange={(timeZone) => change({ timeZone })}
        longest={50}
        isRequired
      />
      <TextField
        label={say('rules.promise.cut-off')}
        value={begin.cutOff}
        onChange={(cutOff) => change({ cutOff })}
        longest={5}
        isRequired
      />
      {(['processing', 'least', 'most'] as const).map((each) => (
        <NumberField
          key={each}
          label={say(`rules.promise.${each}`)}
          value={begin[each]}
          onChange={(count) => change({ [each]: count })}
          most={365}
          isRequired
        />
      ))}
    </div>
  );
};

/** A new promise policy as it usually is: everything else of it is changed on its page. */
export const NewSetDialog = ({ onClose }: { readonly onClose: () => void }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [begin, setBegin] = useState<PolicyBegin>({ timeZone: 'UTC', cutOff: '14:00', processing: 1, least: 1, most: 3 });
  const send = async (key: string): Promise<void> => {
    const set = name.trim();
    await promises.save(api, { set: '', name: set, text: { rules: termsOf(begin) }, note: '', from: undefined }, key);
    await navigate({ to: '/rules/promises/$set', params: { set } });
  };
  return (
    <FormDialog title={say('rules.add')} deed={say('form.send')} {...{ send, onClose }}>
      <TextField label={say('rules.column.name')} hint={say('rules.name.hint')} value={name} onChange={setName} longest={64} isRequired />
      <BeginFields begin={begin} change={(part) => setBegin((before) => ({ ...before, ...part }))} />
      <p className="quiet">{say('rules.promise.off')}</p>
    </FormDialog>
  );
};

import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useServices } from '../api/services';
import { FormDialog } from '../forms/FormDialog';
import { Effects } from '../order/asking/PreviewOf';
import { useSettled } from '../keys/useSettled';
import { unguessable } from '../session/pkce';
import { Shown } from '../states/states';
import { useSpeech } from '../words/words';
import { DeedField } from './DeedField';
import { titleOf } from './Deeds';
import { askedOf, initialValues, isFilled } from './filling';
import type { Deed, Preview, Values } from './queue';

interface EffectOfProps {
  readonly deed: Deed;
  readonly currency: string;
  readonly values: Values;
}

/** What a deed would do, by the rules that would decide it. */
const EffectOf = ({ deed, currency, values }: EffectOfProps): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const settled = useSettled(JSON.stringify(values));
  const preview = useQuery({
    queryKey: ['queue', 'preview', deed.key, settled],
    queryFn: async () => (await deed.send(api, JSON.parse(settled) as Values, { preview: true, key: unguessable() })) as Preview,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  return (
    <div role="group" aria-label={say('ask.preview')}>
      <h3>{say('ask.preview')}</h3>
      <Shown of={preview} rows={2}>
        {(found) => (found.events.length === 0 ? <p>{say('ask.preview.nothing')}</p> : <Effects preview={found} currency={currency} />)}
      </Shown>
    </div>
  );
};

/** Asks for a deed: what it needs to know, what it would do, and then that it be done. */
export const DeedDialog = ({ deed, onClose }: { readonly deed: Deed; readonly onClose: () => void }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const [filled, fill] = useState<Values>(() => initialValues(deed));
  const fields = askedOf(deed, filled);
  const values = Object.fromEntries(fields.map(({ name }) => [name, (filled[name] ?? '').trim()]));
  const isReady = isFilled(deed, filled);
  return (
    <FormDialog
      title={titleOf(deed, say)}
      deed={say(deed.name)}
      isGrave={deed.isGrave ?? false}
      isReady={isReady}
      send={(key) => deed.send(api, values, { preview: false, key })}
      onClose={onClose}
    >
      {fields.map((field) => (
        <DeedField
          key={field.name}
          field={field}
          value={filled[field.name] ?? ''}
          onChange={(value) => fill((before) => ({ ...before, [field.name]: value }))}
        />
      ))}
      {deed.previewIn !== undefined && isReady && <EffectOf deed={deed} currency={deed.previewIn} values={values} />}
    </FormDialog>
  );
};

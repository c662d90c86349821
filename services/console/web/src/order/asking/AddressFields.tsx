import type { ReactNode } from 'react';
import { TextField } from '../../forms/fields';
import { useSpeech } from '../../words/words';
import type { ShipTo } from './asking';
import type { DecisionFieldsProps } from './DecisionFields';

const nowhere: ShipTo = { lines: [], city: '', country: '' };

/** The same with one thing changed; what is empty is left out, where it may be. */
const changed = (shipTo: ShipTo, name: 'region' | 'postalCode', value: string): ShipTo => {
  const { [name]: _, ...rest } = shipTo;
  return value === '' ? rest : { ...rest, [name]: value };
};

/** Where it is to go instead. */
export const AddressFields = ({ decision, decide }: DecisionFieldsProps): ReactNode => {
  const { say } = useSpeech();
  const shipTo = decision.shipTo ?? nowhere;
  const set = (next: ShipTo): void => decide({ ...decision, shipTo: next });
  return (
    <>
      <TextField
        label={say('ask.address.lines')}
        hint={say('ask.address.lines.hint')}
        isLong
        isRequired
        value={shipTo.lines.join('\n')}
        onChange={(text) => set({ ...shipTo, lines: text === '' ? [] : text.split('\n') })}
      />
      <div className="fields">
        <TextField
          label={say('ask.address.postal-code')}
          value={shipTo.postalCode ?? ''}
          onChange={(value) => set(changed(shipTo, 'postalCode', value))}
        />
        <TextField label={say('ask.address.city')} isRequired value={shipTo.city} onChange={(city) => set({ ...shipTo, city })} />
        <TextField
          label={say('ask.address.region')}
          value={shipTo.region ?? ''}
          onChange={(value) => set(changed(shipTo, 'region', value))}
        />
        <TextField
          label={say('ask.address.country')}
          hint={say('ask.address.country.hint')}
          isRequired
          longest={2}
          value={shipTo.country}
          onChange={(country) => set({ ...shipTo, country: country.toUpperCase() })}
        />
      </div>
    </>
  );
};

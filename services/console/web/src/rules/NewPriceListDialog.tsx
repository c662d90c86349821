import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useServices } from '../api/services';
import { TextField } from '../forms/fields';
import { FormDialog } from '../forms/FormDialog';
import { instantIn } from '../forms/instants';
import { useSpeech } from '../words/words';
import { jsonText } from './kinds/kind';
import { prices } from './kinds/prices';

interface Begin {
  readonly name: string;
  readonly currency: string;
  /** As the field for date and time has it. */
  readonly from: string;
  readonly taxIncluded: boolean;
}

interface BeginFieldsProps {
  readonly begin: Begin;
  readonly change: (part: Partial<Begin>) => void;
}

const BeginFields = ({ begin, change }: BeginFieldsProps): ReactNode => {
  const { say } = useSpeech();
  return (
    <>
      <div className="fields">
        <TextField
          label={say('rules.column.name')}
          hint={say('rules.prices.name.hint')}
          value={begin.name}
          onChange={(name) => change({ name })}
          longest={64}
          isRequired
        />
        <TextField
          label={say('rules.prices.currency')}
          value={begin.currency}
          onChange={(currency) => change({ currency })}
          longest={3}
          isRequired
        />
        <TextField
          label={say('rules.prices.from')}
          kind="datetime-local"
          value={begin.from}
          onChange={(from) => change({ from })}
          isRequired
        />
      </div>
      <label>
        <input type="checkbox" checked={begin.taxIncluded} onChange={({ target }) => change({ taxIncluded: target.checked })} />
        {say('rules.prices.tax-included')}
      </label>
    </>
  );
};

/** A new price list with no price in it: nothing is sold by it before it has some. */
export const NewPriceListDialog = ({ onClose }: { readonly onClose: () => void }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const navigate = useNavigate();
  const [begin, setBegin] = useState<Begin>({ name: '', currency: '', from: '', taxIncluded: true });
  const validFrom = instantIn(begin.from);
  const send = async (key: string): Promise<void> => {
    const set = begin.name.trim();
    const terms = { currency: begin.currency.trim().toUpperCase(), taxIncluded: begin.taxIncluded, validFrom, prices: [] };
    await prices.save(api, { set: '', name: set, text: { rules: jsonText(terms) }, note: '', from: undefined }, key);
    await navigate({ to: '/rules/prices/$set', params: { set }, search: { view: 'draft' } });
  };
  return (
    <FormDialog title={say('rules.add.prices')} deed={say('form.send')} isReady={validFrom !== undefined} {...{ send, onClose }}>
      <BeginFields begin={begin} change={(part) => setBegin((before) => ({ ...before, ...part }))} />
      <p className="quiet">{say('rules.prices.empty')}</p>
    </FormDialog>
  );
};

import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { TextField } from '../forms/fields';
import { FormDialog } from '../forms/FormDialog';
import { useSpeech } from '../words/words';
import type { OrdersAddress } from './address';
import { isSameAddress, useSavedViews, type SavedView } from './saved-views';

interface ViewProps {
  readonly view: SavedView;
  readonly isCurrent: boolean;
  readonly remove?: () => void;
}

const View = ({ view, isCurrent, remove }: ViewProps): ReactNode => {
  const { say } = useSpeech();
  return (
    <li className="view">
      <Link to="/orders" search={view.address} aria-current={isCurrent ? 'true' : undefined}>
        <bdi>{view.name}</bdi>
      </Link>
      {remove && (
        <button type="button" className="view-remove" aria-label={say('delete', { what: view.name })} onClick={remove}>
          ×
        </button>
      )}
    </li>
  );
};

const LONGEST_NAME = 40;

const Naming = ({ onName, onClose }: { readonly onName: (name: string) => void; readonly onClose: () => void }): ReactNode => {
  const { say } = useSpeech();
  const [name, setName] = useState('');
  const send = (): Promise<void> => Promise.resolve(onName(name.trim()));
  return (
    <FormDialog title={say('orders.views.save')} deed={say('form.send')} isReady={name.trim() !== ''} {...{ send, onClose }}>
      <TextField label={say('orders.views.name')} value={name} onChange={setName} isRequired longest={LONGEST_NAME} />
    </FormDialog>
  );
};

/** Lists that somebody comes back to, by a name. */
export const SavedViews = ({ address }: { readonly address: OrdersAddress }): ReactNode => {
  const { say } = useSpeech();
  const { views, save, remove } = useSavedViews();
  const [isNaming, setNaming] = useState(false);
  const isNew = Object.keys(address).length > 0 && !views.some((view) => isSameAddress(view.address, address));
  return (
    <nav className="views" aria-label={say('orders.views')}>
      <ul>
        <View view={{ name: say('orders.views.all'), address: {} }} isCurrent={isSameAddress(address, {})} />
        {views.map((view) => (
          <View key={view.name} view={view} isCurrent={isSameAddress(view.address, address)} remove={() => remove(view.name)} />
        ))}
      </ul>
      {isNew && (
        <button type="button" className="button" onClick={() => setNaming(true)}>
          {say('orders.views.save')}
        </button>
      )}
      {isNaming && <Naming onName={(name) => save({ name, address })} onClose={() => setNaming(false)} />}
    </nav>
  );
};

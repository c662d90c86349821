import { useNavigate } from '@tanstack/react-router';
import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Dialog } from '../frame/Dialog';
import { useItemsFound } from '../items/useItemsFound';
import { stepped } from '../keys/stepping';
import { useSettled } from '../keys/useSettled';
import { useFound } from '../orders/useFound';
import { useReader } from '../reader/reader';
import { useSpeech } from '../words/words';
import type { Command, Doing } from './commands';
import { PaletteList } from './PaletteList';
import { useCommands } from './useCommands';
import './palette.css';

const useDoing = (onClose: () => void): ((does: Doing) => void) => {
  const navigate = useNavigate();
  const { setTheme, setDensity, setLanguage } = useReader();
  return (does) => {
    onClose();
    if (does.kind === 'page') void navigate({ to: does.to });
    if (does.kind === 'list') void navigate({ to: '/orders', search: does.list });
    if (does.kind === 'order') void navigate({ to: '/orders/$orderId', params: { orderId: does.orderId } });
    if (does.kind === 'item') void navigate({ to: '/stock/$sku', params: { sku: does.sku } });
    if (does.kind === 'theme') setTheme(does.theme);
    if (does.kind === 'density') setDensity(does.density);
    if (does.kind === 'language') setLanguage(does.language);
  };
};

/** Where the arrow keys are, and what Enter does. */
const useChosen = (commands: readonly Command[], choose: (does: Doing) => void) => {
  const [at, setAt] = useState(0);
  const chosen = Math.min(at, Math.max(0, commands.length - 1));
  const press = (event: KeyboardEvent): void => {
    const step = ({ ArrowDown: 1, ArrowUp: -1 } as const)[event.key];
    const command = commands[chosen];
    if (step) setAt(stepped(chosen, step, commands.length));
    if (event.key === 'Enter' && command) choose(command.does);
    if (step || event.key === 'Enter') event.preventDefault();
  };
  return { chosen: commands[chosen]?.id, press, reset: () => setAt(0) };
};

/** Everything at hand: an order by whatever is known of it, and whatever the console can do. */
export const Palette = ({ onClose }: { readonly onClose: () => void }): ReactNode => {
  const { say } = useSpeech();
  const [text, setText] = useState('');
  const settled = useSettled(text);
  const [found, foundItems] = [useFound(settled), useItemsFound(settled)];
  const { orders, items, others } = useCommands(text, found.data ?? [], foundItems.data ?? []);
  const isSearching = found.isFetching || foundItems.isFetching;
  const choose = useDoing(onClose);
  const { chosen, press, reset } = useChosen([...orders, ...items, ...others], choose);
  const list = useId();
  return (
    <Dialog title={say('palette')} onClose={onClose} bare>
      <input
        className="palette-input"
        role="combobox"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={chosen === undefined ? undefined : `${list}-${chosen}`}
        aria-label={say('palette')}
        placeholder={say('palette.hint')}
        autoFocus
        value={text}
        onKeyDown={press}
        onChange={({ target }) => {
          setText(target.value);
          reset();
        }}
      />
      <PaletteList {...{ id: list, orders, items, others, chosen, choose }} />
      <p className="palette-state quiet" role="status">
        {isSearching && say('palette.searching')}
        {!isSearching && orders.length + items.length + others.length === 0 && say('palette.nothing', { text })}
      </p>
    </Dialog>
  );
};

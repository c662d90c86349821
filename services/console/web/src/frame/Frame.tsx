import { Link, Outlet, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { ShortcutList } from '../keys/ShortcutList';
import { pressButton, stepRows, useShortcuts } from '../keys/useShortcuts';
import { Palette } from '../palette/Palette';
import { useSpeech } from '../words/words';
import { Announcing } from './announcing';
import { LivenessMark } from './LivenessMark';
import mark from './mark.svg';
import { places, type Place } from './places';
import { ReaderChoices } from './ReaderChoices';
import './frame.css';

const Rail = (): ReactNode => {
  const { say } = useSpeech();
  return (
    <nav className="rail" aria-label={say('nav')}>
      <Link to="/" className="brand">
        <img src={mark} alt="" />
        {say('app')}
      </Link>
      <ul>
        {places.map(({ id, to, name }) => (
          <li key={id}>
            <Link to={to} activeOptions={{ exact: to === '/', includeSearch: false }}>
              {say(name)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
};

type Opened = 'palette' | 'settings' | 'keys';

const TopBar = ({ open }: { readonly open: (what: Opened) => void }): ReactNode => {
  const { say } = useSpeech();
  return (
    <header className="top">
      <button type="button" className="opener" onClick={() => open('palette')}>
        {say('search')}
        <span aria-hidden="true">
          <kbd>Ctrl</kbd> <kbd>K</kbd>
        </span>
      </button>
      <LivenessMark />
      <button type="button" className="button" onClick={() => open('keys')} aria-label={say('keys')}>
        ?
      </button>
      <button type="button" className="button" onClick={() => open('settings')} aria-label={say('settings')}>
        <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
          <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.5" />
          <path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" />
        </svg>
      </button>
    </header>
  );
};

/** The search of the page that is shown; where it has none, the one of the frame. */
const searchHere = (): boolean => {
  const box = document.querySelector<HTMLInputElement>('main input[type=search]');
  box?.focus();
  return box !== null;
};

type Navigate = ReturnType<typeof useNavigate>;

const goes = (navigate: Navigate): Record<Place['id'], () => void> =>
  Object.fromEntries(places.map(({ id, to }) => [id, () => void navigate({ to })])) as Record<Place['id'], () => void>;

/** What stands around every page. */
export const Frame = (): ReactNode => {
  const { say } = useSpeech();
  const navigate = useNavigate();
  const [opened, open] = useState<Opened>();
  const close = useCallback(() => open(undefined), []);
  useShortcuts(
    useMemo(
      () => ({
        palette: () => open('palette'),
        search: () => !searchHere() && open('palette'),
        help: () => open('keys'),
        next: () => stepRows(1),
        previous: () => stepRows(-1),
        take: () => pressButton('take'),
        snooze: () => pressButton('snooze'),
        note: () => pressButton('note'),
        resolve: () => pressButton('resolve'),
        ...goes(navigate),
      }),
      [navigate],
    ),
  );
  return (
    <div className="frame">
      <a className="skip" href="#main">
        {say('skip')}
      </a>
      <Rail />
      <TopBar open={open} />
      <main id="main" className="main" tabIndex={-1}>
        <Announcing>
          <Outlet />
        </Announcing>
      </main>
      {opened === 'palette' && <Palette onClose={close} />}
      {opened === 'settings' && <ReaderChoices onClose={close} />}
      {opened === 'keys' && <ShortcutList onClose={close} />}
    </div>
  );
};

import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { WordId } from '../words/languages';
import { useSpeech } from '../words/words';
import './room-tabs.css';

/** A page of a room with several of them. */
export interface RoomTab {
  readonly to: NonNullable<LinkProps['to']>;
  readonly name: WordId;
}

/** The pages of a room, one beside the other; the one that is shown is marked. The first is the room’s own address, which all of the others begin with. */
export const RoomTabs = ({ label, tabs }: { readonly label: WordId; readonly tabs: readonly RoomTab[] }): ReactNode => {
  const { say } = useSpeech();
  return (
    <nav className="room-tabs" aria-label={say(label)}>
      <ul>
        {tabs.map(({ to, name }, at) => (
          <li key={to}>
            <Link to={to} activeOptions={{ exact: at === 0, includeSearch: false }}>
              {say(name)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
};

import { useCallback, useState, type ReactNode } from 'react';
import { useSpeech } from '../words/words';
import { DeedDialog } from './DeedDialog';
import type { Deed } from './queue';
import './deeds.css';

/** What an item is called where one of its deeds is. */
export const titleOf = ({ name, about }: Pick<Deed, 'name' | 'about'>, say: ReturnType<typeof useSpeech>['say']): string =>
  about === undefined ? say(name) : `${say(name)}: ${about}`;

interface DeedsProps {
  readonly deeds: readonly Deed[];
  /** Before them. */
  readonly children?: ReactNode;
}

/** A button for each thing that can be done, which asks for what that needs. */
export const Deeds = ({ deeds, children }: DeedsProps): ReactNode => {
  const { say } = useSpeech();
  const [asked, ask] = useState<Deed>();
  const close = useCallback(() => ask(undefined), []);
  return (
    <>
      <ul className="queue-deeds">
        {children}
        {deeds.map((deed) => (
          <li key={deed.key}>
            <button type="button" className="button" data-shortcut={deed.shortcut} onClick={() => ask(deed)}>
              {titleOf(deed, say)}
            </button>
          </li>
        ))}
      </ul>
      {asked && <DeedDialog deed={asked} onClose={close} />}
    </>
  );
};

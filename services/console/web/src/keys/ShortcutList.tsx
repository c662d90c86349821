import type { ReactNode } from 'react';
import { Dialog } from '../frame/Dialog';
import { places } from '../frame/places';
import type { WordId } from '../words/languages';
import { useSpeech } from '../words/words';

const listed: readonly (readonly [keys: readonly string[], WordId])[] = [
  [['Ctrl', 'K'], 'keys.palette'],
  [['/'], 'keys.search'],
  [['j'], 'keys.next'],
  [['k'], 'keys.previous'],
  [['Enter'], 'keys.open'],
  [['a'], 'keys.take'],
  [['z'], 'keys.snooze'],
  [['n'], 'keys.note'],
  [['r'], 'keys.resolve'],
  ...places.map(({ keys, name }) => [keys.split(' '), name] as const),
  [['?'], 'keys.help'],
];

export const ShortcutList = ({ onClose }: { readonly onClose: () => void }): ReactNode => {
  const { say } = useSpeech();
  return (
    <Dialog title={say('keys')} onClose={onClose}>
      <dl className="dialog-body keys">
        {listed.map(([keys, id]) => (
          <div key={id} className="pair">
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{say(id)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
};

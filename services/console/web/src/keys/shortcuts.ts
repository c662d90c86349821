import { places, type Place } from '../frame/places';

/** What a key does that is pressed where nobody writes. `g h`: one after the other. */
const onThePage = {
  'ctrl+k': 'palette',
  '/': 'search',
  j: 'next',
  k: 'previous',
  a: 'take',
  z: 'snooze',
  n: 'note',
  r: 'resolve',
  '?': 'help',
} as const;

export type Shortcut = (typeof onThePage)[keyof typeof onThePage] | Place['id'];

const shortcuts: ReadonlyMap<string, Shortcut> = new Map<string, Shortcut>([
  ...Object.entries(onThePage),
  ...places.map(({ keys, id }) => [keys, id] as const),
]);

/** A pressed key, as the browser tells it. */
export interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

const nameOf = ({ key, ctrlKey, metaKey }: Pressed): string => (ctrlKey || metaKey ? `ctrl+${key.toLowerCase()}` : key);

/** A first key of two is remembered for so long. */
const TOGETHER_MS = 3_000;

const found = (name: string): Shortcut | undefined => shortcuts.get(name);

/** Understands keys one after the other. `writing`: somebody types a text, and only keys with Ctrl or ⌘ are ours. */
export const keyReader = (): ((pressed: Pressed, writing: boolean, at: number) => Shortcut | undefined) => {
  let before: { readonly key: string; readonly at: number } | undefined;
  return (pressed, writing, at) => {
    const name = nameOf(pressed);
    if (pressed.altKey || (writing && !name.startsWith('ctrl+'))) return undefined;
    const pair = before && at - before.at < TOGETHER_MS ? found(`${before.key} ${name}`) : undefined;
    before = { key: name, at };
    return pair ?? found(name);
  };
};
